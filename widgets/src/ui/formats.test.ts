import { expect } from "@open-wc/testing";
import { FakeClock } from "../testing/fake-clock.ts";
import { warningsOf } from "../testing/warnings.ts";
import { micros, percentOf } from "./decimal.ts";
import { Formats } from "./formats.ts";

describe("amounts", () => {
  const english = new Formats("en");

  it("are written digit for digit, beyond what a double can hold", () => {
    expect(english.amount("9007199254740993.5")).to.equal("9,007,199,254,740,993.5");
    expect(new Formats("de").amount("9007199254740993.5")).to.equal("9.007.199.254.740.993,5");
    expect(english.amount("123456789012345678.000001")).to.equal("123,456,789,012,345,678.000001");
  });

  it("keep their sign, and lose only the decimals that the page does not want", () => {
    expect(english.amount("-35")).to.equal("-35");
    expect(english.amount("0.000001")).to.equal("0.000001");
    expect(english.amount("1240.567", 2)).to.equal("1,240.57");
    expect(english.amount("1240", 2)).to.equal("1,240.00");
  });

  it("that are none are shown as they came", () => {
    expect(english.amount("n/a")).to.equal("n/a");
  });

  it("are compared and shared out exactly", () => {
    expect(micros("9007199254740993.5")).to.equal(9_007_199_254_740_993_500_000n);
    expect(micros("-0.000001")).to.equal(-1n);
    expect(percentOf("1999.999999", "2000")).to.equal(99);
    expect(percentOf("2035", "2000")).to.equal(100);
    expect(percentOf("5", "0")).to.equal(0);
  });
});

describe("settings that Intl does not know", () => {
  it("are left out with one word to the developer", async () => {
    const formats = new Formats("en", "Mars/Olympus");
    const warnings = await warningsOf(() => {
      expect(formats.date(0)).to.contain("19");
      expect(formats.date(0)).to.contain("19");
      expect(formats.amount("1.5", NaN)).to.equal("1.5");
      expect(formats.amount("2.5", NaN)).to.equal("2.5");
    });
    expect(warnings).to.have.length(2);
    expect(warnings[0]).to.contain("Mars/Olympus");
    expect(formats.amount("1.5", 1000)).to.equal("1.5");
  });
});

describe("times", () => {
  const clock = new FakeClock();
  before(() => {
    clock.install();
  });
  after(() => clock.uninstall());

  it("are as far away as they are, in the largest unit that fits", () => {
    const english = new Formats("en");
    const { nowMs } = clock;
    expect(english.distance(nowMs + 6.5 * 86_400_000)).to.equal("in 6 days");
    expect(english.distance(nowMs - 150_000)).to.equal("2 min. ago");
    expect(english.distance(nowMs - 20_000)).to.equal("20 sec. ago");
    expect(english.duration(nowMs + 3.2 * 86_400_000)).to.equal("3 days");
    expect(new Formats("ar").distance(nowMs + 6.5 * 86_400_000)).to.contain("6");
  });

  it("are in the page's time zone", () => {
    const noon = Date.UTC(2026, 2, 12, 12);
    expect(new Formats("en", "Asia/Tokyo").date(noon)).to.contain("9:00");
    expect(new Formats("en", "America/New_York").date(noon)).to.contain("8:00");
  });
});
