import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { subscriptionInput } from "../resources/subscriptions.ts";
import { usageEvent } from "../resources/events.ts";
import { grantInput } from "../resources/grants.ts";
import { assertRefused, invalid, taken } from "../test-support/reading.ts";
import { timestampInput, timeZone } from "./time.ts";

describe("a time is read to the millisecond", () => {
  for (const [text, utc] of [
    ["2026-03-01T12:00:00Z", "2026-03-01T12:00:00.000Z"],
    ["2026-03-01T12:00:00.123Z", "2026-03-01T12:00:00.123Z"],
    ["2026-03-01T12:00:00.123456789Z", "2026-03-01T12:00:00.123Z"],
    ["2026-03-01T12:00:00+05:45", "2026-03-01T06:15:00.000Z"],
    ["2026-03-01T12:00:00+14:00", "2026-02-28T22:00:00.000Z"],
    ["2026-03-01T12:00:00-12:00", "2026-03-02T00:00:00.000Z"],
    ["2024-02-29T23:59:59Z", "2024-02-29T23:59:59.000Z"],
    ["1970-01-01T00:00:00Z", "1970-01-01T00:00:00.000Z"],
    ["9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"],
  ] as const) {
    test(`${text} is ${utc}`, () => assert.equal(new Date(taken(timestampInput, text)).toISOString(), utc));
  }

  test("any instant from 1970 to 9999, seen from any offset", () => {
    const latest = Date.UTC(9999, 11, 31, 9);
    const instant = fc.integer({ min: 14 * 3_600_000, max: latest });
    fc.assert(
      fc.property(instant, fc.integer({ min: -14 * 60, max: 14 * 60 }), (ms, offset) => {
        const local = new Date(ms + offset * 60_000).toISOString().slice(0, -1);
        const size = Math.abs(offset);
        const [hours, minutes] = [Math.floor(size / 60), size % 60].map((part) =>
          String(part).padStart(2, "0"),
        );
        assert.equal(taken(timestampInput, `${local}${offset < 0 ? "-" : "+"}${hours}:${minutes}`), ms);
      }),
    );
  });
});

const event = { id: "e1", customerId: "cus_1", featureId: "image" };
const grant = { customerId: "cus_1", creditTypeId: "credits", amount: 1, category: "promo" };

describe("what is no time is refused, not rolled over", () => {
  const wrong: unknown[] = [
    "2025-02-30T00:00:00Z",
    "2025-02-29T00:00:00Z",
    "2025-04-31T00:00:00Z",
    "2025-13-01T00:00:00Z",
    "2025-00-01T00:00:00Z",
    "2025-01-00T00:00:00Z",
    "2025-01-01T24:00:00Z",
    "2025-01-01T12:60:00Z",
    "2025-01-01T23:59:60Z",
    "2025-01-01T00:00:00",
    "2025-01-01",
    "2025-01-01T00:00:00+14:01",
    "2025-01-01T00:00:00-14:01",
    "2025-01-01T00:00:00+24:00",
    "2025-01-01T00:00:00+01:60",
    "2025-01-01T00:00:00+0100",
    "2025-01-01T00:00:00 Z",
    "2025-01-01 00:00:00Z",
    "0000-01-01T00:00:00Z",
    "1969-12-31T23:59:59Z",
    "1970-01-01T00:00:00+01:00",
    "9999-12-31T23:59:59-01:00",
    "10000-01-01T00:00:00Z",
    "+275760-09-13T00:00:00Z",
    "294277-01-01T00:00:00Z",
    "-000001-01-01T00:00:00Z",
    "2025-01-01T00:00:00Z\n",
    " 2025-01-01T00:00:00Z",
    "2025-01-01T00:00:00Z\u0000",
    "٢٠٢٥-01-01T00:00:00Z",
    "now",
    "",
    "1735689600",
    "Wed, 01 Jan 2025 00:00:00 GMT",
    `2025-01-01T00:00:00.${"1".repeat(100)}Z`,
    1735689600000,
    0,
    null,
    true,
    [],
    {},
    NaN,
  ];
  for (const value of wrong) {
    test(JSON.stringify(value), () => {
      assertRefused(usageEvent, { ...event, timestamp: value }, invalid("timestamp"));
      assertRefused(grantInput, { ...grant, effectiveAt: value }, invalid("effectiveAt"));
      assertRefused(grantInput, { ...grant, expiresAt: value }, invalid("expiresAt"));
    });
  }
});

describe("an end comes after its beginning", () => {
  const noon = "2026-03-01T12:00:00Z";
  const sameNoon = "2026-03-01T13:00:00+01:00";
  const before = "2026-03-01T11:59:59.999Z";
  const after = "2026-03-01T12:00:00.001Z";

  test("of a grant", () => {
    for (const expiresAt of [noon, sameNoon, before]) {
      assertRefused(grantInput, { ...grant, effectiveAt: noon, expiresAt }, invalid("expiresAt"));
    }
    taken(grantInput, { ...grant, effectiveAt: noon, expiresAt: after });
  });

  test("of a subscription", () => {
    for (const endsAt of [noon, sameNoon, before]) {
      assertRefused(subscriptionInput, { planId: "pro", startsAt: noon, endsAt }, invalid("endsAt"));
    }
    taken(subscriptionInput, { planId: "pro", startsAt: noon, endsAt: after });
  });
});

describe("a time zone", () => {
  for (const name of [
    "Europe/Berlin",
    "UTC",
    "America/Argentina/Buenos_Aires",
    "Asia/Kathmandu",
    "Etc/GMT+5",
  ]) {
    test(`is ${name}`, () => assert.equal(taken(timeZone, name), name));
  }

  for (const name of [
    "Mars/Base",
    "Berlin",
    "+01:00",
    "-0500",
    "Z",
    "GMT+1",
    "",
    " UTC",
    "UTC\n",
    "UTC\u0000",
    "Europe/Berlin; drop table ledger",
    "a".repeat(65),
    1,
    null,
    ["UTC"],
  ]) {
    test(`is not ${JSON.stringify(name).slice(0, 40)}`, () => assertRefused(timeZone, name, invalid("")));
  }
});
