import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { routes } from "../routes/index.ts";
import { assertRefused, invalid, taken } from "../test-support/reading.ts";
import { estimatedEvent, estimatesBody } from "./estimates.ts";
import { eventReversal } from "./usage.ts";

describe("a reversal", () => {
  const reversal = { customerId: "cus_lena", id: "evt_1", reason: "Never came" };

  test("says whose event it takes back, and why", () => {
    taken(eventReversal, reversal);
    assertRefused(eventReversal, {}, invalid("customerId"), invalid("id"), invalid("reason"));
    for (const reason of ["", "   ", "a".repeat(201), null]) {
      assertRefused(eventReversal, { ...reversal, reason }, invalid("reason"));
    }
  });
});

describe("the list of events", () => {
  const { query } = routes.listEvents;

  test("looks one up by its own id", () => {
    assert.equal(taken(query, { customerId: "cus_lena", id: "evt_1" }).id, "evt_1");
    assertRefused(query, { id: "evt_1" }, invalid("customerId"));
  });

  for (const [key, value] of [
    ["status", "rejected"],
    ["timeField", "createdAt"],
    ["from", "yesterday"],
    ["resourceId", "a b"],
    ["sort", "at"],
  ] as const) {
    test(`refuses ${key}=${value}`, () =>
      assertRefused(query, { customerId: "cus_lena", [key]: value }, invalid(key)));
  }
});

describe("estimates", () => {
  const event = { customerId: "cus_lena", featureId: "image" };

  test("are made of 1 to 1,000 events", () => {
    taken(estimatesBody, { events: Array.from({ length: 1000 }, () => event) });
    assertRefused(estimatesBody, { events: [] }, invalid("events"));
    assertRefused(estimatesBody, { events: Array.from({ length: 1001 }, () => event) }, invalid("events"));
    assertRefused(estimatesBody, event, invalid("customerId"), invalid("events"), invalid("featureId"));
  });

  test("need no id, and know no backfill: nothing is written", () => {
    assert.deepEqual(taken(estimatedEvent, event), event);
    assertRefused(estimatedEvent, { ...event, backfill: true }, invalid("backfill"));
    assertRefused(estimatedEvent, { ...event, id: "a b" }, invalid("id"));
  });
});
