import { expect } from "@open-wc/testing";
import fc from "fast-check";
import { outlookOf } from "../testing/portal.ts";
import { FEWEST_DAYS, HORIZON_MS, projectionOf } from "./projection.ts";

const NOW = Date.UTC(2026, 2, 12, 9, 30);
const DAY_MS = 86_400_000;
const { basis } = outlookOf();
const iso = (ms: number) => new Date(ms).toISOString();

/** As the server answers: in order, and nothing beyond two years. */
const moments = fc
  .tuple(fc.nat(730 * DAY_MS), fc.nat(200 * DAY_MS), fc.option(fc.nat(400 * DAY_MS)), fc.nat(10 * DAY_MS))
  .map(([likely, before, after, ageMs]) => {
    // The answer may be some days old: the page was asleep.
    const likelyMs = NOW - ageMs + likely;
    const latestMs = after === null ? null : likelyMs + after;
    return {
      likely: iso(likelyMs),
      earliest: iso(Math.max(NOW - ageMs, likelyMs - before)),
      latest: latestMs === null ? null : iso(latestMs),
    };
  });

describe("what is said of when credits run out", () => {
  it("is in order, never over, and never more than a year away", () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: FEWEST_DAYS, max: 90 }), (runsOutAt, days) => {
        const said = projectionOf({ runsOutAt, basis: { ...basis, days } }, "12.5", NOW);
        if (said.type !== "dated") {
          expect(said.type).to.equal("beyond");
          expect(Date.parse(runsOutAt.likely)).to.be.above(NOW + HORIZON_MS);
          return;
        }
        const { earliestMs, likelyMs, latestMs } = said;
        expect(NOW <= earliestMs && earliestMs <= likelyMs).to.equal(true);
        expect(likelyMs <= NOW + HORIZON_MS).to.equal(true);
        if (latestMs !== undefined)
          expect(likelyMs <= latestMs && latestMs <= NOW + HORIZON_MS).to.equal(true);
        // The moments themselves are the server's: none is made up.
        expect([NOW, Date.parse(runsOutAt.likely)]).to.include(likelyMs);
        expect(said).to.deep.include({ percent: 80, days });
      }),
      { numRuns: 500 },
    );
  });

  it("is no date where nothing is left, whatever the forecast says", () => {
    fc.assert(
      fc.property(moments, fc.nat(1_000), fc.nat(90), (runsOutAt, over, days) => {
        const said = projectionOf({ runsOutAt, basis: { ...basis, days } }, `-${over}`, NOW);
        expect(said).to.deep.equal({ type: "depleted" });
      }),
    );
  });

  it("is that it is too early, where there are fewer than three full days", () => {
    fc.assert(
      fc.property(fc.option(moments), fc.nat(FEWEST_DAYS - 1), (runsOutAt, days) => {
        const said = projectionOf({ runsOutAt, basis: { ...basis, days } }, "1", NOW);
        expect(said).to.deep.equal({ type: "unknown" });
      }),
    );
  });

  it("tells that nothing was used from that it lasts for more than a year", () => {
    const none = projectionOf({ runsOutAt: null, basis: { ...basis, used: "0" } }, "1", NOW);
    expect(none).to.deep.equal({ type: "idle", days: 30 });
    expect(projectionOf({ runsOutAt: null, basis }, "1", NOW)).to.deep.equal({ type: "beyond", days: 30 });
  });

  it("has no latest day where that may be more than a year away", () => {
    const runsOutAt = { likely: iso(NOW + 300 * DAY_MS), earliest: iso(NOW + 250 * DAY_MS), latest: null };
    const open = projectionOf({ runsOutAt, basis }, "1", NOW);
    const far = projectionOf(
      { runsOutAt: { ...runsOutAt, latest: iso(NOW + 366 * DAY_MS) }, basis },
      "1",
      NOW,
    );
    expect(open).to.deep.equal(far);
    expect(open).to.deep.include({ type: "dated", latestMs: undefined });
  });
});
