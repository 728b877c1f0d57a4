import { findCustomerOf } from "../../storage/customers/customers.ts";
import { findStripeObject } from "../../storage/payments/stripe-objects.ts";
import type { StripeEventRow } from "../../storage/payments/stripe-events.ts";
import { cardPageChanged } from "../../services/card-pages/follow.ts";
import {
  cardAttached,
  cardDetached,
  customerGone,
  defaultCardChanged,
} from "../../services/auto-top-ups/cards-changed.ts";
import { reportFinding } from "../../services/reconciliation/report.ts";
import { findTopUp } from "../../storage/payments/top-ups.ts";
import { fulfil } from "../../services/top-ups/fulfil.ts";
import { fulfilByPayment } from "../../services/top-ups/fulfil-by-payment.ts";
import { gatewayOf, type TopUpDeps } from "../../services/top-ups/payments.ts";
import { forgetStripeCustomer } from "../../services/top-ups/stripe-customer.ts";
import type { EventHandler, EventOutcome } from "./handler.ts";
import { INVOICE_HANDLERS } from "./invoice-kinds.ts";
import { REVERSAL_HANDLERS } from "./reversal-kinds.ts";

/**
 * What is done about each type of event; other types are ignored. Whoever needs another one adds it here. Handlers must
 * be safe to run again, in any order, and at once with themselves.
 */
export const EVENT_HANDLERS: Readonly<Record<string, EventHandler>> = {
  "checkout.session.completed": checkoutChanged,
  "checkout.session.async_payment_succeeded": checkoutChanged,
  "checkout.session.async_payment_failed": checkoutChanged,
  "checkout.session.expired": checkoutChanged,
  "payment_intent.succeeded": paymentChanged,
  "payment_intent.payment_failed": paymentChanged,
  "payment_intent.processing": paymentChanged,
  "payment_intent.canceled": paymentChanged,
  "payment_intent.requires_action": paymentChanged,
  "customer.deleted": customerDeleted,
  "customer.updated": customerUpdated,
  // Cards are read from Stripe whenever they are needed: what is done here is to go on with what waits for one.
  "setup_intent.succeeded": nothingToDo,
  "payment_method.attached": methodAttached,
  "payment_method.detached": methodDetached,
  ...REVERSAL_HANDLERS,
  ...INVOICE_HANDLERS,
};

/** A session is known by its id, or is not ours: its order is kept before the session is made. */
async function checkoutChanged(deps: TopUpDeps, { object_id: id }: StripeEventRow): Promise<EventOutcome> {
  if (id === null) return "ignored";
  if (await cardPageChanged(deps, id)) return "done";
  const known = await findStripeObject(deps.database.writer, id);
  // A page on which a card was added.
  if (known && known.top_up_id === null) return "ignored";
  const topUpId = known?.top_up_id ?? (await gatewayOf(deps).orderOfCheckout(id));
  return followed(deps, topUpId, id);
}

async function paymentChanged(deps: TopUpDeps, { object_id: id }: StripeEventRow): Promise<EventOutcome> {
  if (id === null) return "ignored";
  const { writer } = deps.database;
  const known = await findStripeObject(writer, id);
  if (known) return followed(deps, known.top_up_id, id);
  // The order does not know of it: an answer of Stripe's was lost, or it is not of the order's making.
  const payment = await gatewayOf(deps).readPayment(id);
  const { topUpId } = payment;
  const customerId = topUpId === null ? null : await findCustomerOf(writer, topUpId);
  const order =
    topUpId === null || customerId === null
      ? undefined
      : await findTopUp(writer, { customer_id: customerId, top_up_id: topUpId });
  if (!order) return followed(deps, topUpId, id);
  await fulfilByPayment(deps, { order, payment }, "webhook");
  return "done";
}

async function followed(deps: TopUpDeps, topUpId: string | null, objectId: string): Promise<EventOutcome> {
  if (topUpId === null) return "ignored";
  if (await fulfil(deps, topUpId, "webhook")) return "done";
  const customerId = await findCustomerOf(deps.database.writer, topUpId);
  const detail = `Stripe tells of the order ${topUpId.slice(0, 100)}, which is not here.`;
  await reportFinding(deps, { kind: "unknown_payment", about: objectId, detail, customerId });
  return "ignored";
}

async function customerDeleted(deps: TopUpDeps, { object_id: id }: StripeEventRow): Promise<EventOutcome> {
  const known = id === null ? undefined : await findStripeObject(deps.database.writer, id);
  if (!known || id === null) return "ignored";
  deps.payments?.cardsChanged(id);
  await forgetStripeCustomer(deps, known.customer_id, id);
  await customerGone(deps, known.customer_id);
  return "done";
}

async function customerUpdated(deps: TopUpDeps, { object_id: id }: StripeEventRow): Promise<EventOutcome> {
  deps.payments?.cardsChanged(id);
  return id !== null && (await defaultCardChanged(deps, id)) ? "done" : "ignored";
}

async function methodAttached(deps: TopUpDeps, { object_id: id }: StripeEventRow): Promise<EventOutcome> {
  // Whose it is, or was, stands at Stripe: what is shown is read again of all.
  deps.payments?.cardsChanged(null);
  return id !== null && (await cardAttached(deps, id)) ? "done" : "ignored";
}

async function methodDetached(deps: TopUpDeps, { object_id: id }: StripeEventRow): Promise<EventOutcome> {
  deps.payments?.cardsChanged(null);
  return id !== null && (await cardDetached(deps, id)) ? "done" : "ignored";
}

function nothingToDo(): Promise<EventOutcome> {
  return Promise.resolve("ignored");
}
