import { describe, expect, it } from "vitest";
import type { ChatMessage, Participant } from "../protocol/messages";
import { addressees, mayWriteToAll, NO_CHAT, unread, written } from "./chat";
import type { Power } from "./floor";

const message = (id: string, own = false) => ({ id, own }) as ChatMessage;
const person = (seat: string, role: Participant["role"]) => ({ seat, role }) as Participant;

describe("chat", () => {
  const chat = [message("m1"), message("m2", true), message("m4")].reduce(written, NO_CHAT);

  it("takes a message once", () => {
    expect(written(chat, message("m4"))).toBe(chat);
    expect(chat.messages).toHaveLength(3);
  });

  it("counts what others have written since", () => {
    expect([null, "m1", "m2", "m4", "gone"].map((last) => unread(chat, last))).toEqual([2, 1, 1, 0, 2]);
  });

  it("is limited to who leads, but for who leads", () => {
    const people = [
      person("a", "chair"),
      person("b", "participant"),
      person("me", "guest"),
      person("s", "secretariat"),
    ];
    const to = (state: typeof chat, may: Set<Power>) =>
      addressees(people, state, may, "me").map((each) => each.seat);
    const limited = { ...chat, to: "leaders" as const };
    expect(to(chat, new Set())).toEqual(["a", "b", "s"]);
    expect(to(limited, new Set())).toEqual(["a", "s"]);
    expect(to(limited, new Set(["order_chat"]))).toEqual(["a", "b", "s"]);
    expect([mayWriteToAll(chat, new Set()), mayWriteToAll(limited, new Set())]).toEqual([true, false]);
  });
});
