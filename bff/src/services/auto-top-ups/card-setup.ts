import type { WidgetCardSetup, WidgetCardSetupInput } from "@credits-kit/contract";
import type { Session } from "../../auth/session-tokens.ts";
import { ServiceError } from "../../errors.ts";
import { type CardSetupView, GatewayError } from "../../payments/gateway.ts";
import {
  type CardSetupRow,
  claimCardSetup,
  findCardSetupBySession,
  storeCardSetup,
  takeOpenCardSetups,
} from "../../storage/auto-top-ups/card-setups.ts";
import type { PoolKey } from "../../storage/auto-top-ups/rules.ts";
import { findCreditType } from "../../storage/catalogue/credit-types.ts";
import { makeId } from "../../storage/customers/ids.ts";
import { noteStripeObjects } from "../../storage/payments/stripe-objects.ts";
import type { Call, Deps } from "../call.ts";
import { digestOf } from "../replay.ts";
import { gatewayOf, toServiceError, type TopUpDeps } from "../top-ups/payments.ts";
import { forgetStripeCustomer, stripeCustomerOf } from "../top-ups/stripe-customer.ts";
import { refuseForeign } from "../top-ups/widget.ts";
import { unknown } from "../unknown.ts";
import { poolKeyOf } from "./read.ts";
import { liftFailures } from "./standing.ts";

const HOUR_MS = 60 * 60 * 1000;
/** Between two looks at Stripe for the pages of a pool, whoever asks. */
const LOOK_EVERY_MS = 2_000;

/**
 * Opens Stripe's page on which a customer adds the card that their auto top-up charges. The consent is kept with its time
 * before the page is made; the same key is the same page.
 * @throws ServiceError `not_found`; `idempotency_conflict`; `validation_failed` for a page on a foreign origin;
 * `overloaded` when Stripe does not answer
 */
export async function openCardSetup(
  deps: Deps,
  call: Call,
  asked: {
    readonly session: Session;
    readonly creditTypeId: string;
    readonly resourceId?: string | undefined;
    readonly input: WidgetCardSetupInput;
  },
): Promise<WidgetCardSetup> {
  const { session, creditTypeId, resourceId, input } = asked;
  gatewayOf(deps);
  const { writer } = deps.database;
  if (!(await findCreditType(writer, creditTypeId))) throw unknown("credit type");
  if (input.returnUrl !== undefined) refuseForeign(deps, session, input.returnUrl);
  const { customerId } = session;
  const key = poolKeyOf({ customerId, creditTypeId, resourceId });
  const setupId = makeId("cset", customerId);
  const content = digestOf({ key, input });
  const now = deps.now();
  const row = await claimCardSetup(writer, {
    ...key,
    setup_id: setupId,
    setup_key: input.setupKey,
    content_hash: content,
    ui_mode: input.uiMode ?? "hosted",
    ...returnAddresses(deps, setupId, input.returnUrl),
    expires_at: new Date(now + HOUR_MS),
    actor_kind: call.actor.kind,
    actor_id: call.actor.id,
    consented_at: new Date(now),
  });
  if (row.content_hash !== content)
    throw new ServiceError("idempotency_conflict", "This key was used for another page.");
  try {
    const page = await pageOf(deps, row);
    await follow(deps, row, page);
    const { status, url, clientSecret } = page;
    const isOpen = status === "open";
    return {
      id: row.setup_id,
      status,
      url: isOpen ? url : null,
      clientSecret: isOpen ? clientSecret : null,
      publishableKey: deps.payments?.publishableKey ?? null,
    };
  } catch (error) {
    throw error instanceof GatewayError ? toServiceError(error) : error;
  }
}

function returnAddresses(deps: Pick<Deps, "selling">, setupId: string, returnUrl: string | undefined) {
  const back = (result: string): string => {
    if (returnUrl === undefined) return `${deps.selling.publicUrl}/stripe/card?result=${result}`;
    const address = new URL(returnUrl);
    address.searchParams.set("credits_card_setup", setupId);
    address.searchParams.set("credits_card_setup_result", result);
    return address.href;
  };
  return { success_url: back("success"), cancel_url: back("cancelled") };
}

/** The page as it stands at Stripe, made if it is not yet. */
async function pageOf(deps: Deps, row: CardSetupRow): Promise<CardSetupView> {
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

/** A page of ours changed at Stripe. @returns whether it is one of ours @throws GatewayError */
export async function cardSetupChanged(deps: TopUpDeps, sessionId: string): Promise<boolean> {
  const row = await findCardSetupBySession(deps.database.writer, sessionId);
  if (!row) return false;
  if (row.status === "open") await follow(deps, row, await gatewayOf(deps).readCardSetup(sessionId));
  return true;
}

/** Looks what became of a pool's open pages, unless somebody did just now. Stripe's silence is no fault of a reader's. */
export async function lookAtCardSetups(deps: TopUpDeps, key: PoolKey): Promise<void> {
  if (deps.payments === null) return;
  const now = deps.now();
  const window = { now: new Date(now), unlessAfter: new Date(now - LOOK_EVERY_MS) };
  for (const row of await takeOpenCardSetups(deps.database.writer, key, window)) {
    try {
      if (row.checkout_session_id !== null)
        await follow(deps, row, await deps.payments.readCardSetup(row.checkout_session_id));
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
    }
  }
}

/** With the card that was added, what had stopped for want of one goes on, and charges it from now on. */
async function follow(deps: TopUpDeps, row: CardSetupRow, page: CardSetupView): Promise<void> {
  const { paymentMethodId, status } = page;
  if (status === "open" || (status === "complete" && paymentMethodId === null)) return;
  const { writer } = deps.database;
  if (paymentMethodId !== null) {
    const change = { cause: "card_changed", paymentMethodId, consentedAt: row.consented_at } as const;
    await liftFailures(deps, row, change);
  }
  await storeCardSetup(writer, row, { status, payment_method_id: paymentMethodId, url: null });
}
