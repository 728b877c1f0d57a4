import assert from "node:assert/strict";
import { before, test } from "node:test";
import { type UsageInterval, routes } from "@credits-kit/contract";
import fc from "fast-check";
import { readLedgerRows } from "../../storage/pools/test-support/ledger-rows.ts";
import { moveUsage } from "../../storage/rollups/move-usage.ts";
import { oneEngine, Shop, useTestApp } from "../../test-support/index.ts";
import { readUsageSeries } from "./read.ts";
import { recompute, shownIn } from "./test-support/naive-usage.ts";

const DAY_MS = 86_400_000;
const ZONES = ["UTC", "Europe/Berlin", "Asia/Kathmandu", "Australia/Lord_Howe", "America/St_Johns"];
const BREAKDOWNS = [
  [],
  ["feature"],
  ["user"],
  ["dimension:model"],
  ["user", "dimension:model", "feature"],
  ["dimension:size", "feature"],
];

/** Something that happens to a customer; ages in milliseconds. */
const happening = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant("event" as const),
      age: fc.oneof(fc.integer({ min: 0, max: 30 * DAY_MS }), fc.integer({ min: 0, max: 3_600_000 })),
      featureId: fc.constantFrom("image", "email"),
      quantity: fc.integer({ min: 0, max: 3 }),
      userId: fc.constantFrom(undefined, "ada", "bob"),
      model: fc.constantFrom(undefined, "xl", "s", 7, true),
      size: fc.constantFrom(undefined, "big"),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("consume" as const), amount: fc.integer({ min: 1, max: 4 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("capture" as const), amount: fc.integer({ min: 1, max: 4 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("reverse" as const), which: fc.nat({ max: 1_000 }) }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: "expire" as const }) },
);

const question = fc.record({
  timeZone: fc.constantFrom(...ZONES),
  interval: fc.constantFrom<UsageInterval>("hour", "day", "week", "month"),
  groupBy: fc.constantFrom(...BREAKDOWNS),
  fromAge: fc.integer({ min: 1, max: 31 * DAY_MS }),
  // A range that begins or ends within the quarter of an hour of some usage.
  near: fc.option(
    fc.record({
      which: fc.nat({ max: 1_000 }),
      off: fc.constantFrom(-60_000, -1, 0, 1, 60_000),
      isEnd: fc.boolean(),
    }),
  ),
  length: fc.double({ min: 0.001, max: 1, noNaN: true }),
  top: fc.constantFrom(undefined, 1, 2, 5),
  compare: fc.constantFrom(undefined, "previous" as const),
});

oneEngine((engine) => {
  const app = useTestApp(engine);
  const shop = new Shop(() => app().client);
  let lives = 0;

  before(async () => {
    await shop.open();
    const body = {
      id: "tracked",
      name: "Tracked",
      unit: { singular: "t", plural: "t" },
      trackedDimensions: ["model", "size"],
    };
    await app().client.call(routes.createCreditType, { body });
    const rates = ["image", "email"].map((featureId) => ({ featureId, creditsPerUnit: "0.5" }));
    await shop.plan({ id: "tracked", creditTypeId: "tracked", limit: "soft", rates });
  });

  /** Lives a life, with the sums moved forward in between by any steps. Answers whose it is. */
  async function live(
    happenings: readonly (typeof happening extends fc.Arbitrary<infer H> ? H : never)[],
    steps: readonly number[],
  ) {
    const customerId = await shop.customer({ plan: null });
    await shop.subscribe(customerId, {
      planId: "tracked",
      startsAt: new Date(Date.now() - 40 * DAY_MS).toISOString(),
    });
    await shop.grant(customerId, { creditTypeId: "tracked", amount: "20" });
    const events: string[] = [];
    for (const [index, each] of happenings.entries()) {
      const id = `h${index}`;
      const direct = { id, creditTypeId: "tracked" };
      switch (each.kind) {
        case "event": {
          const { model, size } = each;
          const dimensions = {
            ...(model === undefined ? {} : { model }),
            ...(size === undefined ? {} : { size }),
          };
          const timestamp = new Date(Date.now() - each.age).toISOString();
          const { featureId, quantity, userId } = each;
          await shop.burn({
            id,
            customerId,
            featureId,
            quantity,
            timestamp,
            dimensions,
            ...(userId ? { userId } : {}),
          });
          events.push(id);
          break;
        }
        case "consume":
          await shop.consume(customerId, { ...direct, amount: String(each.amount), limit: "soft" });
          break;
        case "capture":
          await shop.grant(customerId, { creditTypeId: "tracked", amount: "100" });
          await shop.hold(customerId, { ...direct, amount: "5" });
          await shop.capture(customerId, { id, amount: String(each.amount) });
          break;
        case "reverse": {
          const [taken] = events.splice(each.which % Math.max(1, events.length), 1);
          if (taken !== undefined) await shop.reverse(customerId, taken);
          break;
        }
        case "expire": {
          const [grant] = await shop.grants(customerId);
          if (grant && grant.status === "active" && grant.held === "0") await shop.revoke(grant.id);
          break;
        }
      }
      const step = steps[index % Math.max(1, steps.length)];
      if (step) await moveUsage(app().database, [customerId], { atLeast: 1, longest: step });
    }
    return customerId;
  }

  test("usage is what the ledger says, for any range, zone and breakdown, wherever the sums stand", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(happening, { minLength: 3, maxLength: 14 }),
        fc.array(fc.constantFrom(0, 0, 1, 3, 100), { minLength: 1, maxLength: 4 }),
        fc.array(question, { minLength: 12, maxLength: 12 }),
        async (happenings, steps, questions) => {
          lives += 1;
          const customerId = await live(happenings, steps);
          const entries = await readLedgerRows(app().database, customerId);
          for (const { fromAge, near, length, interval, ...asked } of questions) {
            const span = Math.ceil(length * (interval === "hour" ? 3 : 40) * DAY_MS);
            const used = near && entries[near.which % entries.length]?.occurredAt;
            const edge = near && used ? used + near.off : Date.now() - fromAge;
            const from = near?.isEnd ? edge - span : edge;
            const to = from + span;
            const query = { ...asked, customerId, interval, from, to };
            const answer = await readUsageSeries(app(), query);
            assert.deepEqual(shownIn(answer), recompute(entries, answer), JSON.stringify(query));
          }
        },
      ),
      { numRuns: engine.name === "PGlite" ? 6 : 15 },
    );
    assert.ok(lives >= 6);
  });
});
