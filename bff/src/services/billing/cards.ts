import type { PaymentMethod, PaymentMethods } from "@credits-kit/contract";
import { ulid } from "ulid";
import { GatewayError } from "../../payments/gateway.ts";
import type { ScreenGateway } from "../../payments/screen-gateway.ts";
import { findCustomer } from "../../storage/customers/customers.ts";
import { findStripeCustomer } from "../../storage/payments/stripe-customers.ts";
import { gatewayOf, toServiceError, type TopUpDeps } from "../top-ups/payments.ts";
import { unknown } from "../unknown.ts";

/** A card of a customer's, as a route names it. */
export interface NamedCard {
  readonly customerId: string;
  readonly paymentMethodId: string;
}

/** The saved cards of a customer, the default first. @throws ServiceError `not_found`; `overloaded` */
export async function listCards(deps: TopUpDeps, customerId: string): Promise<PaymentMethods> {
  if (!(await findCustomer(deps.database.writer, customerId))) throw unknown("customer");
  gatewayOf(deps);
  return told(async () => ({ data: await cardsOf(deps, customerId) }));
}

/** The same for a page, which is drawn where Stripe does not answer too: null then. */
export async function cardsOnScreen(deps: TopUpDeps, customerId: string): Promise<PaymentMethod[] | null> {
  if (deps.payments === null) return [];
  try {
    return await cardsOf(deps, customerId, deps.payments.forScreens);
  } catch (error) {
    if (error instanceof GatewayError) return null;
    throw error;
  }
}

/** Charges a card from now on where none is named. @throws ServiceError `not_found` also for another customer's card */
export function setDefaultCard(deps: TopUpDeps, named: NamedCard): Promise<PaymentMethods> {
  return change(deps, named, (card) => gatewayOf(deps).setDefaultCard(card));
}

/** Removes a card. An auto top-up that names it stops, and says so. @throws ServiceError as `setDefaultCard` */
export function removeCard(deps: TopUpDeps, named: NamedCard): Promise<PaymentMethods> {
  return change(deps, named, (card) => gatewayOf(deps).detachCard(card));
}

type Change = Parameters<ReturnType<typeof gatewayOf>["setDefaultCard"]>[0];

function change(
  deps: TopUpDeps,
  { customerId, paymentMethodId }: NamedCard,
  work: (card: Change) => Promise<void>,
): Promise<PaymentMethods> {
  gatewayOf(deps);
  return told(async () => {
    const stripeCustomerId = await stripeIdOf(deps, customerId);
    const known = stripeCustomerId === null ? [] : await gatewayOf(deps).cards(stripeCustomerId);
    // Only theirs: whose a card is stands at Stripe, and an id that somebody else's is like one that never was.
    if (stripeCustomerId === null || !known.some(({ id }) => id === paymentMethodId)) throw unknown("card");
    await work({ stripeCustomerId, paymentMethodId, idempotencyKey: `card-${ulid()}` });
    return { data: await cardsOf(deps, customerId) };
  });
}

async function cardsOf(
  deps: TopUpDeps,
  customerId: string,
  payments: Pick<ScreenGateway, "cards"> = gatewayOf(deps),
): Promise<PaymentMethod[]> {
  const stripeCustomerId = await stripeIdOf(deps, customerId);
  return stripeCustomerId === null ? [] : payments.cards(stripeCustomerId);
}

async function stripeIdOf({ database }: TopUpDeps, customerId: string): Promise<string | null> {
  return (await findStripeCustomer(database.writer, customerId))?.stripe_customer_id ?? null;
}

/** What Stripe refuses or does not answer, in the API's words. */
export async function told<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof GatewayError ? toServiceError(error) : error;
  }
}
