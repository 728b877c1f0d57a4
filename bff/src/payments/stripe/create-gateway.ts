import type { PaymentGateway } from "../gateway.ts";
import { billingGateway, listCards } from "./billing.ts";
import { CardCache } from "./card-cache.ts";
import { cancelPayment, charge, findPayment, payments, readPayment } from "./charges.ts";
import {
  checkoutOfPayment,
  createCheckout,
  expireCheckout,
  findCheckout,
  orderOfCheckout,
  readCheckout,
} from "./checkouts.ts";
import { type ConnectionOptions, connectToStripe } from "./connection.ts";
import { createCustomer, findCard, findCustomer } from "./customers.ts";
import { readEvent } from "./events.ts";
import { invoiceGateway } from "./invoices.ts";
import { confirmPayment, createCardSetup, readCardOwner, readCardSetup } from "./saved-cards.ts";
import { reversalGateway } from "./reversals.ts";

/** The gateway over Stripe's SDK, at the host and with the keys of the configuration. */
export function createGateway(options: ConnectionOptions): PaymentGateway {
  const { stripe, now } = options;
  const { money: connection, screens } = connectToStripe(options);
  const shown = new CardCache(now);
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
    orderOfCheckout: (id) => orderOfCheckout(connection, id),
    checkoutOfPayment: (paymentId) => checkoutOfPayment(connection, paymentId),
    charge: (wanted) => charge(connection, wanted),
    readPayment: (id) => readPayment(connection, id),
    cancelPayment: (id) => cancelPayment(connection, id),
    findPayment: (order) => findPayment(connection, order),
    payments: (sinceMs) => payments(connection, sinceMs),
    createCardSetup: (setup) => createCardSetup(connection, setup),
    readCardSetup: (id) => readCardSetup(connection, id),
    readCardOwner: (id) => readCardOwner(connection, id),
    confirmPayment: (confirmation) => confirmPayment(connection, confirmation),
    forScreens: {
      findCard: (id) => shown.find(id, () => findCard(screens, id)),
      cards: (id) => listCards(screens, id),
      readCardOwner: (id) => readCardOwner(screens, id),
      readCardSetup: (id) => readCardSetup(screens, id),
    },
    cardsChanged: (stripeCustomerId) => {
      if (stripeCustomerId === null) shown.forgetAll();
      else shown.forget(stripeCustomerId);
    },
    readEvent: (body, signature) =>
      readEvent(connection.sdk, { body, signature, secrets: stripe.webhookSecrets, nowMs: now() }),
    ...reversalGateway(connection),
    ...invoiceGateway(connection),
    ...billingGateway(connection, shown),
    aheadMs: () => connection.aheadMs(),
  };
}
