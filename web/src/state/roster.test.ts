import { describe, expect, it } from "vitest";
import type { Participant } from "../protocol/messages";
import { roster } from "./roster";

const person = (seat: string, more: Partial<Participant> = {}): Participant => ({
  seat,
  name: seat,
  position: "",
  office: "KPU",
  office_id: "kpuri",
  role: "participant",
  shared: false,
  mic: false,
  camera: false,
  screen: false,
  away: false,
  recorded: true,
  company: [],
  ...more,
});
const room = (...people: Participant[]) => new Map(people.map((each) => [each.seat, each]));
const seats = (list: readonly Participant[]) => list.map((each) => each.seat);

describe("the roster", () => {
  it("begins with the chair and the secretariat, then goes by office and name", () => {
    const list = roster(
      [],
      room(
        person("c", { office: "KPU Sumbar" }),
        person("b", { office: "KPU Bali" }),
        person("a", { office: "KPU Bali" }),
        person("s", { role: "secretariat", office: "KPU RI" }),
        person("k", { role: "chair", office: "KPU RI" }),
      ),
    );
    expect(seats(list)).toEqual(["k", "s", "a", "b", "c"]);
  });

  it("has people as they are now, in their old places", () => {
    const before = roster([], room(person("b"), person("a")));
    const after = roster(before, room(person("b", { mic: true }), person("a")));
    expect(seats(after)).toEqual(["a", "b"]);
    expect(after[1]?.mic).toBe(true);
  });

  it("finds the places of who came, left or was named anew", () => {
    const before = roster([], room(person("a"), person("c")));
    expect(seats(roster(before, room(person("c"), person("a"), person("b"))))).toEqual(["a", "b", "c"]);
    expect(seats(roster(before, room(person("c"))))).toEqual(["c"]);
    expect(seats(roster(before, room(person("b"), person("c"))))).toEqual(["b", "c"]);
    expect(seats(roster(before, room(person("a", { name: "z" }), person("c"))))).toEqual(["c", "a"]);
    expect(roster(before, room())).toEqual([]);
  });

  it("is the same whether people come one by one or all at once", () => {
    const offices = ["Papua", "Aceh", "Bali", "Aceh", "Riau", "Jambi", "Bali"];
    const everybody = offices.map((office, index) =>
      person(`s${index}`, {
        office,
        name: `${(index * 5) % 7}`,
        role: index === 4 ? "chair" : "participant",
      }),
    );
    let list: readonly Participant[] = [];
    for (let count = 1; count <= everybody.length; count++)
      list = roster(list, room(...everybody.slice(0, count)));
    expect(seats(list)).toEqual(seats(roster([], room(...everybody))));
    expect(seats(list)[0]).toBe("s4");
  });
});
