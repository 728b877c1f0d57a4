import type { PaymentGateway } from "../gateway.ts";
import { billingGateway } from "./billing.ts";
import { cancelPayment, charge, findPayment, payments, readPayment } from "./charges.ts";
import { createCheckout, expireCheckout, findCheckout, readCheckout } from "./checkouts.ts";
import { type ConnectionOptions, connectToStripe } from "./connection.ts";
import { createCustomer, findCard, findCustomer } from "./customers.ts";
import { readEvent } from "./events.ts";
import { invoiceGateway } from "./invoices.ts";
import { confirmPayment, createCardSetup, readCardOwner, readCardSetup } from "./saved-cards.ts";
import { reversalGateway } from "./reversals.ts";

/** The gateway over Stripe's SDK, at the host and with the keys of the configuration. */
export function createGateway(options: ConnectionOptions): PaymentGateway {
  const { stripe, now } = options;
  const connection = connectToStripe(options);
  return {
    mode: stripe.mode,
    publishableKey: stripe.publishableKey,
    createCustomer: (customer) => createCustomer(connection, customer),
    findCustomer: (customerId, sinceMs) => findCustomer(connection, customerId, sinceMs),
    findCard: (stripeCustomerId) => findCard(connection, stripeCustomerId),
    createCheckout: (checkout) => createCheckout(connection, checkout),
    readCheckout: (id) => readCheckout(connection, id),
    expireCheckout: (id) => expireCheckout(connection, id),
    findCheckout: (order) => findCheckout(connection, order),
    charge: (wanted) => charge(connection, wanted),
    readPayment: (id) => readPayment(connection, id),
    cancelPayment: (id) => cancelPayment(connection, id),
    findPayment: (order) => findPayment(connection, order),
    payments: (sinceMs) => payments(connection, { sinceMs }),
    createCardSetup: (setup) => createCardSetup(connection, setup),
    readCardSetup: (id) => readCardSetup(connection, id),
    readCardOwner: (id) => readCardOwner(connection, id),
    confirmPayment: (confirmation) => confirmPayment(connection, confirmation),
    readEvent: (body, signature) =>
      readEvent(connection.sdk, { body, signature, secrets: stripe.webhookSecrets, nowMs: now() }),
    ...reversalGateway(connection),
    ...invoiceGateway(connection),
    ...billingGateway(connection),
    aheadMs: () => connection.aheadMs(),
  };
}
