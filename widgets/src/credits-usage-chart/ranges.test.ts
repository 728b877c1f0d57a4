import { expect } from "@open-wc/testing";
import { dateOf, nextStart, spanOf, startOf } from "./ranges.ts";

const iso = (ms: number) => new Date(ms).toISOString();
const NOON = Date.UTC(2026, 2, 12, 12);

describe("days by a zone's calendar", () => {
  const BEGINNINGS: [date: string, zone: string, start: string][] = [
    ["2026-03-12", "UTC", "2026-03-12T00:00:00.000Z"],
    ["2026-03-29", "Europe/Berlin", "2026-03-28T23:00:00.000Z"],
    ["2026-03-30", "Europe/Berlin", "2026-03-29T22:00:00.000Z"],
    ["2026-10-26", "Europe/Berlin", "2026-10-25T23:00:00.000Z"],
    ["2026-03-12", "Asia/Kolkata", "2026-03-11T18:30:00.000Z"],
    // Midnight does not exist: the clock jumps from 0 to 1 o'clock.
    ["2026-04-24", "Africa/Cairo", "2026-04-23T22:00:00.000Z"],
    ["2018-11-04", "America/Sao_Paulo", "2018-11-04T03:00:00.000Z"],
    // Midnight comes twice: the first one counts.
    ["2026-11-01", "America/Havana", "2026-11-01T04:00:00.000Z"],
  ];
  for (const [date, zone, start] of BEGINNINGS) {
    it(`${date} in ${zone} begins at ${start}`, () => {
      expect(iso(startOf(date, zone))).to.equal(start);
      expect(dateOf(Date.parse(start), zone)).to.equal(date);
      expect(dateOf(Date.parse(start) - 1, zone)).not.to.equal(date);
    });
  }

  it("are followed by the next day, Monday or first, over a change of the clock", () => {
    const sunday = startOf("2026-03-29", "Europe/Berlin");
    expect(nextStart(sunday, "day", "Europe/Berlin") - sunday).to.equal(23 * 3_600_000);
    expect(iso(nextStart(sunday, "week", "Europe/Berlin"))).to.equal("2026-03-29T22:00:00.000Z");
    expect(iso(nextStart(sunday, "month", "Europe/Berlin"))).to.equal("2026-03-31T22:00:00.000Z");
    expect(iso(nextStart(startOf("2026-01-31", "UTC"), "month", "UTC"))).to.equal("2026-02-01T00:00:00.000Z");
  });
});

describe("a period", () => {
  const of = (choice: Parameters<typeof spanOf>[0], zone = "Europe/Berlin") => spanOf(choice, zone, NOON);

  it("of 30 days leaves the dates to the server", () => {
    expect(of({ range: "30d" })).to.deep.equal({ interval: "day", intervals: ["day", "week"] });
  });

  it("of the month to date begins on its first, one of twelve months eleven months before that", () => {
    expect(of({ range: "month" })).to.include({ from: "2026-02-28T23:00:00.000Z", interval: "day" });
    expect(of({ range: "12m" })).to.include({ from: "2025-03-31T22:00:00.000Z", interval: "month" });
  });

  it("of 24 hours is told by hours that are full on the zone's clock", () => {
    expect(of({ range: "24h" })).to.include({ from: "2026-03-11T13:00:00.000Z", interval: "hour" });
    expect(spanOf({ range: "24h" }, "Asia/Kolkata", NOON)).to.include({ to: "2026-03-12T12:30:00.000Z" });
  });

  it("of one's own takes both dates in", () => {
    const span = of({ range: "custom", from: "2026-03-01", to: "2026-03-29" });
    expect(span).to.include({
      from: "2026-02-28T23:00:00.000Z",
      to: "2026-03-29T22:00:00.000Z",
      interval: "day",
    });
  });

  it("takes moments as they are, and leaves out what is none", () => {
    const span = of({ range: "custom", from: "2026-03-01T10:00:00Z", to: "nonsense" });
    expect(span).to.include({ from: "2026-03-01T10:00:00.000Z" });
    expect(span).not.to.have.property("to");
  });

  it("is told by hours only under three days", () => {
    const days = (to: string) => of({ range: "custom", from: "2026-03-01", to, interval: "hour" }).interval;
    expect(days("2026-03-02")).to.equal("hour");
    expect(days("2026-03-03")).to.equal("day");
  });

  it("of more than 120 bars is told by weeks or months", () => {
    const since = (from: string) => of({ range: "custom", from, to: "2026-03-12", interval: "day" }).interval;
    expect(since("2025-11-15")).to.equal("day");
    expect(since("2025-11-01")).to.equal("week");
    expect(since("2022-01-01")).to.equal("month");
  });
});
