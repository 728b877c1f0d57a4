import type Stripe from "stripe";
import { cardOf } from "../payment-methods/payment-method.ts";
import type { Decline, TestCard } from "../../cards/card.ts";
import { newId, randomText } from "../../ids.ts";
import { idOf, type World } from "../../world.ts";

interface ChargeStart {
  method: Stripe.PaymentMethod;
  status: "succeeded" | "failed" | "pending";
  decline?: Decline | undefined;
}

/** The charge of one attempt at a payment; its event is the caller's to tell. */
export function createCharge(world: World, payment: Stripe.PaymentIntent, start: ChargeStart): Stripe.Charge {
  const { method, status, decline } = start;
  const id = newId("ch");
  const succeeded = status === "succeeded";
  const charge: Stripe.Charge = {
    id,
    object: "charge",
    amount: payment.amount,
    amount_captured: succeeded ? payment.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: { ...method.billing_details },
    calculated_statement_descriptor: "SANDBOX",
    captured: status !== "failed",
    created: world.clock.seconds(),
    currency: payment.currency,
    customer: idOf(payment.customer),
    description: payment.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: { ...payment.metadata },
    on_behalf_of: null,
    outcome: outcomeOf(decline),
    paid: status !== "failed",
    payment_intent: payment.id,
    payment_method: method.id,
    payment_method_details: detailsOf(cardOf(world, method), method, payment.amount),
    receipt_email: payment.receipt_email,
    receipt_number: null,
    receipt_url: `${world.url()}/receipts/${id}/${randomText(24)}`,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status,
    transfer_data: null,
    transfer_group: null,
  };
  return world.store.charges.add(charge);
}

function outcomeOf(decline: Decline | undefined): Stripe.Charge.Outcome {
  return {
    advice_code: decline?.advice ?? null,
    network_advice_code: null,
    network_decline_code: decline ? "05" : null,
    network_status: decline ? "declined_by_network" : "approved_by_network",
    reason: decline?.declineCode ?? null,
    risk_level: "normal",
    risk_score: 12,
    seller_message: decline
      ? "The bank did not return any further details with this decline."
      : "Payment complete.",
    type: decline ? "issuer_declined" : "authorized",
  };
}

function detailsOf(
  card: TestCard,
  method: Stripe.PaymentMethod,
  amount: number,
): Stripe.Charge.PaymentMethodDetails {
  if (method.card === undefined) {
    return {
      type: "us_bank_account",
      us_bank_account: {
        account_holder_type: "individual",
        account_type: "checking",
        bank_name: "Sandbox Bank",
        fingerprint: method.us_bank_account?.fingerprint ?? null,
        last4: card.number.slice(-4),
        payment_reference: null,
        routing_number: "110000000",
      },
    };
  }
  const { brand, country, exp_month, exp_year, fingerprint = null, funding, last4 } = method.card;
  return {
    type: "card",
    card: {
      amount_authorized: amount,
      authorization_code: null,
      brand,
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: "pass" },
      country,
      electronic_commerce_indicator: null,
      exp_month,
      exp_year,
      extended_authorization: { status: "disabled" },
      fingerprint,
      funding,
      incremental_authorization: { status: "unavailable" },
      installments: null,
      last4,
      mandate: null,
      multicapture: { status: "unavailable" },
      network: brand,
      network_token: { used: false },
      network_transaction_id: null,
      overcapture: { maximum_amount_capturable: amount, status: "unavailable" },
      regulated_status: "unregulated",
      three_d_secure: null,
      transaction_link_id: null,
      wallet: null,
    },
  };
}
