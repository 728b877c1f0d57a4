import Stripe from "stripe";
import { invalidRequest } from "../../errors.ts";
import { mergeMetadata } from "../../http/params.ts";
import { newId } from "../../ids.ts";
import { idOf, type World } from "../../world.ts";
import { writeInvoiceTotals } from "./invoice.ts";
import type { LineParams } from "./shape.ts";

interface ItemStart extends LineParams {
  customer: string;
  currency: string;
}

/** Creates an item that waits for an invoice. @throws StripeProblem when it has no price. */
export function createInvoiceItem(world: World, start: ItemStart): Stripe.InvoiceItem {
  const { price_data: data, quantity = 1 } = start;
  const unit = data?.unit_amount ?? data?.unit_amount_decimal;
  if (start.amount === undefined && unit === undefined) {
    throw invalidRequest("Missing required param: amount.", { code: "parameter_missing", param: "amount" });
  }
  if (start.amount !== undefined && start.quantity !== undefined) {
    throw invalidRequest("You may only specify one of these parameters: amount, quantity.", {
      param: "amount",
    });
  }
  const now = world.clock.seconds();
  const amount = start.amount ?? Math.round(Number(unit) * quantity);
  const item: Stripe.InvoiceItem = {
    id: newId("ii"),
    object: "invoiceitem",
    amount,
    currency: start.currency,
    customer: start.customer,
    customer_account: null,
    date: now,
    description: start.description ?? null,
    discountable: start.discountable ?? true,
    discounts: [],
    invoice: null,
    livemode: false,
    metadata: mergeMetadata({}, start.metadata),
    net_amount: amount,
    parent: null,
    period: start.period ?? { start: now, end: now },
    pricing: {
      ...(data && { price_details: { price: newId("price"), product: data.product } }),
      type: "price_details",
      unit_amount_decimal: Stripe.Decimal.from(String(unit ?? amount)),
    },
    proration: false,
    quantity,
    quantity_decimal: Stripe.Decimal.from(quantity),
    tax_rates: [],
    test_clock: null,
  };
  world.store.invoiceItems.add(item);
  return item;
}

/** Puts an item on a draft as its next line. @throws StripeProblem unless it is a draft of the same currency. */
export function addLine(world: World, invoice: Stripe.Invoice, item: Stripe.InvoiceItem): void {
  if (invoice.status !== "draft") {
    throw invalidRequest("Finalized invoices can't be updated in this way.", {
      code: "invoice_not_editable",
    });
  }
  if (invoice.currency !== item.currency) {
    throw invalidRequest(
      `The currency of the item (${item.currency}) is not that of the invoice (${invoice.currency}).`,
      { param: "currency" },
    );
  }
  item.invoice = invoice.id;
  invoice.lines.data.push({
    id: newId("il"),
    object: "line_item",
    amount: item.amount,
    currency: item.currency,
    description: item.description,
    discount_amounts: [],
    discountable: item.discountable,
    discounts: [],
    invoice: invoice.id,
    livemode: false,
    metadata: { ...item.metadata },
    parent: {
      invoice_item_details: {
        invoice_item: item.id,
        proration: false,
        proration_details: null,
        subscription: null,
      },
      subscription_item_details: null,
      type: "invoice_item_details",
    },
    period: item.period,
    pretax_credit_amounts: [],
    pricing: item.pricing,
    quantity: item.quantity,
    quantity_decimal: item.quantity_decimal,
    subscription: null,
    subtotal: item.amount,
    taxes: [],
  });
  writeInvoiceTotals(world, invoice);
}

/** The items of a customer that are on no invoice yet, oldest first. */
export function pendingItems(world: World, customer: string): Stripe.InvoiceItem[] {
  return world.store.invoiceItems
    .oldestFirst()
    .filter((item) => !item.deleted)
    .filter((item) => item.invoice === null && idOf(item.customer) === customer);
}
