import assert from "node:assert/strict";
import { test } from "node:test";
import { sweepAutoTopUps } from "../../bff/src/services/auto-top-ups/sweep.ts";
import { oneEngine } from "../../bff/src/test-support/index.ts";
import { autoTools, usd } from "./auto-tools.ts";
import { useTill } from "./till.ts";

const INTENTS = "/v1/payment_intents";

oneEngine((engine) => {
  const till = useTill(engine, { replicas: 2 });
  const auto = autoTools(till);
  const faults = () => till.sandbox().control;

  /** A pool that needs credits, and has not been looked at. */
  const drained = async (rule = {}) => {
    const customer = await auto.customer({ rule });
    await auto.burn(customer.customerId, "250");
    return customer;
  };
  /** The keys that charges were asked for with, for one customer. */
  const keysOf = (stripeId: string) =>
    faults()
      .requests.filter(({ method, path }) => method === "POST" && path === INTENTS)
      .filter((request) => JSON.stringify(request).includes(stripeId))
      .map(({ idempotencyKey }) => idempotencyKey);
  /** What becomes of a customer whose attempt was cut off, by and by. */
  const settled = async ({ customerId, stripeId }: { customerId: string; stripeId: string }) => {
    auto.later(2);
    await auto.sweep();
    assert.equal(await auto.balance(customerId), "600");
    assert.equal(auto.charges(stripeId), 1);
    assert.deepEqual(
      (await auto.attempts(customerId)).map(({ status }) => status),
      ["succeeded"],
    );
    assert.equal(new Set(keysOf(stripeId)).size, 1, "I-17: the key of an attempt never changes");
  };

  for (const [name, fault] of [
    ["pitfall 10: a timeout after Stripe has charged", { kind: "timeout_after_success" }],
    ["pitfall 10: a connection that is cut before Stripe has charged", { kind: "drop" }],
    ["F-20: an error of Stripe's after it has charged", { kind: "status", status: 500, afterWork: true }],
    ["pitfall 12: Stripe's 429", { kind: "status", status: 429 }],
  ] as const) {
    test(`${name} ends in one charge and its credits (F-20, complaint 19)`, async () => {
      const customer = await drained();
      faults().addFault({ method: "POST", path: INTENTS, ...fault });
      await auto.sweep();
      await settled(customer);
    });
  }

  test("what Stripe answers nothing about waits, is asked for again and again, and is charged once", async () => {
    const customer = await drained();
    faults().addFault({ path: "/v1/*", kind: "status", status: 500, times: 12 });
    for (let turn = 0; turn < 6; turn += 1) {
      await auto.sweep();
      auto.later(2);
    }
    faults().clearFaults();
    await settled(customer);
  });

  // The process dies at each of its steps: everything that was to come after it never happens.
  for (const [what, place] of [
    ["before it asks Stripe", "before"],
    ["between Stripe's answer and its record", "after"],
  ] as const) {
    test(`F-17: a process that dies ${what} has charged once, and the next one grants`, async () => {
      const customer = await drained();
      const { money } = till.app();
      const { payments } = money;
      assert.ok(payments);
      const dying = {
        ...payments,
        charge: async (wanted: Parameters<typeof payments.charge>[0]) => {
          if (place === "after") await payments.charge(wanted);
          throw new Error("killed");
        },
      };
      const errors: unknown[] = [];
      await sweepAutoTopUps({ ...money, payments: dying }, { onError: (error) => void errors.push(error) });
      assert.equal(errors.length, 1);
      assert.equal((await auto.read(customer.customerId)).state, "in_flight");
      await auto.sweep();
      assert.equal(
        await auto.balance(customer.customerId),
        "50",
        "whoever has it in hand is left alone for a minute",
      );
      await settled(customer);
    });
  }

  test("F-17: what nobody answered for a day is looked up by what it was for, never asked for again blindly", async () => {
    const customer = await drained();
    faults().addFault({ method: "POST", path: INTENTS, kind: "timeout_after_success" });
    faults().addFault({ method: "GET", path: INTENTS, kind: "status", status: 500 });
    await auto.sweep();
    auto.later(24 * 60);
    await settled(customer);
    assert.equal(keysOf(customer.stripeId).length, 1);
  });

  test("pitfall 11: an error that Stripe keeps under the key is no reason to wait for a day, or to blame the card", async () => {
    const { customerId, stripeId } = await drained();
    faults().addFault({ method: "POST", path: INTENTS, kind: "status", status: 500 });
    for (let turn = 0; turn < 3; turn += 1) {
      await auto.sweep();
      auto.later(2);
    }
    const { state, nextTryAt, lastAttempt } = await auto.read(customerId);
    assert.deepEqual([state, lastAttempt?.status], ["cooling_down", "failed"]);
    assert.ok(Date.parse(nextTryAt ?? "") < Date.now() + 11 * 60_000);
    await auto.backOff(customerId);
    await auto.sweep();
    assert.equal(await auto.balance(customerId), "600");
    assert.equal(new Set(keysOf(stripeId)).size, 2);
  });

  test("F-17: what never reached Stripe is given up after a day, and tried anew under another key", async () => {
    const { customerId, stripeId } = await drained();
    faults().addFault({ method: "POST", path: INTENTS, kind: "drop" });
    await auto.sweep();
    auto.later(24 * 60);
    await auto.sweep();
    assert.equal((await auto.read(customerId)).lastAttempt?.failure?.code, "never_made");
    await auto.backOff(customerId);
    await auto.sweep();
    assert.equal(await auto.balance(customerId), "600");
    assert.equal(auto.charges(stripeId), 1);
    assert.equal(new Set(keysOf(stripeId)).size, 2, "pitfall 11: a new try has a new key");
  });

  test("pitfall 15, F-16: two replicas that sweep at once, again and again, charge once", async () => {
    const customers = await Promise.all([drained(), drained(), drained()]);
    const sweeps = Array.from({ length: 6 }, (_, turn) =>
      sweepAutoTopUps((turn % 2 === 0 ? till.app() : till.other()).money),
    );
    await Promise.all(sweeps);
    await auto.sweep();
    for (const { customerId, stripeId } of customers) {
      assert.equal(await auto.balance(customerId), "600");
      assert.equal(auto.charges(stripeId, "made"), 1);
    }
  });

  test("complaint 23: what is switched off while it waits is not charged", async () => {
    const { customerId, stripeId } = await drained();
    faults().addFault({ method: "POST", path: INTENTS, kind: "status", status: 429 });
    await auto.sweep();
    await auto.put(customerId, { enabled: false });
    auto.later(2);
    await auto.sweep();
    assert.equal(auto.charges(stripeId, "made"), 0);
    const { lastAttempt, inFlight, spentThisMonth } = await auto.read(customerId);
    assert.deepEqual([lastAttempt?.status, inFlight, spentThisMonth], ["canceled", null, usd(0)]);
  });

  test("complaint 23: money in flight counts against the limit, and is not called spent", async () => {
    const { customerId } = await drained({ monthlyLimit: usd(600) });
    faults().addFault({ method: "POST", path: INTENTS, kind: "drop" });
    faults().addFault({ method: "GET", path: INTENTS, kind: "status", status: 500 });
    await auto.sweep();
    const { state, inFlight, spentThisMonth } = await auto.read(customerId);
    assert.deepEqual([state, spentThisMonth], ["in_flight", usd(0)]);
    assert.deepEqual(inFlight, { credits: "550", total: usd(550), invoice: null });
    faults().clearFaults();
    auto.later(2);
    await auto.sweep();
    assert.deepEqual((await auto.read(customerId)).spentThisMonth, usd(550));
  });
});
