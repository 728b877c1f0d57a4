import type Stripe from "stripe";
import { before } from "../../events/before.ts";
import { invalidRequest } from "../../errors.ts";
import { newId, randomText } from "../../ids.ts";
import { idOf, type World } from "../../world.ts";
import { createPaymentIntent, tellListeners } from "../payment-intents/payment-intent.ts";

/** Makes a draft final: it gets its number, its pages, and a payment that waits. @throws StripeProblem unless it is a draft. */
export function finalizeInvoice(world: World, invoice: Stripe.Invoice): Stripe.Invoice {
  if (invoice.status !== "draft") {
    throw invalidRequest("This invoice is already finalized, you can't re-finalize a non-draft invoice.", {
      code: "invoice_not_editable",
    });
  }
  const previous = before(invoice);
  const now = world.clock.seconds();
  const path = `${world.url()}/i/${invoice.id}/${randomText(24)}`;
  invoice.status = "open";
  invoice.number = nextNumber(world, invoice);
  invoice.hosted_invoice_url = path;
  invoice.invoice_pdf = `${path}/pdf`;
  invoice.effective_at = now;
  invoice.status_transitions.finalized_at = now;
  if (invoice.amount_due > 0) openPayment(world, invoice);
  world.emit("invoice.finalized", invoice);
  world.emit("invoice.updated", invoice, previous());
  if (invoice.amount_due === 0) markPaid(world, invoice, { offStripe: false });
  return invoice;
}

/** Sends an invoice to its customer, final or not. @throws StripeProblem unless it is one that is sent. */
export function sendInvoice(world: World, invoice: Stripe.Invoice): Stripe.Invoice {
  if (invoice.collection_method !== "send_invoice") {
    throw invalidRequest("You can only manually send an invoice if its collection method is 'send_invoice'.");
  }
  if (invoice.status === "draft") finalizeInvoice(world, invoice);
  if (invoice.status === "void") throw invalidRequest("You cannot send a voided invoice.");
  world.emit("invoice.sent", invoice);
  return invoice;
}

/** The money is there, or came another way. */
export function markPaid(world: World, invoice: Stripe.Invoice, { offStripe }: { offStripe: boolean }): void {
  const previous = before(invoice);
  invoice.status = "paid";
  invoice.amount_paid = invoice.amount_due;
  invoice.amount_remaining = 0;
  if (offStripe) invoice.amount_paid_off_stripe = invoice.amount_due;
  invoice.status_transitions.paid_at = world.clock.seconds();
  invoice.attempted = true;
  if (offStripe) cancelPayment(world, invoice, "automatic");
  world.emit("invoice.updated", invoice, previous());
  world.emit("invoice.paid", invoice);
  if (!offStripe && invoice.amount_due > 0) world.emit("invoice.payment_succeeded", invoice);
}

/** Takes an open invoice back, as if it had never been issued. @throws StripeProblem unless it is open. */
export function voidInvoice(world: World, invoice: Stripe.Invoice): Stripe.Invoice {
  refuseUnless(invoice, ["open", "uncollectible"], "void");
  const previous = before(invoice);
  invoice.status = "void";
  invoice.status_transitions.voided_at = world.clock.seconds();
  cancelPayment(world, invoice, "void_invoice");
  world.emit("invoice.updated", invoice, previous());
  world.emit("invoice.voided", invoice);
  return invoice;
}

/** Gives an open invoice up; it may still be paid. @throws StripeProblem unless it is open. */
export function markUncollectible(world: World, invoice: Stripe.Invoice): Stripe.Invoice {
  refuseUnless(invoice, ["open"], "mark as uncollectible");
  const previous = before(invoice);
  invoice.status = "uncollectible";
  invoice.status_transitions.marked_uncollectible_at = world.clock.seconds();
  world.emit("invoice.updated", invoice, previous());
  world.emit("invoice.marked_uncollectible", invoice);
  return invoice;
}

/** The payment that waits for, or has paid, this invoice. */
export function paymentOf(world: World, invoice: Stripe.Invoice): Stripe.PaymentIntent | undefined {
  const record = invoicePaymentsOf(world, invoice.id).find(({ is_default }) => is_default);
  return world.store.paymentIntents.get(idOf(record?.payment.payment_intent) ?? "");
}

/** The payments of an invoice, newest first. */
export function invoicePaymentsOf(world: World, invoiceId: string): Stripe.InvoicePayment[] {
  return world.store.invoicePayments.newestFirst().filter(({ invoice }) => invoice === invoiceId);
}

function openPayment(world: World, invoice: Stripe.Invoice): void {
  const payment = createPaymentIntent(world, {
    amount: invoice.amount_due,
    currency: invoice.currency,
    customer: idOf(invoice.customer),
    description: `Invoice ${invoice.number ?? ""}`.trim(),
    metadata: {},
    receiptEmail: invoice.customer_email,
  });
  world.store.invoicePayments.add({
    id: newId("inpay"),
    object: "invoice_payment",
    amount_paid: null,
    amount_requested: invoice.amount_due,
    created: world.clock.seconds(),
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: true,
    livemode: false,
    payment: { payment_intent: payment.id, type: "payment_intent" },
    status: "open",
    status_transitions: { canceled_at: null, paid_at: null },
  });
}

function cancelPayment(world: World, invoice: Stripe.Invoice, reason: string): void {
  const now = world.clock.seconds();
  for (const record of invoicePaymentsOf(world, invoice.id)) {
    if (record.status !== "open") continue;
    record.status = "canceled";
    record.status_transitions.canceled_at = now;
  }
  const payment = paymentOf(world, invoice);
  if (payment === undefined || !payment.status.startsWith("requires_")) return;
  payment.status = "canceled";
  payment.canceled_at = now;
  payment.cancellation_reason = reason;
  payment.next_action = null;
  world.emit("payment_intent.canceled", payment);
  tellListeners(world, payment, "canceled");
}

function nextNumber(world: World, invoice: Stripe.Invoice): string {
  const customer = world.store.customers.get(idOf(invoice.customer) ?? "");
  if (customer === undefined || customer.deleted) return newId("INV", 8).toUpperCase();
  const sequence = customer.next_invoice_sequence ?? 1;
  customer.next_invoice_sequence = sequence + 1;
  customer.currency ??= invoice.currency;
  return `${customer.invoice_prefix ?? "SANDBOX"}-${String(sequence).padStart(4, "0")}`;
}

function refuseUnless(invoice: Stripe.Invoice, statuses: readonly string[], verb: string): void {
  if (statuses.includes(invoice.status ?? "")) return;
  throw invalidRequest(
    `You can only ${verb} an open invoice. This invoice is ${invoice.status ?? "unknown"}.`,
  );
}
