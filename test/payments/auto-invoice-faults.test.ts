import { routes } from "@credits-kit/contract";
import assert from "node:assert/strict";
import { test } from "node:test";
import { reconcile } from "../../bff/src/services/reconciliation/run.ts";
import { sweepAutoTopUps } from "../../bff/src/services/auto-top-ups/sweep.ts";
import type { InvoiceGateway } from "../../bff/src/payments/invoice-gateway.ts";
import { oneEngine } from "../../bff/src/test-support/index.ts";
import { type AutoCustomer, autoTools } from "./auto-tools.ts";
import { useTill } from "./till.ts";

const INVOICES = "/v1/invoices";
/** What sending an invoice asks of Stripe. */
const STEPS = [INVOICES, "/v1/invoiceitems", "*/finalize", "*/send"] as const;

oneEngine((engine) => {
  const till = useTill(engine, { replicas: 2 });
  const auto = autoTools(till);
  const control = () => till.sandbox().control;

  /** A pool that needs credits, and has not been looked at. */
  const drained = async (rule = {}) => {
    const customer = await auto.customer({ card: null, rule: { collectionMethod: "send_invoice", ...rule } });
    await auto.burn(customer.customerId, "250");
    return { ...customer, before: control().objects.invoices ?? 0 };
  };
  type Drained = AutoCustomer & { readonly before: number };
  /** The keys that invoices were asked for with, for one customer. */
  const keysOf = (stripeId: string) =>
    control()
      .requests.filter(({ method, path }) => method === "POST" && path === INVOICES)
      .filter((request) => JSON.stringify(request).includes(stripeId))
      .map(({ idempotencyKey }) => idempotencyKey);
  const ordersOf = async (customerId: string) =>
    (await till.app().client.call(routes.listTopUps, { query: { customerId } })).body.data;
  /** What becomes of a try that was cut off, by and by: one invoice, whose payment brings the credits once. */
  const settled = async ({ customerId, stripeId, before }: Drained) => {
    control().clearFaults();
    auto.later(2);
    await auto.sweep();
    assert.equal((control().objects.invoices ?? 0) - before, 1);
    assert.equal((await till.shop.balance(customerId)).pending, "550");
    const [order, ...others] = await ordersOf(customerId);
    assert.equal(others.length, 0);
    assert.equal(order?.total.amountMinor, 550);
    control().payInvoice(order?.invoice?.id ?? "");
    await till.hear();
    await auto.sweep();
    assert.equal(await auto.balance(customerId), "600");
    const attempts = await auto.attempts(customerId);
    assert.deepEqual(
      attempts.map(({ status }) => status),
      ["succeeded"],
    );
    assert.equal(new Set(keysOf(stripeId)).size, 1, "I-17: the key of an attempt never changes");
  };

  for (const [name, paths, fault] of [
    ["pitfall 10: a timeout after Stripe has done it", STEPS, { kind: "timeout_after_success" }],
    ["pitfall 10: a connection that is cut before", [INVOICES, "*/finalize"], { kind: "drop" }],
    ["F-20: Stripe's 500 after it has done it", STEPS, { kind: "status", status: 500, afterWork: true }],
    ["pitfall 12: Stripe's 429", ["*/finalize"], { kind: "status", status: 429 }],
  ] as const) {
    for (const path of paths) {
      test(`${name}, at ${path}, ends in one invoice and its credits`, async () => {
        const customer = await drained();
        control().addFault({ method: "POST", path, ...fault });
        await auto.sweep();
        await settled(customer);
      });
    }
  }

  test("pitfall 11: an error that Stripe keeps under the key is no reason to wait for a day", async () => {
    const { customerId, stripeId, before } = await drained();
    control().addFault({ method: "POST", path: INVOICES, kind: "status", status: 500 });
    for (let turn = 0; turn < 3; turn += 1) {
      await auto.sweep();
      auto.later(2);
    }
    const { state, lastAttempt, nextTryAt } = await auto.read(customerId);
    assert.deepEqual([state, lastAttempt?.failure?.code], ["cooling_down", "stripe_failed"]);
    assert.ok(Date.parse(nextTryAt ?? "") < Date.now() + 11 * 60_000);
    await auto.backOff(customerId);
    await auto.sweep();
    assert.equal((control().objects.invoices ?? 0) - before, 1);
    assert.equal(new Set(keysOf(stripeId)).size, 2);
    assert.equal((await till.shop.balance(customerId)).pending, "550");
  });

  // The process dies at each of its steps: everything that was to come after it never happens.
  const steps = ["createInvoice", "addInvoiceLine", "finalizeInvoice", "sendInvoice"] as const;
  for (const step of steps) {
    for (const place of ["before", "after"] as const) {
      test(`F-17: a process that dies ${place} Stripe's ${step} has sent one invoice by and by`, async () => {
        const customer = await drained();
        const { money } = till.app();
        const { payments } = money;
        assert.ok(payments);
        const dies = async (work: () => Promise<unknown>): Promise<never> => {
          if (place === "after") await work();
          throw new Error("killed");
        };
        const deadly: Pick<InvoiceGateway, (typeof steps)[number]> = {
          createInvoice: (wanted) => dies(() => payments.createInvoice(wanted)),
          addInvoiceLine: (wanted) => dies(() => payments.addInvoiceLine(wanted)),
          finalizeInvoice: (wanted) => dies(() => payments.finalizeInvoice(wanted)),
          sendInvoice: (wanted) => dies(() => payments.sendInvoice(wanted)),
        };
        const dying = { ...payments, [step]: deadly[step] };
        const errors: unknown[] = [];
        await sweepAutoTopUps({ ...money, payments: dying }, { onError: (error) => void errors.push(error) });
        assert.equal(errors.length, 1);
        assert.equal((await auto.read(customer.customerId)).state, "in_flight");
        await auto.sweep();
        await settled(customer);
      });
    }
  }

  test("F-17: a process that dies between the try and its order has sent one invoice by and by", async () => {
    const customer = await drained();
    const { money } = till.app();
    const { payments } = money;
    assert.ok(payments);
    const dying = {
      ...payments,
      findInvoice: () => Promise.reject(new Error("killed")),
      createInvoice: () => Promise.reject(new Error("killed")),
      createCustomer: () => Promise.reject(new Error("killed")),
    };
    const errors: unknown[] = [];
    await sweepAutoTopUps({ ...money, payments: dying }, { onError: (error) => void errors.push(error) });
    assert.equal(errors.length, 1);
    await settled(customer);
  });

  test("F-17: what never reached Stripe is given up after a day, and tried anew under another key", async () => {
    const { customerId, stripeId, before } = await drained();
    control().addFault({ method: "POST", path: INVOICES, kind: "drop" });
    await auto.sweep();
    control().clearFaults();
    auto.later(24 * 60 + 5);
    await auto.sweep();
    const { lastAttempt, state } = await auto.read(customerId);
    assert.deepEqual([lastAttempt?.failure?.code, state], ["never_made", "cooling_down"]);
    await auto.backOff(customerId);
    await auto.sweep();
    assert.equal((control().objects.invoices ?? 0) - before, 1);
    assert.equal(new Set(keysOf(stripeId)).size, 2, "pitfall 11: a new try has a new key");
  });

  test("pitfall 15, F-16: two replicas that sweep and compare at once, again and again, send one invoice", async () => {
    const customer = await drained();
    await Promise.all(
      Array.from({ length: 6 }, (_, turn) =>
        sweepAutoTopUps((turn % 2 === 0 ? till.app() : till.other()).money),
      ),
    );
    auto.later(10);
    await Promise.all([
      reconcile(till.app().money),
      auto.sweep(),
      reconcile(till.other().money),
      sweepAutoTopUps(till.other().money),
    ]);
    await settled(customer);
  });

  test("complaint 23: what is switched off before its invoice is final is taken back, and nobody is written to", async () => {
    const { customerId } = await drained();
    control().addFault({ method: "POST", path: "*/finalize", kind: "status", status: 429 });
    await auto.sweep();
    await auto.put(customerId, { enabled: false, collectionMethod: "send_invoice" });
    control().clearFaults();
    auto.later(2);
    await auto.sweep();
    assert.deepEqual(
      (await auto.attempts(customerId)).map(({ status }) => status),
      ["canceled"],
    );
    assert.deepEqual(
      (await ordersOf(customerId)).map(({ status }) => status),
      ["void"],
    );
    const sent = control().events.filter(
      ({ type, data }) => type === "invoice.sent" && JSON.stringify(data.object).includes(`"${customerId}"`),
    );
    assert.equal(sent.length, 0);
    assert.deepEqual((await till.shop.balance(customerId)).pending, "0");
  });

  test("a customer to whom nothing can be sent is told why, and it stops after three tries", async () => {
    const customerId = await till.shop.customer({ plan: "sells", credits: "50" });
    control().addFault({ method: "POST", path: INVOICES, kind: "status", status: 400, times: 20 });
    await auto.put(customerId, { collectionMethod: "send_invoice" });
    for (let turn = 0; turn < 3; turn += 1) {
      await auto.sweep();
      if (turn < 2) await auto.backOff(customerId);
    }
    control().clearFaults();
    const { state, suspendedReason, lastAttempt } = await auto.read(customerId);
    assert.deepEqual([state, suspendedReason, lastAttempt?.status], ["suspended", "refused", "failed"]);
    assert.match(lastAttempt?.failure?.message ?? "", /Stripe refused/);
  });
});
