import assert from "node:assert/strict";
import { before, test } from "node:test";
import { formatCredits, parseCredits } from "@credits-kit/amounts";
import { routes } from "@credits-kit/contract";
import fc from "fast-check";
import { fromNow } from "../../bff/src/test-support/index.ts";
import { sumOf, wholeLedger } from "./answers.ts";
import { onTwoReplicas } from "./deployments.ts";
import { testSeed } from "../support/seeded-random.ts";

/** `CREDITS_KIT_SEED` asks for the same amounts again. */
const SEED = testSeed();
const RUNS = 6;

/** Ten units at 3 credits, ten more at 2, all others at 1. */
const TIERS = [
  { upTo: 10, creditsPerUnit: 3 },
  { upTo: 20, creditsPerUnit: 2 },
  { upTo: null, creditsPerUnit: 1 },
];

onTwoReplicas(({ shop, app, at, atOnce }) => {
  before(async () => {
    const plan = { creditTypeId: "credits", limit: "soft" } as const;
    await shop.plan({ ...plan, id: "tiered", rates: [{ featureId: "image", tiers: TIERS }] });
    const thirds = [
      { upTo: "0.7", creditsPerUnit: "0.333333" },
      { upTo: "2.1", creditsPerUnit: "0.777777" },
      { upTo: null, creditsPerUnit: "0.000001" },
    ];
    await shop.plan({ ...plan, id: "thirds", rates: [{ featureId: "image", tiers: thirds }] });
    await shop.plan({
      ...{ ...plan, id: "selling", rates: [] },
      topUp: {
        prices: [
          { amount: "0.0125", currency: "usd" },
          { amount: "0.335", currency: "jpy" },
        ],
        tiers: [
          { upTo: "100.5", amount: "0.0125" },
          { upTo: null, amount: "0.003335" },
        ],
      },
    });
  });

  // Elsewhere, each of many events with one timestamp was priced as if it were the last of them: the tiers were asked
  // how much there was at that time, and all of them were. Here units are counted one event after the other, under the
  // customer's lock.
  test("events of one moment, sent at once, are each priced at their own place (complaint 41)", async () => {
    const customerId = await shop.customer({ plan: "tiered", credits: "1000" });
    const timestamp = fromNow(1000);
    const event = (id: string) => ({ id, customerId, featureId: "image", timestamp });
    const results = await atOnce(12, (counter, turn) =>
      counter.shop.post([event(`${turn}-a`), event(`${turn}-b`), event(`${turn}-c`)]),
    );
    const bySeq = results.flat().sort((left, right) => Number(left.seq) - Number(right.seq));
    assert.deepEqual(
      bySeq.map(({ status, delta }) => `${status} ${delta}`),
      Array.from({ length: 36 }, (_, place) => `applied -${place < 10 ? 3 : place < 20 ? 2 : 1}`),
    );
    const again = await at(1).shop.post([event("0-a"), event("11-c")]);
    assert.deepEqual(
      again.map(({ status, delta }) => [status, delta]),
      [results[0]?.[0], results[11]?.[2]].map((first) => ["duplicate", first?.delta]),
    );
    assert.equal((await shop.balance(customerId)).balance, "934");
    const entries = (await wholeLedger(app().client, customerId)).slice(1);
    assert.equal(sumOf(entries.map(({ delta }) => delta)), parseCredits("-66"));
  });

  test("usage in parts, sent at once, costs what it costs as a whole, to a millionth a part (complaint 41)", async (context) => {
    context.diagnostic(`CREDITS_KIT_SEED=${SEED}`);
    const anyParts = fc.array(fc.bigInt(1n, 700_000n), { minLength: 2, maxLength: 12 });
    const property = fc.asyncProperty(anyParts, async (parts) => {
      const [whole, split] = [
        await shop.customer({ plan: "thirds" }),
        await shop.customer({ plan: "thirds" }),
      ];
      const use = (customerId: string, id: string, quantity: bigint) => ({
        ...{ id, customerId, featureId: "image" },
        quantity: formatCredits(quantity),
      });
      const total = parts.reduce((sum, part) => sum + part, 0n);
      await shop.burn(use(whole, "all", total));
      await atOnce(parts.length, (counter, turn) =>
        counter.shop.burn(use(split, `part-${turn}`, parts[turn] ?? 0n)),
      );
      const [atOnceCost, partsCost] = [await shop.balance(whole), await shop.balance(split)].map(
        ({ balance }) => parseCredits(balance),
      );
      assert.ok(atOnceCost !== undefined && partsCost !== undefined);
      const apart = atOnceCost > partsCost ? atOnceCost - partsCost : partsCost - atOnceCost;
      assert.ok(2n * apart <= BigInt(parts.length + 1), `${parts.join()}: ${atOnceCost} and ${partsCost}`);
    });
    await fc.assert(property, { numRuns: RUNS, seed: SEED });
  });

  // Elsewhere, an invoice was a cent off what it billed, because each line was rounded on its own.
  test("what an order costs is the exact price, rounded once to the smallest coin (complaint 46)", async (context) => {
    context.diagnostic(`CREDITS_KIT_SEED=${SEED}`);
    const customerId = await shop.customer({ plan: "selling" });
    const total = async (credits: bigint, currency: string) => {
      const body = { customerId, creditTypeId: "credits", credits: formatCredits(credits), currency };
      return BigInt((await app().client.call(routes.quoteTopUp, { body })).body.total.amountMinor);
    };
    const property = fc.asyncProperty(fc.bigInt(1n, 10n ** 9n), async (credits) => {
      const first = credits < 100_500_000n ? credits : 100_500_000n;
      // In steps of 10^-12 of a dollar: millionths of credits, at millionths of dollars.
      const dollars = first * 12_500n + (credits - first) * 3_335n;
      assert.equal(await total(credits, "usd"), (2n * dollars + 10n ** 10n) / (2n * 10n ** 10n));
      assert.equal(await total(credits, "jpy"), (2n * credits * 335n + 10n ** 9n) / (2n * 10n ** 9n));
    });
    await fc.assert(property, { numRuns: RUNS, seed: SEED });
  });
});
