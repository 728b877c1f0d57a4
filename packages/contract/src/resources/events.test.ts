import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { assertRefused, invalid, taken } from "../test-support/reading.ts";
import { eventsBody, MAX_EVENTS_PER_CALL, usageEvent } from "./events.ts";

const event = { id: "e1", customerId: "cus_1", featureId: "image" };
const many = (count: number) => ({
  events: Array.from({ length: count }, (_, index) => ({ ...event, id: `e${index}` })),
});

describe("the envelope of usage events", () => {
  test("holds 1 to 1,000 of them", () => {
    assert.equal(MAX_EVENTS_PER_CALL, 1000);
    taken(eventsBody, many(1));
    taken(eventsBody, many(1000));
  });

  for (const [name, body] of [
    ["no events", { events: [] }],
    ["1,001 events", many(1001)],
    ["events that are no list", { events: event }],
    ["a list without its envelope", [event]],
    ["a list and a bare event at once", { ...event, events: [event] }],
    ["nothing", {}],
    ["null", null],
    ["text", "events"],
    ["a number", 1],
    ["true", true],
  ] as const) {
    test(`is refused with ${name}`, () => assert.equal(eventsBody.safeParse(body).success, false));
  }
});

describe("an event", () => {
  test("keeps its fields apart from what it does not say: nothing is filled in", () => {
    assert.deepEqual(taken(usageEvent, event), event);
  });

  test("that lacks what it needs names each field", () => {
    assertRefused(usageEvent, {}, invalid("id"), invalid("customerId"), invalid("featureId"));
  });

  test("with several faults names them all", () => {
    assertRefused(
      usageEvent,
      {
        ...event,
        id: "a b",
        quantity: "1e3",
        timestamp: "yesterday",
        limit: "none",
        backfill: "yes",
        userId: "",
      },
      ...["id", "quantity", "timestamp", "limit", "backfill", "userId"].map(invalid),
    );
  });

  test("with keys that reach for prototypes is refused by their names, and changes no object", () => {
    const body: unknown = JSON.parse(
      '{"id":"e1","customerId":"c","featureId":"f","__proto__":{"limit":"soft"},"constructor":{"prototype":{"limit":"soft"}}}',
    );
    assertRefused(usageEvent, body, invalid("__proto__"), invalid("constructor"));
    assert.equal("limit" in {}, false);
  });
});

test("whatever JSON is sent, it is read or refused, and never throws", () => {
  const key = fc.constantFrom(
    "id",
    "customerId",
    "featureId",
    "quantity",
    "timestamp",
    "dimensions",
    "events",
    "__proto__",
    "x",
  );
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom("e1", "12.5", "2026-03-01T12:00:00Z", event, [event]),
  );
  const body = fc.oneof(fc.jsonValue(), fc.dictionary(key, value, { maxKeys: 9 }));
  fc.assert(
    fc.property(body, (sent) => {
      const result = eventsBody.safeParse(JSON.parse(JSON.stringify(sent)));
      assert.ok(result.success || result.error.issues.length > 0);
    }),
    { numRuns: 2000 },
  );
});
