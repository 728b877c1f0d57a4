import { ServiceError } from "../../errors.ts";
import { type CardSetupView, GatewayError } from "../../payments/gateway.ts";
import { type CardSetupRow, claimCardSetup, storeCardSetup } from "../../storage/auto-top-ups/card-setups.ts";
import type { PoolKey } from "../../storage/auto-top-ups/rules.ts";
import { makeId } from "../../storage/customers/ids.ts";
import { noteStripeObjects } from "../../storage/payments/stripe-objects.ts";
import type { Call } from "../call.ts";
import { digestOf } from "../replay.ts";
import { gatewayOf, toServiceError, type TopUpDeps } from "../top-ups/payments.ts";
import { forgetStripeCustomer, stripeCustomerOf } from "../top-ups/stripe-customer.ts";
import { followCardPage } from "./follow.ts";

const HOUR_MS = 60 * 60 * 1000;

/** A page on which a customer adds a card, as whoever opens it asks for it. */
export interface AskedCardPage {
  readonly customerId: string;
  /** Whose rule charges the card that is added; null for a card that is just saved. */
  readonly pool: Pick<PoolKey, "credit_type_id" | "resource_id"> | null;
  /** Whether the person agreed to be charged when nobody is there. */
  readonly hasConsent: boolean;
  /** One page per key and customer, however often it is asked for. */
  readonly key: string;
  /** What is asked for, to tell it from another page under its key. */
  readonly content: unknown;
  readonly uiMode: "hosted" | "embedded" | undefined;
  readonly returnUrl: string | undefined;
}

/** A page, as its opener sees it: it leads somewhere while it is open. */
export interface OpenedCardPage extends Pick<CardSetupView, "status" | "url" | "clientSecret"> {
  readonly id: string;
  readonly publishableKey: string | null;
}

/**
 * Opens Stripe's page on which a customer adds a card. It is kept, with a consent and its time, before the page is made;
 * the same key is the same page.
 * @throws ServiceError `idempotency_conflict` for other content under the key; `state_conflict` where Stripe is not
 * configured; `overloaded` when it does not answer
 */
export async function openCardPage(
  deps: TopUpDeps,
  { actor }: Pick<Call, "actor">,
  asked: AskedCardPage,
): Promise<OpenedCardPage> {
  const { publishableKey } = gatewayOf(deps);
  const { customerId, pool } = asked;
  const setupId = makeId("cset", customerId);
  const content = digestOf(asked.content);
  const now = deps.now();
  const row = await claimCardSetup(deps.database.writer, {
    customer_id: customerId,
    credit_type_id: pool?.credit_type_id ?? null,
    resource_id: pool?.resource_id ?? "",
    setup_id: setupId,
    setup_key: asked.key,
    content_hash: content,
    ui_mode: asked.uiMode ?? "hosted",
    ...returnAddresses(deps, setupId, asked.returnUrl),
    expires_at: new Date(now + HOUR_MS),
    actor_kind: actor.kind,
    actor_id: actor.id,
    consented_at: asked.hasConsent ? new Date(now) : null,
  });
  if (row.content_hash !== content)
    throw new ServiceError("idempotency_conflict", "This key was used for another page.");
  try {
    const page = await pageOf(deps, row);
    await followCardPage(deps, row, page);
    const { status, url, clientSecret } = page;
    const leads = status === "open" ? { url, clientSecret } : { url: null, clientSecret: null };
    return { id: row.setup_id, status, ...leads, publishableKey };
  } catch (error) {
    throw error instanceof GatewayError ? toServiceError(error) : error;
  }
}

function returnAddresses(
  { selling }: Pick<TopUpDeps, "selling">,
  setupId: string,
  returnUrl: string | undefined,
) {
  const back = (result: string): string => {
    if (returnUrl === undefined) return `${selling.publicUrl}/stripe/card?result=${result}`;
    const address = new URL(returnUrl);
    address.searchParams.set("credits_card_setup", setupId);
    address.searchParams.set("credits_card_setup_result", result);
    return address.href;
  };
  return { success_url: back("success"), cancel_url: back("cancelled") };
}

/** The page as it stands at Stripe, made if it is not yet. */
async function pageOf(deps: TopUpDeps, row: CardSetupRow): Promise<CardSetupView> {
  const payments = gatewayOf(deps);
  if (row.checkout_session_id !== null) return payments.readCardSetup(row.checkout_session_id);
  const make = async (stripeCustomerId: string) => {
    const { setup_id, customer_id: customerId } = row;
    return payments.createCardSetup({
      customerId,
      stripeCustomerId,
      uiMode: row.ui_mode,
      successUrl: row.success_url,
      cancelUrl: row.cancel_url,
      expiresAtMs: row.expires_at.getTime(),
      idempotencyKey: `${setup_id}-${stripeCustomerId}`,
    });
  };
  const stripeCustomerId = await stripeCustomerOf(deps, row.customer_id);
  const page = await make(stripeCustomerId).catch(async (error: unknown) => {
    if (!(error instanceof GatewayError) || error.kind !== "missing") throw error;
    await forgetStripeCustomer(deps, row.customer_id, stripeCustomerId);
    return make(await stripeCustomerOf(deps, row.customer_id));
  });
  const { writer } = deps.database;
  await storeCardSetup(writer, row, { checkout_session_id: page.id, url: page.url });
  const { customer_id } = row;
  await noteStripeObjects(writer, [{ object_id: page.id, customer_id, top_up_id: null }]);
  return page;
}
