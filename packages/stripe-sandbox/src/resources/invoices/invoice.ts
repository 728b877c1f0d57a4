import type Stripe from "stripe";
import { invalidRequest, resourceMissing } from "../../errors.ts";
import { mergeMetadata } from "../../http/params.ts";
import { whole } from "../../http/listing.ts";
import { newId } from "../../ids.ts";
import { need, needCustomer, type World } from "../../world.ts";
import type { InvoiceParams } from "./shape.ts";

const DAY = 24 * 60 * 60;

/** The invoice with this id, unless it was deleted. @throws StripeProblem `resource_missing`. */
export function needInvoice(world: World, id: string, param = "id"): Stripe.Invoice {
  const invoice = need(world.store.invoices, id, param);
  if (invoice.deleted) throw resourceMissing("invoice", id, param);
  return invoice;
}

/** Creates a draft without lines, and tells so. @throws StripeProblem when Stripe would refuse it. */
export function createInvoice(
  world: World,
  {
    customer: customerId,
    currency,
    ...params
  }: InvoiceParams & { customer: string; currency?: string | undefined },
): Stripe.Invoice {
  const customer = needCustomer(world, customerId);
  const { collection_method = "charge_automatically", due_date, days_until_due } = params;
  if (collection_method === "send_invoice" && due_date === undefined && days_until_due === undefined) {
    throw invalidRequest(
      "If invoice.collection_method is 'send_invoice', then one of 'days_until_due' or 'due_date' must be set.",
      {
        param: "days_until_due",
      },
    );
  }
  if (collection_method !== "send_invoice" && (due_date !== undefined || days_until_due !== undefined)) {
    throw invalidRequest(
      "You can only set 'days_until_due' or 'due_date' if invoice.collection_method is 'send_invoice'.",
      { param: "days_until_due" },
    );
  }
  const id = newId("in");
  const now = world.clock.seconds();
  const invoice: Stripe.Invoice = {
    id,
    object: "invoice",
    account_country: "US",
    account_name: "Sandbox",
    account_tax_ids: null,
    amount_due: 0,
    amount_overpaid: 0,
    amount_paid: 0,
    amount_paid_off_stripe: 0,
    amount_remaining: 0,
    amount_shipping: 0,
    application: null,
    attempt_count: 0,
    attempted: false,
    auto_advance: false,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
    automatically_finalizes_at: null,
    billing_reason: "manual",
    collection_method,
    created: now,
    currency: currency ?? customer.currency ?? "usd",
    custom_fields: null,
    customer: customer.id,
    customer_account: null,
    customer_address: customer.address ?? null,
    customer_email: customer.email,
    customer_name: customer.name ?? null,
    customer_phone: customer.phone ?? null,
    customer_shipping: null,
    customer_tax_exempt: customer.tax_exempt ?? "none",
    customer_tax_ids: [],
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    due_date: due_date ?? (days_until_due === undefined ? null : now + days_until_due * DAY),
    effective_at: null,
    ending_balance: null,
    footer: null,
    from_invoice: null,
    hosted_invoice_url: null,
    invoice_pdf: null,
    issuer: { type: "self" },
    last_finalization_error: null,
    latest_revision: null,
    lines: whole([], `/v1/invoices/${id}/lines`),
    livemode: false,
    metadata: {},
    next_payment_attempt: null,
    number: null,
    on_behalf_of: null,
    parent: null,
    payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
    period_end: now,
    period_start: now,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
    shipping_details: null,
    starting_balance: 0,
    statement_descriptor: null,
    status: "draft",
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    subtotal: 0,
    subtotal_excluding_tax: 0,
    test_clock: null,
    total: 0,
    total_discount_amounts: [],
    total_excluding_tax: 0,
    total_pretax_credit_amounts: [],
    total_taxes: [],
    webhooks_delivered_at: null,
  };
  world.store.invoices.add(invoice);
  describeInvoice(world, invoice, params);
  return invoice;
}

/** Changes what describes an invoice. */
export function describeInvoice(world: World, invoice: Stripe.Invoice, params: InvoiceParams): void {
  const {
    auto_advance,
    automatic_tax,
    custom_fields,
    default_payment_method,
    description,
    due_date,
    footer,
    metadata,
  } = params;
  if (auto_advance !== undefined) invoice.auto_advance = auto_advance;
  if (automatic_tax !== undefined) {
    const { enabled } = automatic_tax;
    invoice.automatic_tax = {
      disabled_reason: null,
      enabled,
      liability: enabled ? { type: "self" } : null,
      provider: enabled ? "stripe" : null,
      status: enabled ? "complete" : null,
    };
  }
  if (params.collection_method !== undefined) invoice.collection_method = params.collection_method;
  if (custom_fields !== undefined) invoice.custom_fields = custom_fields;
  if (default_payment_method !== undefined) {
    invoice.default_payment_method =
      default_payment_method &&
      need(world.store.paymentMethods, default_payment_method, "default_payment_method").id;
  }
  if (description !== undefined) invoice.description = description;
  if (due_date !== undefined) invoice.due_date = due_date;
  if (params.days_until_due !== undefined) invoice.due_date = invoice.created + params.days_until_due * DAY;
  if (footer !== undefined) invoice.footer = footer;
  invoice.metadata = mergeMetadata(invoice.metadata ?? {}, metadata);
  writeInvoiceTotals(world, invoice);
}

/** Works out what the invoice costs; what was paid of it stays. */
export function writeInvoiceTotals(world: World, invoice: Stripe.Invoice): void {
  const subtotal = invoice.lines.data.reduce((total, { amount }) => total + amount, 0);
  const percent = invoice.automatic_tax.enabled ? world.settings.taxPercent : 0;
  const tax = Math.round((subtotal * percent) / 100);
  invoice.subtotal = subtotal;
  invoice.subtotal_excluding_tax = subtotal;
  invoice.total_excluding_tax = subtotal;
  invoice.total = subtotal + tax;
  invoice.total_taxes =
    tax === 0
      ? []
      : [
          {
            amount: tax,
            tax_behavior: "exclusive",
            tax_rate_details: null,
            taxability_reason: "standard_rated",
            taxable_amount: subtotal,
            type: "tax_rate_details",
          },
        ];
  invoice.amount_due = Math.max(0, invoice.total);
  invoice.amount_remaining = invoice.amount_due - invoice.amount_paid;
}
