import { describe, expect, it } from "vitest";
import { clockWithZone, elsewhere, instant, longDate, meetingClock, nextHour, zoneName } from "./time";

const nine = new Date("2020-07-09T02:00:00Z");

describe("dates and times", () => {
  it("writes the hour with a dot and names the zone", () => {
    expect(clockWithZone(nine, "Asia/Jakarta")).toBe("09.00 WIB");
    expect(clockWithZone(nine, "Asia/Makassar")).toBe("10.00 WITA");
    expect(zoneName("Asia/Pontianak")).toBe("WIB");
    expect(zoneName("Europe/Paris", nine)).toBe("GMT+2");
  });

  it("writes Indonesian dates", () => {
    expect(longDate(nine, "Asia/Jakarta", "id")).toBe("Kamis, 9 Juli 2020");
  });

  it("names the other zones, and the date where midnight lies between", () => {
    expect(elsewhere(nine, "Asia/Makassar", "id")).toEqual(["09.00 WIB", "11.00 WIT"]);
    const late = new Date("2020-07-09T16:30:00Z");
    expect(elsewhere(late, "Asia/Jakarta", "id")).toEqual([
      "00.30 WITA (10 Jul 2020)",
      "01.30 WIT (10 Jul 2020)",
    ]);
  });

  it("finds the instant of a wall clock in a zone", () => {
    expect(instant("2020-07-09", "10:00", "Asia/Makassar")).toBe("2020-07-09T02:00:00.000Z");
  });

  it("offers the next full hour, past midnight too", () => {
    const late = new Date("2020-07-09T15:40:00Z");
    expect(nextHour(late, "Asia/Jakarta")).toEqual({
      date: "2020-07-09",
      time: "23:00",
      today: "2020-07-09",
    });
    expect(nextHour(late, "Asia/Makassar")).toEqual({
      date: "2020-07-10",
      time: "00:00",
      today: "2020-07-09",
    });
  });

  it("counts meeting time", () => {
    expect(meetingClock(7.9)).toBe("0.00.07");
    expect(meetingClock(3727)).toBe("1.02.07");
    expect(meetingClock(67, true)).toBe("01.07");
  });
});
