import { describe, expect, it } from "vitest";
import type { Participant, Vote } from "../protocol/messages";
import { merged, nextOffice, openVote, ownVoice, tally } from "./votes";

const voice = (office_id: string, choice: Vote["voices"][number]["choice"]) => ({
  office_id,
  office: office_id,
  choice,
  name: "",
});
const vote = (more: Partial<Vote> = {}): Vote => ({
  id: "v1",
  question: "Setuju?",
  method: "hands",
  voices: [voice("a", "agree"), voice("b", null), voice("c", "abstain"), voice("d", null)],
  called: null,
  item: null,
  at: 0,
  closed: false,
  cancelled: false,
  ...more,
});
const of = (office_id: string) => ({ office_id }) as Participant;

describe("a vote", () => {
  it("is counted by office", () => {
    expect(tally(vote().voices)).toEqual({ agree: 1, disagree: 0, abstain: 1, silent: 2 });
  });

  it("is merged by its id, and the last one may be open", () => {
    const votes = merged([vote()], vote({ id: "v2" }));
    expect(votes.map((each) => each.id)).toEqual(["v1", "v2"]);
    expect(openVote(votes)?.id).toBe("v2");
    expect(openVote(merged(votes, vote({ id: "v2", closed: true })))).toBeNull();
    expect(openVote([])).toBeNull();
  });

  it("asks whoever has a voice, and in a roll call when their office is called", () => {
    const may = new Set(["vote"] as const);
    expect([ownVoice(vote(), of("a"), may), ownVoice(vote(), of("b"), may)]).toEqual(["agree", null]);
    expect([ownVoice(vote(), of("x"), may), ownVoice(vote(), of("a"), new Set())]).toEqual([
      undefined,
      undefined,
    ]);
    const called = vote({ method: "roll_call", called: "b" });
    expect([ownVoice(called, of("b"), may), ownVoice(called, of("a"), may)]).toEqual([null, undefined]);
    expect(ownVoice(vote(), undefined, may)).toBeUndefined();
  });

  it("knows whom to call next, also those who were passed over", () => {
    const calls = [null, "b", "d", "c"].map((called) => nextOffice(vote({ method: "roll_call", called })));
    expect(calls).toEqual(["b", "d", "b", "d"]);
    expect(nextOffice(vote({ voices: [voice("a", "agree")], called: "a" }))).toBeNull();
  });
});
