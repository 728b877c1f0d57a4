import { z } from "zod";
import { clearable, currency, decimal, flag, integer, metadata, text } from "../../http/params.ts";

/** What describes an invoice, when it is made and later. */
export const invoiceShape = {
  auto_advance: flag.optional(),
  automatic_tax: z.strictObject({ enabled: flag }).optional(),
  collection_method: z.enum(["charge_automatically", "send_invoice"]).optional(),
  custom_fields: clearable(
    z.array(z.strictObject({ name: text.max(40), value: text.max(140) })).max(4),
  ).optional(),
  days_until_due: integer.optional(),
  default_payment_method: clearable(text).optional(),
  description: clearable(text).optional(),
  due_date: integer.optional(),
  footer: clearable(text).optional(),
  metadata: metadata.optional(),
};

/** What only an invoice's creation takes. */
export const createShape = {
  ...invoiceShape,
  currency: currency.optional(),
  customer: text,
  pending_invoice_items_behavior: z.enum(["exclude", "include"]).optional(),
};

/** The parameters as they were read. */
export type InvoiceParams = z.output<z.ZodObject<typeof invoiceShape>>;

/** What a line takes: an amount, or a price for each of a quantity. */
export const lineShape = {
  amount: integer.optional(),
  description: text.optional(),
  discountable: flag.optional(),
  metadata: metadata.optional(),
  period: z.strictObject({ start: integer, end: integer }).optional(),
  price_data: z
    .strictObject({
      currency,
      product: text,
      tax_behavior: text.optional(),
      unit_amount: integer.optional(),
      unit_amount_decimal: decimal.optional(),
    })
    .optional(),
  quantity: integer.optional(),
};

/** A line as it was read. */
export type LineParams = z.output<z.ZodObject<typeof lineShape>>;

/** What Stripe has beyond them. */
export const INVOICE_NOT_DOUBLED = [
  "account_tax_ids",
  "application_fee_amount",
  "automatically_finalizes_at",
  "customer_account",
  "default_source",
  "default_tax_rates",
  "discounts",
  "effective_at",
  "from_invoice",
  "issuer",
  "number",
  "on_behalf_of",
  "payment_settings",
  "rendering",
  "shipping_cost",
  "shipping_details",
  "statement_descriptor",
  "subscription",
  "transfer_data",
] as const;
