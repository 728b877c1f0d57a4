import type { PaymentMethod } from "@credits-kit/contract";
import type { BillingGateway } from "../billing-gateway.ts";
import type { CardCache } from "./card-cache.ts";
import { orNull, type StripeConnection } from "./connection.ts";

const PAGE = 100;

/** The part of the gateway that is about saved cards. */
export function billingGateway(connection: StripeConnection, shown: CardCache): BillingGateway {
  return {
    cards: (stripeCustomerId) => listCards(connection, stripeCustomerId),
    async setDefaultCard({ stripeCustomerId, paymentMethodId, idempotencyKey }) {
      const params = { invoice_settings: { default_payment_method: paymentMethodId } };
      await connection.call((sdk) => sdk.customers.update(stripeCustomerId, params, { idempotencyKey }));
      shown.forget(stripeCustomerId);
    },
    async detachCard({ stripeCustomerId, paymentMethodId, idempotencyKey }) {
      await connection.call((sdk) => sdk.paymentMethods.detach(paymentMethodId, {}, { idempotencyKey }));
      shown.forget(stripeCustomerId);
    },
  };
}

/** The same choice as where a card is charged: the customer's default, else the one that was added last. */
export async function listCards(
  connection: StripeConnection,
  stripeCustomerId: string,
): Promise<PaymentMethod[]> {
  const [customer, methods] = await Promise.all([
    orNull(connection.call((sdk) => sdk.customers.retrieve(stripeCustomerId))),
    orNull(
      connection.call((sdk) =>
        sdk.paymentMethods.list({ customer: stripeCustomerId, type: "card", limit: PAGE }),
      ),
    ),
  ]);
  if (!customer || customer.deleted || !methods) return [];
  const chosen = customer.invoice_settings?.default_payment_method;
  const chosenId = typeof chosen === "object" ? chosen?.id : chosen;
  const defaultId = methods.data.find(({ id }) => id === chosenId)?.id ?? methods.data[0]?.id;
  return methods.data
    .flatMap(({ id, card }) =>
      card
        ? [
            {
              id,
              brand: card.brand,
              last4: card.last4,
              expiryMonth: card.exp_month,
              expiryYear: card.exp_year,
              isDefault: id === defaultId,
            },
          ]
        : [],
    )
    .toSorted((one, other) => Number(other.isDefault) - Number(one.isDefault));
}
