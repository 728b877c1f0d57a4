import assert from "node:assert/strict";
import { before, test } from "node:test";
import { processStripeEvent } from "../../bff/src/payments/inbox/process.ts";
import { EVENT_HANDLERS } from "../../bff/src/payments/inbox/kinds.ts";
import { assertInvariants, oneEngine } from "../../bff/src/test-support/index.ts";
import { findTopUp, historiesOf } from "../../bff/src/storage/payments/top-ups.ts";
import type { StripeEventRow } from "../../bff/src/storage/payments/stripe-events.ts";
import type { TopUpDeps } from "../../bff/src/services/top-ups/payments.ts";
import { fulfil } from "../../bff/src/services/top-ups/fulfil.ts";
import { SeededRandom, testSeed } from "../support/seeded-random.ts";
import { useTill } from "./till.ts";

/** How many stories go on side by side. */
const AT_ONCE = 6;

oneEngine((engine) => {
  const isWide = engine.name === "Postgres";
  const till = useTill(engine, { replicas: isWide ? 2 : 1 });
  const control = () => till.sandbox().control;
  const both = (): TopUpDeps[] => [till.app().money, till.other().money];
  before(() => {
    control().setDelivery({ drop: true });
    control().configure({ paymentMethodTypes: ["card", "us_bank_account"] });
  });

  /** An order, and what Stripe has told of it since it was made, as the inbox keeps it. */
  async function begin() {
    const mark = control().events.length;
    const customerId = await till.buyer();
    const order = await till.order(customerId);
    let names = [order.id];
    const news = () => control().events.slice(mark);
    const about = (text: string) => names.some((name) => text.includes(name));
    return {
      customerId,
      order,
      told: (): StripeEventRow[] => {
        // Refunds and disputes name the payment, which names the order.
        const payment = news().find(
          ({ type, data }) => type.startsWith("payment_intent.") && about(JSON.stringify(data)),
        );
        const { id }: { id?: string } = payment?.data.object ?? {};
        names = id === undefined ? names : [order.id, id];
        return news()
          .filter(({ data }) => about(JSON.stringify(data)))
          .map(rowOf);
      },
    };
  }

  /** Tells of events in an order of their own, each once or twice, of which each replica hears some. */
  async function hear(events: readonly StripeEventRow[], isTwice: boolean): Promise<void> {
    for (const [turn, event] of events.entries()) {
      await processStripeEvent(both()[turn % 2] ?? till.app().money, event);
      if (isTwice) await processStripeEvent(till.app().money, events[turn >> 1] ?? event);
    }
    if (isTwice) for (const event of events) await processStripeEvent(till.other().money, event);
  }

  /** How an order ended, whoever it is of. As it is stored: who reads an open order has it looked at. */
  async function endOf(customerId: string, orderId: string) {
    const { writer } = till.app().database;
    const order = await findTopUp(writer, { customer_id: customerId, top_up_id: orderId });
    assert.ok(order);
    const { status, paid_minor, failure_code, refunded_minor, revoked_credits, shortfall_credits } = order;
    const steps = await historiesOf(writer, customerId, [orderId]);
    const grants = await till.shop.grants(customerId);
    return {
      ...{ status, paid_minor, failure_code, refunded_minor, revoked_credits, shortfall_credits },
      dispute: order.dispute_status,
      timesPaid: steps.filter((step) => step.status === "paid" && step.cause === "webhook").length,
      grants: grants.map(({ amount, remaining, revoked, frozen, costBasis, source }) =>
        [amount, remaining, revoked, frozen, costBasis?.amount, source.kind].join(" "),
      ),
    };
  }

  /** All of them, or every third where each takes several times as long. */
  const affordable = <Story>(stories: readonly Story[]): readonly Story[] =>
    stories.filter((_, place) => isWide || place % 3 === 0);

  /** Runs stories side by side. @returns the different ends that they came to */
  async function endsOf(stories: readonly (() => Promise<object>)[]): Promise<string[]> {
    const queue = [...stories];
    const ends = new Set<string>();
    const work = async (): Promise<void> => {
      for (let story = queue.pop(); story; story = queue.pop()) ends.add(JSON.stringify(await story()));
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return [...ends];
  }

  test("all orders in which the events of one payment can come, once or twice over, end at one state (pitfall 1, pitfall 7, F-19)", async () => {
    const kinds = ["payment_intent.succeeded", "checkout.session.completed"];
    const silent = ["payment_intent.created", "charge.succeeded"];
    for (const type of silent) assert.ok(!Object.hasOwn(EVENT_HANDLERS, type));
    const stories = permutations([...kinds, ...silent]).map((types, place) => async () => {
      const { customerId, order, told } = await begin();
      till.pay(order);
      const events = inOrder(told(), types);
      assert.equal(events.length, 4);
      await hear(events, place % 2 === 1);
      return endOf(customerId, order.id);
    });
    assert.equal(stories.length, 24);
    const ends = await endsOf(affordable(stories));
    assert.equal(ends.length, 1, ends.join("\n"));
    assert.match(ends.join(), /"status":"paid".*500/);
  });

  test("all orders of the six kinds of events of a payment that takes days, once and twice over, end at one state (pitfall 3, pitfall 7, F-19)", async () => {
    const early = ["payment_intent.processing", "checkout.session.completed"];
    const late = ["payment_intent.succeeded", "checkout.session.async_payment_succeeded"];
    // Nothing is done about the other two, wherever they come: their places make no other story of it.
    for (const silent of ["payment_intent.created", "charge.succeeded"])
      assert.ok(!Object.hasOwn(EVENT_HANDLERS, silent));
    const stories = permutations([...early, ...late]).flatMap((types) =>
      [false, true].map((isTwice) => async () => {
        const { customerId, order, told } = await begin();
        till.pay(order, "pm_usBankAccount_processing");
        const first = types.findIndex((type) => late.includes(type));
        await hear(inOrder(told(), types.slice(0, first)), isTwice);
        assert.equal((await till.shop.grants(customerId)).length, 0, "credits before money");
        const payment = told().find(({ type }) => type === "payment_intent.processing");
        control().settlePayment(payment?.object_id ?? "", "succeeded");
        const rest = inOrder(told(), types.slice(first));
        assert.equal(rest.length, 4 - first);
        await hear(rest, isTwice);
        return endOf(customerId, order.id);
      }),
    );
    assert.equal(stories.length, 48);
    const ends = await endsOf(affordable(stories));
    assert.equal(ends.length, 1, ends.join("\n"));
    assert.match(ends.join(), /"status":"paid".*500/);
  });

  for (const [ending, revoked] of [
    ["lost", "500"],
    ["won", "100"],
  ] as const) {
    test(`many of all orders of payment, refund and dispute events, the dispute ${ending}, once or twice over, end at one state (pitfall 19, pitfall 21, F-19)`, async () => {
      const random = new SeededRandom(testSeed());
      const kinds = [
        ...["payment_intent.succeeded", "checkout.session.completed", "refund.created", "charge.refunded"],
        ...["charge.dispute.created", "charge.dispute.closed"],
      ];
      const all = permutations(kinds);
      assert.equal(all.length, 720);
      // The dispute's end before all, the refund before its payment, as it happened, the other way round, and any.
      const chosen = [
        kinds,
        kinds.toReversed(),
        ...Array.from({ length: isWide ? 8 : 2 }, () => all[random.below(720)]),
      ];
      const stories = chosen.map((types, place) => async () => {
        const { customerId, order, told } = await begin();
        till.pay(order);
        const find = (type: string) => told().find((event) => event.type === type)?.object_id ?? "";
        await till.stripe().refunds.create({ payment_intent: find("payment_intent.succeeded"), amount: 100 });
        const dispute = control().openDispute(find("charge.succeeded"), { amount: 400 });
        control().closeDispute(dispute.id, ending);
        const events = inOrder(told(), types ?? []);
        assert.equal(events.length, kinds.length, events.map(({ type }) => type).join());
        await hear(events, place % 2 === 1);
        return endOf(customerId, order.id);
      });
      const ends = await endsOf(stories);
      assert.equal(ends.length, 1, ends.join("\n"));
      assert.match(ends.join(), new RegExp(`"revoked_credits":"${revoked}000000","shortfall_credits":"0"`));
    });
  }

  test("whoever notices, on both replicas at once: one grant (pitfall 1, F-18, P10)", async () => {
    const random = new SeededRandom(testSeed());
    for (let round = 0; round < (isWide ? 10 : 3); round += 1) {
      const { customerId, order, told } = await begin();
      till.pay(order);
      const events = told().filter(({ type }) => type in EVENT_HANDLERS);
      const work = [
        ...events.flatMap((event) => both().map((deps) => () => processStripeEvent(deps, event))),
        ...both().map((deps) => () => fulfil(deps, order.id, "return_page")),
        ...both().map((deps) => () => fulfil(deps, order.id, "reconcile")),
      ];
      await Promise.all(shuffled(work, random).map((each) => each()));
      assert.equal((await till.shop.grants(customerId)).length, 1);
      assert.equal((await till.shop.balance(customerId)).balance, "500");
      const { history } = await till.read(order.id);
      assert.equal(history.filter(({ status }) => status === "paid").length, 1);
    }
    await assertInvariants(till.app().database);
  });

  test("the events of an order that was never paid end it, in whichever order they come (pitfall 23, F-19)", async () => {
    const stories = await Promise.all(
      [false, true].map(async (isReversed) => ({ isReversed, ...(await begin()) })),
    );
    for (const { order } of stories) assert.throws(() => till.pay(order, "pm_card_chargeDeclined"));
    till.clock.ms += 2 * 3_600_000;
    control().advanceClock(0);
    const ends = await endsOf(
      stories.map(({ customerId, order, told, isReversed }) => async () => {
        const events = isReversed ? told().toReversed() : told();
        for (const event of events) await processStripeEvent(till.app().money, event);
        return endOf(customerId, order.id);
      }),
    );
    assert.equal(ends.length, 1, ends.join("\n"));
    assert.match(ends.join(), /"status":"expired".*"grants":\[\]/);
  });
});

/** The first event of each type, in the order of the types. */
function inOrder(events: readonly StripeEventRow[], types: readonly string[]): StripeEventRow[] {
  return types.flatMap((type) => events.find((event) => event.type === type) ?? []);
}

function rowOf(event: { id: string; type: string; data: { object: object } }): StripeEventRow {
  const { id, type, data } = event;
  const object: { id?: string } = data.object;
  const when = new Date();
  return {
    ...{ event_id: id, type, object_id: object.id ?? null, is_live: false, api_version: null, account: null },
    ...{ happened_at: when, received_at: when, status: "waiting", tries: 1, next_try_at: when },
    ...{ outcome: null, settled_at: null },
  };
}

function permutations<Item>(items: readonly Item[]): Item[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, index) =>
    permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]),
  );
}

/** Any order, each as likely as the others. */
function shuffled<Item>(items: readonly Item[], random: SeededRandom): Item[] {
  const left = [...items];
  return items.flatMap(() => left.splice(random.below(left.length), 1));
}
