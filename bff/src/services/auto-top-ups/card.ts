import type { SavedCard } from "@credits-kit/contract";
import { GatewayError } from "../../payments/gateway.ts";
import type { ScreenGateway } from "../../payments/screen-gateway.ts";
import type { RuleRow } from "../../storage/auto-top-ups/rules.ts";
import { findStripeCustomer } from "../../storage/payments/stripe-customers.ts";
import { gatewayOf, type TopUpDeps } from "../top-ups/payments.ts";

/** A card that can be charged, or why there is none. */
export type FoundCard =
  { readonly card: SavedCard } | { readonly missing: "no_card" | "card_removed"; readonly card: null };

/** The card that is charged for a customer: the named one, else their default. @throws GatewayError */
export function cardToCharge(
  deps: Pick<TopUpDeps, "database" | "payments">,
  rule: Pick<RuleRow, "customer_id" | "payment_method_id">,
): Promise<FoundCard> {
  return find(deps, rule, gatewayOf(deps));
}

async function find(
  deps: Pick<TopUpDeps, "database">,
  { customer_id, payment_method_id: named }: Pick<RuleRow, "customer_id" | "payment_method_id">,
  payments: Pick<ScreenGateway, "findCard" | "readCardOwner">,
): Promise<FoundCard> {
  const row = await findStripeCustomer(deps.database.writer, customer_id);
  const stripeCustomerId = row?.stripe_customer_id ?? null;
  const missing = named === null ? "no_card" : "card_removed";
  if (stripeCustomerId === null) return { missing, card: null };
  if (named === null) {
    const card = await payments.findCard(stripeCustomerId);
    return card ? { card } : { missing, card: null };
  }
  const owner = await payments.readCardOwner(named);
  const isTheirs = owner?.stripeCustomerId === stripeCustomerId;
  return isTheirs && owner.card ? { card: owner.card } : { missing, card: null };
}

/** The same for a page, which is drawn where Stripe does not answer too: undefined then. */
export async function cardOnScreen(
  deps: Pick<TopUpDeps, "database" | "payments">,
  rule: Pick<RuleRow, "customer_id" | "payment_method_id">,
): Promise<SavedCard | null | undefined> {
  if (deps.payments === null) return undefined;
  try {
    return (await find(deps, rule, deps.payments.forScreens)).card;
  } catch (error) {
    if (error instanceof GatewayError) return undefined;
    throw error;
  }
}
