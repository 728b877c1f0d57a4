import { formatCredits } from "@credits-kit/amounts";
import { ServiceError } from "../../errors.ts";
import { GatewayError } from "../../payments/gateway.ts";
import { findCreditType } from "../../storage/catalogue/credit-types.ts";
import { findTopUp, storeTopUp, type TopUpRow } from "../../storage/payments/top-ups.ts";
import { readSettingsNow } from "../settings/get.ts";
import { adoptCheckout, adoptPayment, type Started } from "./adopt.ts";
import { findAtStripe } from "./find-at-stripe.ts";
import { failTopUp } from "./move.ts";
import { gatewayOf, toServiceError, type TopUpDeps } from "./payments.ts";
import { forgetStripeCustomer, stripeCustomerOf } from "./stripe-customer.ts";

const number = new Intl.NumberFormat("en", { maximumFractionDigits: 6 });

/**
 * Asks Stripe for the order's money, once: the key of the call is the order's, so that asking again gives the same object.
 * @throws ServiceError `overloaded` when it is not known whether Stripe did it: the same order may be started again, and
 * is looked up by whoever looks next; what Stripe refuses fails the order
 */
export async function startPayment(deps: TopUpDeps, order: TopUpRow): Promise<Started> {
  try {
    return await start(deps, order);
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    const told = toServiceError(error);
    if (error.kind === "refused" || error.kind === "missing") {
      const failure = { code: error.code ?? "refused", declineCode: null, message: told.message };
      await failTopUp(deps, order, failure);
    }
    throw told;
  }
}

async function start(deps: TopUpDeps, order: TopUpRow): Promise<Started> {
  if (
    order.checkout_session_id !== null ||
    order.payment_intent_id !== null ||
    isTooLateToRepeat(deps, order)
  ) {
    const known = await findAtStripe(deps, order);
    if (known) return known;
    throw new ServiceError("state_conflict", "The order can no longer be paid. Make another one.");
  }
  const stripeCustomerId = await stripeCustomerOf(deps, order.customer_id);
  const withMeans = order.method === "charge" ? await withCard(deps, order, stripeCustomerId) : order;
  const ready = await noteCall(deps, withMeans);
  try {
    return await ask(deps, ready, stripeCustomerId);
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    // The same key with other parameters: a setting changed between two calls. What the first made is there.
    if (error.kind === "unknown" || error.code === "idempotency_key_in_use" || isReused(error)) {
      const known = await findAtStripe(deps, ready);
      if (known) return known;
      if (order.called_at !== null && error.code === "stripe_failed") throw givenUp(error);
    }
    if (error.kind !== "missing" || error.param !== "customer") throw error;
    return askAnew(deps, ready, stripeCustomerId);
  }
}

/** Stripe keeps answering that it failed, and shows nothing that it did. Should it have charged all the same, that counts. */
export function givenUp(cause: GatewayError, wanted = "payment"): GatewayError {
  const message = `it failed, and shows no ${wanted}. Make another order`;
  return new GatewayError("refused", message, { code: "stripe_failed", cause });
}

/** Stripe no longer has the customer. The call had no effect, and has its key used up. */
async function askAnew(deps: TopUpDeps, order: TopUpRow, gone: string): Promise<Started> {
  const { writer } = deps.database;
  await forgetStripeCustomer(deps, order.customer_id, gone);
  const stripeCustomerId = await stripeCustomerOf(deps, order.customer_id);
  await storeTopUp(writer, order, { stripe_key: `${order.top_up_id}-${stripeCustomerId}` });
  return ask(deps, (await findTopUp(writer, order)) ?? order, stripeCustomerId);
}

async function ask(deps: TopUpDeps, order: TopUpRow, stripeCustomerId: string): Promise<Started> {
  const payments = gatewayOf(deps);
  const shared = {
    topUpId: order.top_up_id,
    customerId: order.customer_id,
    stripeCustomerId,
    amountMinor: BigInt(order.total_minor),
    currency: order.currency,
    title: await titleOf(deps, order),
    idempotencyKey: order.stripe_key,
  };
  const { publicUrl } = deps.selling;
  const back = order.success_url ?? `${publicUrl}/stripe/return?top_up=${order.top_up_id}`;
  if (order.method === "charge") {
    const payment = await payments.charge({
      ...shared,
      paymentMethodId: order.payment_method_id ?? "",
      isOffSession: order.is_off_session,
      returnUrl: back,
    });
    return { order: await adoptPayment(deps, order, payment), payment };
  }
  const { promotionCodes, automaticTax } = await readSettingsNow(deps);
  const checkout = await payments.createCheckout({
    ...shared,
    uiMode: order.ui_mode ?? "hosted",
    successUrl: back,
    cancelUrl: order.cancel_url ?? `${publicUrl}/stripe/return?top_up=${order.top_up_id}`,
    expiresAtMs: order.payable_until?.getTime() ?? 0,
    savesCard: order.saves_card,
    promotionCodes,
    automaticTax,
  });
  return { order: await adoptCheckout(deps, order, checkout), checkout };
}

async function withCard(deps: TopUpDeps, order: TopUpRow, stripeCustomerId: string): Promise<TopUpRow> {
  if (order.payment_method_id !== null) return order;
  const card = await gatewayOf(deps).findCard(stripeCustomerId);
  if (!card) {
    const message = "The customer has no saved card.";
    await failTopUp(deps, order, { code: "no_saved_card", declineCode: null, message });
    throw new ServiceError("state_conflict", message);
  }
  // Kept before the call: with another card under the same key, Stripe would refuse.
  await storeTopUp(deps.database.writer, order, { payment_method_id: card.id });
  return { ...order, payment_method_id: card.id };
}

/** Kept before the call, so that whoever looks for what it made knows since when. */
async function noteCall({ database, now }: TopUpDeps, order: TopUpRow): Promise<TopUpRow> {
  if (order.called_at !== null) return order;
  const called_at = new Date(now());
  await storeTopUp(database.writer, order, { called_at });
  return { ...order, called_at };
}

/** Whether Stripe may have forgotten the key of the first call, so that another one might charge again. */
function isTooLateToRepeat({ now }: TopUpDeps, { called_at }: TopUpRow): boolean {
  return called_at !== null && now() - called_at.getTime() > 23 * 60 * 60 * 1000;
}

function isReused(error: GatewayError): boolean {
  return error.code === "idempotency_key_reused";
}

/** What the buyer reads at Stripe: `1,000 AI Tokens`. */
export async function titleOf({ database }: Pick<TopUpDeps, "database">, order: TopUpRow): Promise<string> {
  const creditType = await findCreditType(database.writer, order.credit_type_id);
  const credits = number.format(Number(formatCredits(BigInt(order.credits))));
  return `${credits} ${creditType?.name ?? order.credit_type_id}`.slice(0, 200);
}
