import type { SavedCard } from "@credits-kit/contract";
import type Stripe from "stripe";
import type { NewStripeCustomer } from "../gateway.ts";
import { createdSince, orNull, type StripeConnection } from "./connection.ts";
import { CUSTOMER_MARK } from "./views.ts";

const PAGE = 100;

/** @returns Stripe's id of the new customer */
export async function createCustomer(
  connection: StripeConnection,
  { customerId, name, email, idempotencyKey }: NewStripeCustomer,
): Promise<string> {
  const created = await connection.call((sdk) =>
    sdk.customers.create(
      {
        ...(name === null ? {} : { name }),
        ...(email === null ? {} : { email }),
        metadata: { [CUSTOMER_MARK]: customerId },
      },
      { idempotencyKey },
    ),
  );
  return created.id;
}

/** Lists rather than searches: a search misses what was made within the last minute. */
export async function findCustomer(
  connection: StripeConnection,
  customerId: string,
  sinceMs: number,
): Promise<string | null> {
  const created = createdSince(sinceMs);
  for (let startingAfter: string | undefined; ;) {
    const page: Stripe.ApiList<Stripe.Customer> = await connection.call((sdk) =>
      sdk.customers.list({
        created,
        limit: PAGE,
        ...(startingAfter === undefined ? {} : { starting_after: startingAfter }),
      }),
    );
    const found = page.data.find(({ metadata }) => metadata[CUSTOMER_MARK] === customerId);
    if (found) return found.id;
    startingAfter = page.data.at(-1)?.id;
    if (!page.has_more || startingAfter === undefined) return null;
  }
}

/** The customer's default card, else the one that was added last. */
export async function findCard(
  connection: StripeConnection,
  stripeCustomerId: string,
): Promise<SavedCard | null> {
  const [customer, methods] = await Promise.all([
    orNull(connection.call((sdk) => sdk.customers.retrieve(stripeCustomerId))),
    orNull(
      connection.call((sdk) =>
        sdk.paymentMethods.list({ customer: stripeCustomerId, type: "card", limit: PAGE }),
      ),
    ),
  ]);
  if (!customer || customer.deleted || !methods) return null;
  const chosen = customer.invoice_settings?.default_payment_method;
  const chosenId = typeof chosen === "object" ? chosen?.id : chosen;
  const method = methods.data.find(({ id }) => id === chosenId) ?? methods.data[0];
  if (!method?.card) return null;
  const { id, card } = method;
  return { id, brand: card.brand, last4: card.last4, expiryMonth: card.exp_month, expiryYear: card.exp_year };
}
