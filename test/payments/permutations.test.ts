import assert from "node:assert/strict";
import { test } from "node:test";
import { processStripeEvent } from "../../bff/src/payments/inbox/process.ts";
import { EVENT_HANDLERS } from "../../bff/src/payments/inbox/kinds.ts";
import { assertInvariants, oneEngine } from "../../bff/src/test-support/index.ts";
import type { StripeEventRow } from "../../bff/src/storage/payments/stripe-events.ts";
import type { TopUpDeps } from "../../bff/src/services/top-ups/payments.ts";
import { fulfil } from "../../bff/src/services/top-ups/fulfil.ts";
import { SeededRandom, testSeed } from "../support/seeded-random.ts";
import { useTill } from "./till.ts";

oneEngine((engine) => {
  const replicas = engine.name === "Postgres" ? 2 : 1;
  const till = useTill(engine, { replicas });
  const both = (): TopUpDeps[] => [till.app().money, till.other().money];

  /** What Stripe told of an order, as the inbox keeps it. */
  function toldOf(orderId: string): StripeEventRow[] {
    return till
      .sandbox()
      .control.events.filter(({ data }) => JSON.stringify(data).includes(orderId))
      .map(({ id, type, data }) => {
        const object: { id?: string } = data.object;
        return {
          event_id: id,
          type,
          object_id: object.id ?? null,
          is_live: false,
          api_version: null,
          account: null,
          happened_at: new Date(),
          received_at: new Date(),
          status: "waiting",
          tries: 1,
          next_try_at: new Date(),
          outcome: null,
          settled_at: null,
        } satisfies StripeEventRow;
      });
  }

  /** How an order ended, whoever it is of. */
  async function endOf(customerId: string, orderId: string) {
    const order = await till.read(orderId);
    const grants = await till.shop.grants(customerId);
    const { status, paid, failure } = order;
    return {
      status,
      paid,
      failure: failure?.code ?? null,
      grants: grants.map(({ amount, costBasis, source }) => [amount, costBasis, source.kind]),
      steps: order.history.map((step) => step.status).at(-1),
    };
  }

  test("all orders in which the events of one payment can come, each twice over, end at one state (pitfalls 1 and 7, F-19)", async () => {
    const customerId = await till.buyer();
    const first = await till.order(customerId);
    till.pay(first);
    await till.sandbox().control.webhooksIdle();
    const kinds = toldOf(first.id).map(({ type }) => type);
    assert.ok(kinds.length >= 4, kinds.join());
    const orders = permutations(kinds.map((_, index) => index));
    assert.ok(orders.length <= 720);
    // Each order of events has its own order of credits; a few customers share them, so that the audits stay short.
    const ends = new Set<string>();
    const chosen = engine.name === "Postgres" ? orders : orders.filter((_, index) => index % 6 === 0);
    for (const sequence of chosen) {
      const buyer = await till.buyer();
      const order = await till.order(buyer);
      till.pay(order);
      const told = toldOf(order.id);
      for (const [turn, place] of sequence.entries()) {
        const event = told[place];
        if (!event) continue;
        await processStripeEvent(both()[turn % 2] ?? till.app().money, event);
        if (turn % 2 === 0) await processStripeEvent(till.app().money, event);
      }
      ends.add(JSON.stringify(await endOf(buyer, order.id)));
    }
    assert.equal(ends.size, 1, [...ends].join("\n"));
    assert.match([...ends].join(), /"status":"paid".*"500"/);
  });

  test("whoever notices, on both replicas at once: one grant (P10, pitfall 1)", async () => {
    const random = new SeededRandom(testSeed());
    for (let round = 0; round < (replicas === 2 ? 10 : 3); round += 1) {
      const customerId = await till.buyer();
      const order = await till.order(customerId);
      till.pay(order);
      const told = toldOf(order.id).filter(({ type }) => type in EVENT_HANDLERS);
      const work = [
        ...told.flatMap((event) => both().map((deps) => () => processStripeEvent(deps, event))),
        ...both().map((deps) => () => fulfil(deps, order.id, "return_page")),
        ...both().map((deps) => () => fulfil(deps, order.id, "reconcile")),
      ];
      await Promise.all(work.toSorted(() => random.below(3) - 1).map((each) => each()));
      assert.equal((await till.shop.grants(customerId)).length, 1);
      assert.equal((await till.shop.balance(customerId)).balance, "500");
      const { history } = await till.read(order.id);
      assert.equal(history.filter(({ status }) => status === "paid").length, 1);
    }
    await assertInvariants(till.app().database);
  });

  test("the events of an order that was never paid end it, in whichever order they come", async () => {
    const ends = new Set<string>();
    for (const reversed of [false, true]) {
      const customerId = await till.buyer();
      const order = await till.order(customerId);
      assert.throws(() => till.pay(order, "pm_card_chargeDeclined"));
      till.clock.ms += 2 * 3_600_000;
      till.sandbox().control.advanceClock(0);
      const told = toldOf(order.id);
      for (const event of reversed ? told.toReversed() : told)
        await processStripeEvent(till.app().money, event);
      ends.add(JSON.stringify(await endOf(customerId, order.id)));
    }
    assert.deepEqual(ends.size, 1, [...ends].join("\n"));
    assert.match([...ends].join(), /"status":"expired".*"grants":\[\]/);
  });
});

function permutations<Item>(items: readonly Item[]): Item[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, index) =>
    permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]),
  );
}
