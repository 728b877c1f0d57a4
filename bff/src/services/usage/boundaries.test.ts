import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { boundariesOf, type Interval } from "./boundaries.ts";
import { sourcesOf } from "./sources.ts";

const MINUTE_MS = 60_000;
const QUARTER_MS = 15 * MINUTE_MS;
const DAY_MS = 86_400_000;

/** Zones whose clocks do something that others do not. */
const ZONES = [
  "UTC",
  "Europe/Berlin",
  "America/New_York",
  "Asia/Kathmandu",
  "Australia/Lord_Howe",
  "America/St_Johns",
  "America/Havana",
  "Pacific/Apia",
  "Africa/Casablanca",
  "Asia/Kolkata",
  "Africa/Monrovia",
];
const LONGEST_DAYS: Record<Interval, number> = { hour: 0.7, day: 40, week: 100, month: 400 };

/** Boundaries as short UTC times, without the year. */
function shown(timeZone: string, interval: Interval, [from, to]: readonly [string, string]): string[] {
  const span = { from: Date.parse(from), to: Date.parse(to) };
  const boundaries = boundariesOf(span, { interval, timeZone, most: 1_000 });
  return (boundaries ?? []).map((time) => new Date(time).toISOString().slice(5, 16));
}

test("days begin at local midnight and are as long as the zone makes them", () => {
  assert.deepEqual(shown("Europe/Berlin", "day", ["2026-03-27T23:00Z", "2026-03-30T22:00Z"]), [
    "03-27T23:00",
    "03-28T23:00",
    "03-29T22:00",
    "03-30T22:00",
  ]);
  assert.deepEqual(shown("Asia/Kathmandu", "day", ["2026-01-01T00:00Z", "2026-01-02T20:00Z"]), [
    "01-01T00:00",
    "01-01T18:15",
    "01-02T18:15",
    "01-02T20:00",
  ]);
});

test("a day that the calendar left out has no bucket, and one whose midnight comes twice begins once", () => {
  assert.deepEqual(shown("Pacific/Apia", "day", ["2011-12-29T10:00Z", "2012-01-01T10:00Z"]), [
    "12-29T10:00",
    "12-30T10:00",
    "12-31T10:00",
    "01-01T10:00",
  ]);
  // One minute past midnight, the clock went back to a minute past eleven.
  assert.deepEqual(shown("America/St_Johns", "day", ["2006-10-28T02:30Z", "2006-10-31T03:30Z"]), [
    "10-28T02:30",
    "10-29T02:30",
    "10-30T03:30",
    "10-31T03:30",
  ]);
});

test("hours that come twice are two, and clocks that move by half an hour make hours of another length", () => {
  assert.deepEqual(shown("Europe/Berlin", "hour", ["2026-10-24T23:00Z", "2026-10-25T03:00Z"]), [
    "10-24T23:00",
    "10-25T00:00",
    "10-25T01:00",
    "10-25T02:00",
    "10-25T03:00",
  ]);
  assert.deepEqual(shown("Australia/Lord_Howe", "hour", ["2024-04-06T13:00Z", "2024-04-06T17:30Z"]), [
    "04-06T13:00",
    "04-06T14:00",
    "04-06T15:30",
    "04-06T16:30",
    "04-06T17:30",
  ]);
  assert.deepEqual(shown("Australia/Lord_Howe", "hour", ["2024-10-05T14:30Z", "2024-10-05T17:00Z"]), [
    "10-05T14:30",
    "10-05T15:30",
    "10-05T16:00",
    "10-05T17:00",
  ]);
});

test("weeks begin on Mondays and months on their first, and the ends are those of the range", () => {
  assert.deepEqual(shown("UTC", "week", ["2025-12-31T12:00Z", "2026-01-13T00:00Z"]), [
    "12-31T12:00",
    "01-05T00:00",
    "01-12T00:00",
    "01-13T00:00",
  ]);
  assert.deepEqual(shown("America/New_York", "month", ["2026-01-15T00:00Z", "2026-04-01T04:00Z"]), [
    "01-15T00:00",
    "02-01T05:00",
    "03-01T05:00",
    "04-01T04:00",
  ]);
});

test("too many buckets are not made, however long the range", () => {
  const span = { from: 0, to: Date.UTC(9999, 0) };
  for (const interval of ["hour", "day", "week", "month"] as const) {
    assert.equal(boundariesOf(span, { interval, timeZone: "Europe/Berlin", most: 1_100 }), null);
  }
});

const asked = fc
  .record({
    timeZone: fc.constantFrom(...ZONES),
    interval: fc.constantFrom<Interval>("hour", "day", "week", "month"),
    from: fc.integer({ min: Date.UTC(1970, 0, 2) / MINUTE_MS, max: Date.UTC(2040, 0) / MINUTE_MS }),
    length: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ from, length, ...rest }) => {
    const minutes = 1 + Math.floor((length * LONGEST_DAYS[rest.interval] * DAY_MS) / MINUTE_MS);
    return { ...rest, span: { from: from * MINUTE_MS, to: (from + minutes) * MINUTE_MS } };
  });

test("whatever the zone and its past, buckets begin where the calendar says", () => {
  fc.assert(
    fc.property(asked, ({ timeZone, interval, span }) => {
      const boundaries = boundariesOf(span, { interval, timeZone, most: 1_000 });
      assert.deepEqual(boundaries, naiveBoundaries(timeZone, interval, span));
    }),
    { numRuns: 150 },
  );
});

test("each moment of each bucket is read once: from sums that lie in it, or entry by entry", () => {
  fc.assert(
    fc.property(asked, fc.boolean(), ({ timeZone, interval, span }, hasGap) => {
      const boundaries = boundariesOf(span, { interval, timeZone, most: 1_000 }) ?? [];
      const gap = hasGap ? 1 : 0;
      const { segments, cutQuarters } = sourcesOf(boundaries, gap);
      for (const [index, from] of boundaries.slice(0, -1).entries()) {
        const to = boundaries[index + 1] ?? from;
        const own = segments.filter(({ bucket }) => bucket === index + 1);
        if (index + 1 === gap) assert.equal(own.length, 0);
        else assert.equal(lengthOf(own, cutQuarters, { from, to }), to - from);
        for (const part of own) {
          assert.ok(part.from >= from && part.to <= to);
          assert.equal(part.from % (part.grain * MINUTE_MS), 0);
          assert.equal(part.to % (part.grain * MINUTE_MS), 0);
        }
      }
    }),
    { numRuns: 150 },
  );
});

/** How much of a bucket is read; what is read twice counts twice. */
function lengthOf(
  parts: readonly { from: number; to: number }[],
  cutQuarters: readonly number[],
  bucket: { from: number; to: number },
): number {
  const single = cutQuarters.map((quarter) => ({ from: quarter, to: quarter + QUARTER_MS }));
  return [...parts, ...single].reduce(
    (sum, { from, to }) => sum + Math.max(0, Math.min(to, bucket.to) - Math.max(from, bucket.from)),
    0,
  );
}

/** The same by asking the calendar about every date, or about every minute. */
function naiveBoundaries(
  timeZone: string,
  interval: Interval,
  { from, to }: { from: number; to: number },
): number[] {
  const zoned = (time: number) => Temporal.Instant.fromEpochMilliseconds(time).toZonedDateTimeISO(timeZone);
  const starts = new Set<number>();
  if (interval === "hour") {
    const hour = { smallestUnit: "hour", roundingMode: "floor" } as const;
    for (let time = from - QUARTER_MS; time < to; time += MINUTE_MS) {
      starts.add(zoned(time).round(hour).epochMilliseconds);
    }
  } else {
    let date = zoned(from - DAY_MS).toPlainDate();
    for (
      const last = zoned(to).toPlainDate();
      Temporal.PlainDate.compare(date, last) <= 0;
      date = date.add({ days: 1 })
    ) {
      const begins = { day: true, week: date.dayOfWeek === 1, month: date.day === 1 }[interval];
      if (begins) starts.add(date.toZonedDateTime(timeZone).epochMilliseconds);
    }
  }
  const inside = [...starts].filter((start) => start > from && start < to);
  return [from, ...inside.sort((left, right) => left - right), to];
}
