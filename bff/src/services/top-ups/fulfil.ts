import { ServiceError } from "../../errors.ts";
import { findCustomerOf } from "../../storage/customers/customers.ts";
import { repairFindings } from "../../storage/payments/findings.ts";
import { storeGrantPayment } from "../../storage/payments/grant-payments.ts";
import { findStripeObject, noteStripeObjects } from "../../storage/payments/stripe-objects.ts";
import { claimPayment, findTopUp, type TopUpRow } from "../../storage/payments/top-ups.ts";
import { followInvoice } from "../invoices/follow.ts";
import { reportFinding } from "../reconciliation/report.ts";
import { submitOne } from "../submit-one.ts";
import type { Started } from "./adopt.ts";
import { findAtStripe } from "./find-at-stripe.ts";
import { judgeCheckout, judgePayment, type Verdict } from "./judge.ts";
import { grantOfOrder } from "./grant-of-order.ts";
import type { Looked } from "./looked.ts";
import { advance, failureColumns } from "./move.ts";
import type { TopUpDeps } from "./payments.ts";

export type { Looked } from "./looked.ts";

type Paid = Extract<Verdict, { kind: "paid" }>;

/**
 * Brings an order to where Stripe says that it is: reads Stripe's object again and, if it is paid, grants the credits.
 * Whoever notices first may call it, any number at once and on several replicas: the credits are granted by one command
 * named after the payment. Null for an order that is not there.
 * @param cause who noticed: `webhook`, `return_page`, `status_read`, `reconcile`, …
 * @throws GatewayError, ServiceError when the credits cannot be granted now; asking again later is safe
 */
export async function fulfil(deps: TopUpDeps, topUpId: string, cause: string): Promise<Looked | null> {
  const customerId = await findCustomerOf(deps.database.writer, topUpId);
  if (customerId === null) return null;
  const order = await findTopUp(deps.database.writer, { customer_id: customerId, top_up_id: topUpId });
  return order ? fulfilOrder(deps, order, cause) : null;
}

/** The same for an order that is at hand. @throws as `fulfil` */
export async function fulfilOrder(deps: TopUpDeps, order: TopUpRow, cause: string): Promise<Looked> {
  if (order.status === "paid") return { order, seen: null };
  if (order.method === "invoice") return followInvoice(deps, order, cause);
  const started = await findAtStripe(deps, order);
  return started ? settleBy(deps, started, cause) : { order, seen: null };
}

/** Brings an order to where an object of Stripe's, just read, says that it is. @throws as `fulfil` */
export async function settleBy(deps: TopUpDeps, started: Started, cause: string): Promise<Looked> {
  const { order } = started;
  const object = "checkout" in started ? started.checkout : started.payment;
  const known = object.stripeCustomerId;
  const owner = known === null ? undefined : await findStripeObject(deps.database.writer, known);
  const expected = { order, owner: owner?.customer_id ?? null, isLive: deps.mode === "live" };
  const verdict =
    "checkout" in started
      ? judgeCheckout(expected, started.checkout)
      : judgePayment(expected, started.payment);
  const seen = "checkout" in started ? { checkout: started.checkout } : { payment: started.payment };
  return { order: await follow(deps, { order, verdict, cause }), seen };
}

async function follow(
  deps: TopUpDeps,
  { order, verdict, cause }: { order: TopUpRow; verdict: Verdict; cause: string },
): Promise<TopUpRow> {
  const { writer } = deps.database;
  if (verdict.kind !== "paid" && verdict.paymentId !== null) {
    const { customer_id, top_up_id } = order;
    await noteStripeObjects(writer, [{ object_id: verdict.paymentId, customer_id, top_up_id }]);
  }
  switch (verdict.kind) {
    case "mismatch":
      await reportFinding(deps, {
        kind: "payment_mismatch",
        about: verdict.paymentId ?? order.top_up_id,
        order,
        detail: `The payment ${verdict.detail}.`,
      });
      return order;
    case "state":
      if (verdict.status === "awaiting_payment") return order;
      return advance(deps, order, {
        status: verdict.status,
        step: { cause },
        change: failureColumns(verdict.failure),
      });
    case "paid":
      return grantPaid(deps, { order, paid: verdict, cause });
  }
}

async function grantPaid(
  deps: TopUpDeps,
  { order, paid, cause }: { order: TopUpRow; paid: Paid; cause: string },
): Promise<TopUpRow> {
  const { writer } = deps.database;
  const { customer_id, top_up_id, grant_id } = order;
  const { paymentId, paidMinor, taxMinor, receiptUrl } = paid;
  if (!(await claimPayment(writer, order, paymentId))) {
    await reportFinding(deps, {
      kind: "second_payment",
      about: paymentId,
      order,
      detail: "The order was paid by another payment before; this one is to be given back.",
    });
    return order;
  }
  await noteStripeObjects(writer, [{ object_id: paymentId, customer_id, top_up_id }]);
  try {
    const payment = { id: `pay:${paymentId}`, paidMinor, isPaymentPending: false };
    await submitOne(deps, await grantOfOrder(deps, order, payment));
  } catch (error) {
    if (error instanceof ServiceError && error.code !== "overloaded") {
      const detail = `The payment succeeded and its credits could not be granted: ${error.message}`;
      await reportFinding(deps, { kind: "paid_without_credits", about: paymentId, order, detail });
    }
    throw error;
  }
  return advance(deps, order, {
    status: "paid",
    step: { cause },
    change: {
      payment_intent_id: paymentId,
      paid_minor: paidMinor,
      tax_minor: taxMinor,
      receipt_url: receiptUrl,
      pay_url: null,
      ...failureColumns(null),
    },
    together: async (transaction) => {
      const payment = { status: "paid", invoice_url: null, receipt_url: receiptUrl };
      await storeGrantPayment(transaction, { customer_id, grant_id, ...payment });
      await repairFindings(transaction, { topUpId: top_up_id, kinds: MENDED });
    },
  });
}

/** What a paid order with its credits puts right. */
const MENDED = ["paid_without_credits", "payment_mismatch", "unanswered_order"];
