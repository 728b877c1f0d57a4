import { expect } from "@open-wc/testing";
import { english } from "../locales/usage-chart/en.ts";
import { FakeClock } from "../testing/fake-clock.ts";
import { forecastOf, usageOf } from "../testing/usage.ts";
import { percentChange } from "./change.ts";
import { csvOf } from "./csv.ts";
import { namesOf } from "./dates.ts";
import { modelOf, sumOf } from "./model.ts";
import { tonesOf } from "./tones.ts";

const HOUR_MS = 3_600_000;

describe("colours of series", () => {
  it("are a key's own in every chart, whatever else is there and in whatever order", () => {
    const keys = ["image", "video", "email", "chat"].map((key) => `group:${key}`);
    const all = tonesOf(keys);
    expect([...tonesOf([...keys].reverse())].sort()).to.deep.equal([...all].sort());
    for (const key of keys) expect(tonesOf([key]).get(key)).to.equal(all.get(key));
  });

  it("differ among eight series, also of hostile names", () => {
    const keys = ["__proto__", "toString", "constructor", "hasOwnProperty", "", "other", "none", "0"];
    expect(new Set(tonesOf(keys).values()).size).to.equal(8);
    expect(
      [...tonesOf([...keys, "ninth", "tenth"]).values()].every((tone) => tone >= 1 && tone <= 8),
    ).to.equal(true);
  });
});

describe("what a chart shows", () => {
  const clock = new FakeClock();
  before(() => {
    clock.install();
  });
  after(() => clock.uninstall());
  const options = { texts: english, compare: true };

  it("adds up exactly what doubles cannot", () => {
    expect(sumOf(["9007199254740993.5", "0.000001", undefined])).to.equal("9007199254740993.500001");
    expect(sumOf(["-1.5", "0.5"])).to.equal("-1");
    expect(percentChange("90", "60")).to.equal(50);
    expect(percentChange("30", "60")).to.equal(-50);
    expect(percentChange("30", "0")).to.equal(undefined);
  });

  it("is one series with its own total and its own past when one is picked", () => {
    const model = modelOf(usageOf(), { ...options, picked: "group:video", forecast: forecastOf() });
    expect(model).to.include({ total: "15", previousTotal: "30", ahead: undefined });
    expect(model.sums).to.deep.equal(["10", "0", "5"]);
    expect(model.previous).to.deep.equal(["10", "10", "10"]);
    expect(model.parts.map(({ share }) => share)).to.deep.equal([87, 13]);
  });

  it("names the rest and what has no feature in the reader's language, not by the server's words", () => {
    const usage = usageOf([
      { key: "other", label: "Real feature", points: [3] },
      { key: "none", label: "No feature", kind: "none", points: [2] },
      { key: "other", label: "Other", kind: "other", points: [1] },
    ]);
    const { parts } = modelOf(usage, { ...options, texts: { ...english, rest: "Rest", noFeature: "Ohne" } });
    expect(parts.map(({ label }) => label)).to.deep.equal(["Real feature", "Ohne", "Rest"]);
    expect(parts[2]?.tone).to.equal(0);
    expect(new Set(parts.map(({ id }) => id)).size).to.equal(3);
  });

  it("expects the rest of today and the days to come at the pace of the forecast", () => {
    const untilMs = Date.UTC(2026, 2, 15);
    const { ahead, buckets, count, previous } = modelOf(usageOf(), {
      ...options,
      forecast: forecastOf(),
      untilMs,
    });
    // It is half past nine: 14.5 of 24 hours are left, at 48 a day.
    expect(ahead).to.deep.equal([0, 0, 29, 48, 48]);
    expect([buckets.length, count, previous?.length]).to.deep.equal([5, 3, 3]);
  });

  it("goes on along the trend, and never below nothing", () => {
    const untilMs = Date.UTC(2026, 2, 15);
    const ahead = (trend: string) =>
      modelOf(usageOf(), { ...options, forecast: forecastOf({ trend }), untilMs }).ahead ?? [];
    // A day that is one more than the mean of 30 is 15.5 days later than their middle.
    expect(ahead("1").slice(3)).to.deep.equal([64.5, 65.5]);
    expect(ahead("-10")).to.deep.equal([]);
  });
});

describe("names of bars", () => {
  it("tell an hour that comes twice apart, and have the gap where one is left out", () => {
    const hours = (fromMs: number) =>
      [0, 1, 2].map((hour) => ({ startMs: fromMs + hour * HOUR_MS, endMs: fromMs + (hour + 1) * HOUR_MS }));
    const names = (fromMs: number) =>
      namesOf(hours(fromMs), { lang: "en", timeZone: "Europe/Berlin", interval: "hour" }).long;
    const autumn = names(Date.UTC(2026, 9, 25, 0));
    expect(new Set(autumn).size).to.equal(3);
    expect(autumn[0]).to.contain("2:00").and.to.contain("GMT+2");
    expect(autumn[1]).to.contain("2:00").and.to.contain("GMT+1");
    const spring = names(Date.UTC(2026, 2, 29, 0));
    expect(spring[0]).to.contain("1:00");
    expect(spring[1]).to.contain("3:00");
  });

  it("are the zone's own days in the reader's language", () => {
    const day = [{ startMs: Date.UTC(2026, 2, 28, 23), endMs: Date.UTC(2026, 2, 29, 22) }];
    const { short } = namesOf(day, { lang: "de", timeZone: "Europe/Berlin", interval: "day" });
    expect(short).to.deep.equal(["29. März"]);
  });
});

describe("the table as a file", () => {
  const clock = new FakeClock();
  before(() => {
    clock.install();
  });
  after(() => clock.uninstall());

  const csv = (usage = usageOf(), picked?: string) => {
    const model = modelOf(usage, { texts: english, compare: true, picked });
    const names = namesOf(model.buckets, { lang: "en", timeZone: "UTC", interval: "day" });
    return csvOf(
      { usage, model, names, length: "3 days", span: "", spoken: "", isEmpty: false },
      english,
    ).split("\r\n");
  };

  it("has what is seen, with exact amounts and the beginning of each bar", () => {
    const [head, first, ...rest] = csv();
    expect(head).to.equal("Period,Start (UTC),Image generation,Video rendering,Total,Previous 3 days");
    expect(first).to.equal('"Tue, March 10, 2026",2026-03-10T00:00:00.000Z,30,10,40,30');
    expect(rest).to.have.length(3);
    expect(csv(usageOf(), "group:video")[0]).to.equal("Period,Start (UTC),Video rendering,Previous 3 days");
  });

  it("has no cell that a spreadsheet would run, and quotes what would break a row", () => {
    const labels = ["=1+1", "+cmd", "-cmd", "@sum", '<img src=x onerror=alert(1)>, "x"', "a\nb"];
    const [head, row] = csv(
      usageOf(labels.map((label, index) => ({ key: `${index}`, label, points: [-1] }))),
    );
    expect(head).to.contain(",'=1+1,'+cmd,'-cmd,'@sum,");
    expect(head).to.contain('"<img src=x onerror=alert(1)>, ""x"""');
    // A number stays one.
    expect(row).to.contain(",-1,-1,");
  });
});
