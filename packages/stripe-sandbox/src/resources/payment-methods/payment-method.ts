import { createHash } from "node:crypto";
import type Stripe from "stripe";
import { findTestCard, type TestCard } from "../../cards/card.ts";
import { cardDeclined } from "../../cards/declined.ts";
import { invalidRequest, resourceMissing } from "../../errors.ts";
import { newId } from "../../ids.ts";
import { needCustomer, type World } from "../../world.ts";

/** Who pays, as written on the payment page. */
export interface Payer {
  email?: string | null | undefined;
  name?: string | null | undefined;
}

/** A new payment method of a test card, not yet anyone's. */
export function createPaymentMethod(world: World, card: TestCard, payer: Payer = {}): Stripe.PaymentMethod {
  const method: Stripe.PaymentMethod = {
    id: newId("pm"),
    object: "payment_method",
    allow_redisplay: "unspecified",
    billing_details: {
      address: { city: null, country: null, line1: null, line2: null, postal_code: null, state: null },
      email: payer.email ?? null,
      name: payer.name ?? null,
      phone: null,
      tax_id: null,
    },
    created: world.clock.seconds(),
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: card.type,
    ...(card.type === "card" ? { card: cardPart(world, card) } : { us_bank_account: bankPart(card) }),
  };
  world.store.cards.set(method.id, card);
  if (card.authentication === "on_session_only") world.store.setUp.add(method.id);
  return world.store.paymentMethods.add(method);
}

/** The payment method with this id, or a new one for a test token such as `pm_card_visa`. */
export function takePaymentMethod(
  world: World,
  idOrToken: string,
  param = "payment_method",
): Stripe.PaymentMethod {
  const known = findPaymentMethod(world, idOrToken);
  if (known) return known;
  const card = idOrToken.startsWith("pm_") ? findTestCard(idOrToken) : undefined;
  if (card === undefined) throw resourceMissing("PaymentMethod", idOrToken, param);
  return createPaymentMethod(world, card);
}

/** The payment method with this id, if there is one. */
export function findPaymentMethod(world: World, id: string): Stripe.PaymentMethod | undefined {
  return world.store.paymentMethods.get(id);
}

/** The card behind a payment method. */
export function cardOf(world: World, method: Stripe.PaymentMethod): TestCard {
  const card = world.store.cards.get(method.id);
  if (card === undefined) throw new Error(`no card behind ${method.id}`);
  return card;
}

/** Saves a payment method for a customer. @throws StripeProblem when the bank declines it or it is another's. */
export function attachPaymentMethod(
  world: World,
  idOrToken: string,
  customerId: string,
): Stripe.PaymentMethod {
  const customer = needCustomer(world, customerId);
  const method = takePaymentMethod(world, idOrToken, "id");
  if (method.customer === customer.id) return method;
  if (method.customer !== null) {
    throw invalidRequest("The payment method you provided has already been attached to a customer.", {
      code: "payment_method_unexpected_state",
    });
  }
  if (DETACHED.has(method)) {
    throw invalidRequest(
      "This PaymentMethod was previously used without being attached to a Customer or was detached from a Customer, and may not be used again.",
    );
  }
  const card = cardOf(world, method);
  if (card.declinesAttach && card.decline) throw cardDeclined(card.decline, { param: "payment_method" });
  method.customer = customer.id;
  world.emit("payment_method.attached", method);
  return method;
}

/** Takes a payment method away from its customer for good. */
export function detachPaymentMethod(world: World, method: Stripe.PaymentMethod): Stripe.PaymentMethod {
  if (method.customer === null) {
    throw invalidRequest(
      "The payment method you provided is not attached to a customer so detachment is impossible.",
      { code: "payment_method_unexpected_state" },
    );
  }
  const owner = method.customer;
  const customer = world.store.customers.get(typeof owner === "string" ? owner : owner.id);
  if (customer && !customer.deleted && customer.invoice_settings.default_payment_method === method.id) {
    customer.invoice_settings.default_payment_method = null;
  }
  method.customer = null;
  DETACHED.add(method);
  world.emit("payment_method.detached", method, { customer: owner });
  return method;
}

/** What a customer has saved, newest first. */
export function paymentMethodsOf(world: World, customerId: string): Stripe.PaymentMethod[] {
  return world.store.paymentMethods.newestFirst().filter(({ customer }) => customer === customerId);
}

/** Methods that were detached: they cannot come back. */
const DETACHED = new WeakSet<Stripe.PaymentMethod>();

function cardPart(world: World, { brand, number }: TestCard): Stripe.PaymentMethod.Card {
  return {
    brand,
    checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: "pass" },
    country: "US",
    display_brand: brand,
    exp_month: 12,
    exp_year: new Date(world.clock.now()).getUTCFullYear() + 4,
    fingerprint: fingerprint(number),
    funding: "credit",
    generated_from: null,
    last4: number.slice(-4),
    networks: { available: [brand], preferred: null },
    regulated_status: "unregulated",
    three_d_secure_usage: { supported: true },
    wallet: null,
  };
}

function bankPart({ number }: TestCard): Stripe.PaymentMethod.UsBankAccount {
  return {
    account_holder_type: "individual",
    account_type: "checking",
    bank_name: "Sandbox Bank",
    financial_connections_account: null,
    fingerprint: fingerprint(number),
    last4: number.slice(-4),
    networks: { preferred: "ach", supported: ["ach"] },
    routing_number: "110000000",
    status_details: null,
  };
}

/** The same card has the same fingerprint. */
const fingerprint = (number: string): string =>
  createHash("sha256").update(number).digest("base64url").slice(0, 16);
