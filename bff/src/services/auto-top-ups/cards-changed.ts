import { rulesNaming, rulesOf } from "../../storage/auto-top-ups/rules.ts";
import { findStripeObject } from "../../storage/payments/stripe-objects.ts";
import { gatewayOf, type TopUpDeps } from "../top-ups/payments.ts";
import { liftFailures, suspendNow } from "./standing.ts";

/** A card was added to a customer: what stopped for want of one goes on. @returns whether it is one of ours */
export async function cardAttached(deps: TopUpDeps, paymentMethodId: string): Promise<boolean> {
  const owner = await gatewayOf(deps).readCardOwner(paymentMethodId);
  const customerId = await ourCustomer(deps, owner?.stripeCustomerId ?? null);
  if (customerId === null) return false;
  for (const rule of await rulesOf(deps.database.writer, customerId)) {
    const isNamed =
      rule.method === "charge" &&
      (rule.payment_method_id === null || rule.payment_method_id === paymentMethodId);
    if (isNamed && !wasCharged(rule.failed_card_id, paymentMethodId))
      await liftFailures(deps, rule, { cause: "card_changed" });
  }
  return true;
}

/** A customer may have another default card now: what failed with the old one goes on. */
export async function defaultCardChanged(deps: TopUpDeps, stripeCustomerId: string): Promise<boolean> {
  const customerId = await ourCustomer(deps, stripeCustomerId);
  if (customerId === null) return false;
  const rules = (await rulesOf(deps.database.writer, customerId)).filter(
    (rule) => rule.method === "charge" && rule.payment_method_id === null && rule.failed_at !== null,
  );
  if (rules.length === 0) return true;
  const card = await gatewayOf(deps).findCard(stripeCustomerId);
  for (const rule of rules) {
    if (card && !wasCharged(rule.failed_card_id, card.id))
      await liftFailures(deps, rule, { cause: "card_changed" });
  }
  return true;
}

/** A card was taken away: rules that name it stop before they would fail. */
export async function cardDetached(deps: TopUpDeps, paymentMethodId: string): Promise<boolean> {
  const rules = await rulesNaming(deps.database.writer, paymentMethodId);
  if (rules.length === 0) return false;
  // It may have been added again since: what counts is where it is now.
  const owner = await gatewayOf(deps).readCardOwner(paymentMethodId);
  if (owner !== null && owner.stripeCustomerId !== null) return true;
  for (const rule of rules) await suspendNow(deps, rule, "card_removed");
  return true;
}

/** A customer was deleted at Stripe, with every card. */
export async function customerGone(deps: TopUpDeps, customerId: string): Promise<void> {
  for (const rule of await rulesOf(deps.database.writer, customerId))
    await suspendNow(deps, rule, "customer_deleted");
}

async function ourCustomer(deps: TopUpDeps, stripeCustomerId: string | null): Promise<string | null> {
  if (stripeCustomerId === null) return null;
  return (await findStripeObject(deps.database.writer, stripeCustomerId))?.customer_id ?? null;
}

function wasCharged(failedCardId: string | null, cardId: string): boolean {
  return failedCardId === cardId;
}
