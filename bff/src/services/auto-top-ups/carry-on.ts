import { ServiceError } from "../../errors.ts";
import { GatewayError } from "../../payments/gateway.ts";
import {
  type AttemptRow,
  findAttempt,
  leaseAttempt,
  readCustomerClock,
  storeAttempt,
} from "../../storage/auto-top-ups/attempts.ts";
import { findRule } from "../../storage/auto-top-ups/rules.ts";
import { findTopUp, findTopUpByOrderKey, type TopUpRow } from "../../storage/payments/top-ups.ts";
import { finishInvoice } from "../invoices/follow.ts";
import { findInvoiceOf } from "../invoices/issue.ts";
import { voidInvoice } from "../invoices/void.ts";
import { fulfilOrder, settleBy } from "../top-ups/fulfil.ts";
import { lookIfOpen } from "../top-ups/look.ts";
import { advance, failTopUp } from "../top-ups/move.ts";
import { isOpen } from "../top-ups/moves.ts";
import { pay } from "../top-ups/pay.ts";
import { gatewayOf, type TopUpDeps } from "../top-ups/payments.ts";
import { type NewOrder, placeOrder } from "../top-ups/place-order.ts";
import { KEY_LIFE_MS } from "../top-ups/stripe-customer.ts";
import { AUTO_PACE } from "./pace.ts";
import { resultOf, settleAttempt } from "./settle.ts";

const CAUSE = "auto_top_up";
const ACTOR = { kind: "system", id: "auto_top_up" } as const;

/**
 * Goes on with an attempt that nobody else goes on with. Whatever was done of it before, it is never charged twice: its
 * order is known by the attempt, the call to Stripe by the order, and what became of that call is looked up first.
 */
export async function resumeAttempt(deps: TopUpDeps, attempt: AttemptRow): Promise<void> {
  const order = await orderOf(deps, attempt);
  const result = order && resultOf(order);
  if (result && result.status !== attempt.status) return settleAttempt(deps, attempt, result);
  // An invoice that was sent waits for its payer: webhooks and the comparison tell of it.
  if (order && order.invoice_status !== null) return;
  const now = deps.now();
  const lease = { now: new Date(now), until: new Date(now + AUTO_PACE.leaseMs) };
  if (await leaseAttempt(deps.database.writer, attempt, lease)) await carryOn(deps, attempt);
}

/** Ends an attempt whose order is over, and looks whether a payer has confirmed. For readers: charges nothing. */
export async function catchUp(deps: TopUpDeps, attempt: AttemptRow): Promise<void> {
  const known = await orderOf(deps, attempt);
  if (!known) return;
  const isWaiting = attempt.status === "action_required" || known.invoice_status !== null;
  const order = isWaiting ? (await lookIfOpen(deps, known, CAUSE)).order : known;
  const result = resultOf(order);
  if (result && result.status !== attempt.status) await settleAttempt(deps, attempt, result);
}

/** Goes on with an attempt that is ours. */
export async function carryOn(deps: TopUpDeps, attempt: AttemptRow): Promise<void> {
  const isWaiting = attempt.status === "action_required";
  try {
    if (isWaiting) await followPayer(deps, attempt);
    else await charge(deps, attempt);
  } catch (error) {
    // Whoever comes next finds out; a fault of ours is told.
    if (!(error instanceof GatewayError) && !(error instanceof ServiceError)) throw error;
    await endIfHopeless(deps, attempt, error);
  }
  const order = await orderOf(deps, attempt);
  const result = order && resultOf(order);
  if (result) await settleAttempt(deps, attempt, result);
}

async function charge(deps: TopUpDeps, attempt: AttemptRow): Promise<void> {
  const rule = await findRule(deps.database.writer, attempt);
  const isWanted = rule?.enabled === true;
  const placed = await orderOf(deps, attempt);
  if (!placed && !isWanted) return settleAttempt(deps, attempt, { status: "canceled" });
  const order = placed ?? (await place(deps, attempt));
  if (attempt.top_up_id === null)
    await storeAttempt(deps.database.writer, attempt, { top_up_id: order.top_up_id });
  if (order.method === "invoice") return sendInvoice(deps, order, { attempt, isWanted });
  if (order.called_at !== null) {
    const { seen } = await fulfilOrder(deps, order, CAUSE);
    if (seen !== null) return;
  }
  if (isWanted) await pay(deps, order);
  else if (isOpen(order.status)) await advance(deps, order, { status: "void", step: { cause: CAUSE } });
}

/**
 * Has the invoice of an attempt sent. What an earlier process did of it is found at Stripe; one that nobody wants any more
 * and that was not made final is taken back.
 */
async function sendInvoice(
  deps: TopUpDeps,
  order: TopUpRow,
  { attempt, isWanted }: { attempt: AttemptRow; isWanted: boolean },
): Promise<void> {
  if (isWanted) {
    const isTooLate = order.called_at !== null && deps.now() - order.called_at.getTime() > KEY_LIFE_MS;
    await (isTooLate ? finishInvoice(deps, order, CAUSE) : pay(deps, order));
    return;
  }
  const found = await findInvoiceOf(deps, order);
  if (found && found.status !== "draft") {
    await finishInvoice(deps, order, CAUSE);
    return;
  }
  if (isOpen(order.status))
    await voidInvoice(deps, { actor: ACTOR }, { order, reason: "Auto top-up was switched off" });
  await settleAttempt(deps, attempt, { status: "canceled" });
}

/** The attempt's order, priced as the attempt was: prices may have changed since, and the limit was held by this one. */
function place(deps: TopUpDeps, attempt: AttemptRow): Promise<TopUpRow> {
  const { customer_id, attempt_id, currency, price_per_credit: pricePerCredit } = attempt;
  const totalMinor = BigInt(attempt.total_minor);
  const order = {
    customerId: customer_id,
    creditTypeId: attempt.credit_type_id,
    resourceId: attempt.resource_id,
    credits: BigInt(attempt.credits),
    method: attempt.method,
    orderKey: orderKeyOf(attempt),
    content: { attemptId: attempt_id },
    actor: ACTOR,
    requestId: attempt_id,
    sourceKind: "auto_top_up",
    isOffSession: attempt.method === "charge",
    paymentMethodId: attempt.payment_method_id,
    daysUntilDue: attempt.days_until_due ?? undefined,
    reason: "Auto top-up",
  } as const satisfies NewOrder;
  const { grant_expires_after: grantExpiresAfter } = attempt;
  const price = { currency, pricePerCredit, subtotalMinor: totalMinor, totalMinor, grantExpiresAfter };
  return placeOrder(deps, order, () => Promise.resolve(price));
}

function orderKeyOf({ attempt_id }: AttemptRow): string {
  return `auto:${attempt_id}`;
}

function orderOf({ database: { writer } }: TopUpDeps, attempt: AttemptRow): Promise<TopUpRow | undefined> {
  const { customer_id: customerId, top_up_id } = attempt;
  if (top_up_id !== null) return findTopUp(writer, { customer_id: customerId, top_up_id });
  return findTopUpByOrderKey(writer, { customerId, orderKey: orderKeyOf(attempt) });
}

/** Looks whether the payer has confirmed; who does not within a day is not waited for any longer. */
async function followPayer(deps: TopUpDeps, attempt: AttemptRow): Promise<void> {
  const known = await orderOf(deps, attempt);
  if (!known) return;
  const { order } = await lookIfOpen(deps, known, CAUSE);
  const { payment_intent_id: paymentId } = order;
  if (order.status !== "action_required" || paymentId === null) return;
  const now = await readCustomerClock(deps.database.writer, attempt.customer_id);
  if (attempt.action_until === null || now < attempt.action_until) return;
  const payment = await gatewayOf(deps).cancelPayment(paymentId);
  if (payment.status === "canceled")
    await advance(deps, order, { status: "expired", step: { cause: CAUSE }, change: { pay_url: null } });
  else await settleBy(deps, { order, payment }, CAUSE);
}

/** Ends what can never be charged: an order that cannot be placed, or whose call nobody can repeat any more. */
async function endIfHopeless(deps: TopUpDeps, attempt: AttemptRow, error: Error): Promise<void> {
  const standing = await findAttempt(deps.database.writer, attempt);
  if (!standing) return;
  const order = await orderOf(deps, standing);
  if (!order) {
    if (error instanceof GatewayError || (error instanceof ServiceError && error.code === "overloaded"))
      return;
    const failure = { code: "refused", declineCode: null, message: error.message };
    return settleAttempt(deps, standing, { status: "failed", failure });
  }
  const isTooLate = order.called_at !== null && deps.now() - order.called_at.getTime() > KEY_LIFE_MS;
  const isConflict = error instanceof ServiceError && error.code === "state_conflict";
  if (order.status !== "awaiting_payment" || !isTooLate || !isConflict) return;
  const message = "The payment was never made.";
  await failTopUp(deps, order, { code: "never_made", declineCode: null, message, cause: CAUSE });
}
