import type Stripe from "stripe";
import { findTestCard, GENERIC_DECLINE, type TestCard } from "../cards/card.ts";
import { invalidRequest, StripeProblem } from "../errors.ts";
import { applyPromotionCode } from "../resources/checkout-sessions/discount.ts";
import { payCheckout } from "../resources/checkout-sessions/pay.ts";
import { needInvoice } from "../resources/invoices/invoice.ts";
import { paymentOf } from "../resources/invoices/lifecycle.ts";
import { payInvoice } from "../resources/invoices/pay.ts";
import { completeAuthentication } from "../resources/payment-intents/confirm.ts";
import { paymentFails, paymentSucceeds } from "../resources/payment-intents/settle.ts";
import { createPaymentMethod, takePaymentMethod } from "../resources/payment-methods/payment-method.ts";
import { completeSetupAuthentication } from "../resources/setup-intents/setup-intent.ts";
import { idOf, need, type World } from "../world.ts";

/** What a person enters on a hosted page. */
export interface PayerEntry {
  /** A test card's number or token, or the id of a saved payment method; the first test card when absent. */
  card?: string | undefined;
  email?: string | undefined;
  name?: string | undefined;
  promotionCode?: string | undefined;
  /** The person ticks "save for later". */
  save?: boolean | undefined;
}

/** What became of it. `asks`: the bank wants a confirmation, on the page at `url`. */
export type PayerOutcome =
  | { state: "complete" }
  | { state: "asks"; url: string; payment: string }
  | { state: "declined"; code: string | undefined; declineCode: string | undefined; message: string };

/** What people and banks do, without a browser. */
export interface PayerControl {
  /** Pays a session, or saves a card by it. @throws StripeProblem when it is over. */
  completeCheckout(sessionId: string, entry?: PayerEntry): PayerOutcome;
  /** Confirms, or refuses, what the bank asks about a payment or a setup. */
  completeAuthentication(id: string, confirmed?: boolean): PayerOutcome;
  /** Pays an invoice on its page. @throws StripeProblem when it is not open. */
  payInvoice(invoiceId: string, entry?: Pick<PayerEntry, "card">): PayerOutcome;
  /** The money of a delayed payment arrives, or does not. */
  settlePayment(paymentIntentId: string, outcome: "succeeded" | "failed"): Stripe.PaymentIntent;
}

/** The payer's part of the control API. */
export function createPayerControl(world: World): PayerControl {
  return {
    completeCheckout(sessionId, entry = {}) {
      const session = need(world.store.sessions, sessionId);
      if (entry.promotionCode !== undefined) applyPromotionCode(world, session, entry.promotionCode);
      return outcomeOf(() => {
        const step = payCheckout(world, session, { ...entry, means: meansOf(entry.card) });
        const payment = idOf(session.payment_intent) ?? idOf(session.setup_intent) ?? "";
        return step.state === "asks" ? { ...step, payment } : step;
      });
    },
    completeAuthentication(id, confirmed = true) {
      return outcomeOf(() => {
        if (id.startsWith("seti_"))
          completeSetupAuthentication(world, need(world.store.setupIntents, id), confirmed);
        else completeAuthentication(world, need(world.store.paymentIntents, id), confirmed);
        if (!confirmed) {
          return {
            state: "declined",
            code: "authentication_failure",
            declineCode: undefined,
            message: "Not confirmed.",
          };
        }
        return { state: "complete" };
      });
    },
    payInvoice(invoiceId, { card } = {}) {
      const invoice = needInvoice(world, invoiceId);
      return outcomeOf(() => {
        const means = meansOf(card);
        const paymentMethod = typeof means === "string" ? means : createPaymentMethod(world, means).id;
        payInvoice(world, invoice, { paymentMethod, offSession: false });
        const payment = paymentOf(world, invoice);
        const url = payment?.next_action?.redirect_to_url?.url;
        return payment && url ? { state: "asks", url, payment: payment.id } : { state: "complete" };
      });
    },
    settlePayment(id, outcome) {
      const payment = need(world.store.paymentIntents, id);
      if (payment.status !== "processing")
        throw invalidRequest(`The payment ${id} is ${payment.status}, not processing.`);
      const method = takePaymentMethod(world, idOf(payment.payment_method) ?? "");
      if (outcome === "succeeded") paymentSucceeds(world, payment, method);
      else paymentFails(world, payment, { method, decline: GENERIC_DECLINE });
      return payment;
    },
  };
}

/** The test card, or the saved method, that was named. @throws StripeProblem when there is no such card. */
function meansOf(name = "pm_card_visa"): TestCard | string {
  const card = findTestCard(name);
  if (card) return card;
  if (name.startsWith("pm_")) return name;
  throw invalidRequest("The sandbox knows only its test cards.", { code: "incorrect_number", param: "card" });
}

/** A decline is an outcome; whatever else is refused stays an error. */
function outcomeOf(act: () => PayerOutcome): PayerOutcome {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof StripeProblem) || error.body.type !== "card_error") throw error;
    const { code, decline_code: declineCode, message } = error.body;
    return { state: "declined", code, declineCode, message };
  }
}
