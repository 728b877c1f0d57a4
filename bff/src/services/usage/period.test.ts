import assert from "node:assert/strict";
import { test } from "node:test";
import { ServiceError } from "../../errors.ts";
import type { Interval } from "./boundaries.ts";
import { currentPeriod, previousPeriod } from "./period.ts";

const NOW = Date.parse("2026-03-29T10:30:00Z");

interface Asked {
  readonly interval?: Interval;
  readonly timeZone?: string;
  readonly from?: string;
  readonly to?: string;
}

function periodsOf({ from, to, interval = "day", timeZone = "Europe/Berlin" }: Asked) {
  const times = {
    from: from === undefined ? from : Date.parse(from),
    to: to === undefined ? to : Date.parse(to),
  };
  const asked = { ...times, interval, timeZone, mostBuckets: 1_100 };
  const current = currentPeriod(asked, NOW);
  return [current, previousPeriod(current, asked)].map((period) => ({
    from: new Date(period.from).toISOString(),
    to: new Date(period.to).toISOString(),
    buckets: period.boundaries.length - 1,
  }));
}

test("nothing said means the last 30 days by the zone's calendar, today included", () => {
  assert.deepEqual(periodsOf({})[0], {
    from: "2026-02-27T23:00:00.000Z",
    to: "2026-03-29T22:00:00.000Z",
    buckets: 30,
  });
  const since = periodsOf({ to: "2026-03-10T12:00:00Z", timeZone: "UTC" })[0];
  assert.deepEqual(since, { from: "2026-02-09T00:00:00.000Z", to: "2026-03-10T12:00:00.000Z", buckets: 30 });
});

test("the period before has the same number of intervals and ends where this one begins", () => {
  const days = periodsOf({ from: "2026-03-22T23:00:00Z", to: "2026-03-29T22:00:00Z" });
  assert.deepEqual(days[1], { from: "2026-03-15T23:00:00.000Z", to: "2026-03-22T23:00:00.000Z", buckets: 7 });
  const cut = periodsOf({ from: "2026-03-20T08:20:00Z", to: "2026-03-27T08:20:00Z", interval: "day" });
  assert.deepEqual(cut[1], { from: "2026-03-13T08:20:00.000Z", to: "2026-03-20T08:20:00.000Z", buckets: 8 });
});

test("a month that is not over is compared with the same part of the month before", () => {
  const toDate = periodsOf({
    from: "2026-03-01T00:00:00Z",
    to: "2026-03-29T10:30:00Z",
    interval: "month",
    timeZone: "UTC",
  });
  assert.deepEqual(toDate[1], {
    from: "2026-02-01T00:00:00.000Z",
    to: "2026-02-28T10:30:00.000Z",
    buckets: 1,
  });
});

test("an hour before is an hour before, also where the clock changed", () => {
  const hours = periodsOf({ from: "2026-03-29T01:00:00Z", to: "2026-03-29T04:00:00Z", interval: "hour" });
  assert.deepEqual(hours[1], {
    from: "2026-03-28T22:00:00.000Z",
    to: "2026-03-29T01:00:00.000Z",
    buckets: 3,
  });
});

test("an empty range and one of too many buckets are refused by their fields", () => {
  const pathOf = (asked: Asked) => {
    try {
      periodsOf(asked);
    } catch (error) {
      return error instanceof ServiceError ? error.errors[0]?.path : error;
    }
    return null;
  };
  assert.equal(pathOf({ from: "2026-03-02T00:00:00Z", to: "2026-03-02T00:00:00Z" }), "to");
  assert.equal(pathOf({ from: "2030-01-01T00:00:00Z" }), "from");
  assert.equal(
    pathOf({ from: "2026-01-01T00:00:00Z", to: "2026-03-02T00:00:00Z", interval: "hour" }),
    "interval",
  );
  assert.equal(
    pathOf({ from: "1970-01-01T00:00:00Z", to: "9999-12-31T00:00:00Z", interval: "month" }),
    "interval",
  );
});
