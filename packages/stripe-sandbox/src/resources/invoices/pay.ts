import type Stripe from "stripe";
import { invalidRequest } from "../../errors.ts";
import { idOf, needCustomer, type PaymentListener, type World } from "../../world.ts";
import { confirmPayment } from "../payment-intents/confirm.ts";
import { finalizeInvoice, invoicePaymentsOf, markPaid, paymentOf } from "./lifecycle.ts";

/** How an invoice is paid. */
export interface InvoicePaymentStart {
  paymentMethod?: string | undefined;
  /** It was paid another way: no money moves here. */
  outOfBand?: boolean | undefined;
  offSession?: boolean | undefined;
  returnUrl?: string | undefined;
}

/** Pays an open invoice. @throws StripeProblem when it is not open, there is nothing to pay with, or the bank declines. */
export function payInvoice(
  world: World,
  invoice: Stripe.Invoice,
  start: InvoicePaymentStart,
): Stripe.Invoice {
  if (invoice.status === "draft") finalizeInvoice(world, invoice);
  if (invoice.status === "paid") throw invalidRequest("Invoice is already paid");
  if (invoice.status === "void") throw invalidRequest("Voided invoices cannot be paid.");
  if (start.outOfBand === true) {
    markPaid(world, invoice, { offStripe: true });
    return invoice;
  }
  const payment = paymentOf(world, invoice);
  const method = start.paymentMethod ?? defaultMethod(world, invoice);
  if (payment === undefined || method === null) {
    throw invalidRequest(
      "There is no `default_payment_method` set on this Customer or Invoice. Please set a payment method and try again.",
    );
  }
  confirmPayment(world, payment, {
    paymentMethod: method,
    offSession: start.offSession ?? true,
    returnUrl: start.returnUrl ?? invoice.hosted_invoice_url,
  });
  return invoice;
}

/** An invoice follows its payment: paid, failed, or waiting for the person. */
export const invoiceFollowsPayment: PaymentListener = (world, payment, change) => {
  const record = world.store.invoicePayments
    .newestFirst()
    .find((other) => idOf(other.payment.payment_intent) === payment.id);
  const invoice = record && world.store.invoices.get(idOf(record.invoice));
  if (record === undefined || invoice === undefined || invoice.deleted) return;
  invoice.attempted = true;
  if (change === "succeeded" && invoice.status !== "paid") {
    invoice.attempt_count += 1;
    for (const other of invoicePaymentsOf(world, invoice.id)) {
      if (other.status !== "open") continue;
      other.status = "paid";
      other.amount_paid = payment.amount_received;
      other.status_transitions.paid_at = world.clock.seconds();
    }
    markPaid(world, invoice, { offStripe: false });
    world.emit("invoice_payment.paid", record);
  }
  if (change === "failed") {
    invoice.attempt_count += 1;
    world.emit("invoice.payment_failed", invoice);
  }
  if (change === "requires_action") world.emit("invoice.payment_action_required", invoice);
};

function defaultMethod(world: World, invoice: Stripe.Invoice): string | null {
  const own = idOf(invoice.default_payment_method);
  if (own !== null) return own;
  return idOf(needCustomer(world, idOf(invoice.customer) ?? "").invoice_settings.default_payment_method);
}
