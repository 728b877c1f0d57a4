import { z } from "zod";
import type { InvoiceView } from "../invoice-gateway.ts";
import { TOP_UP_MARK } from "./views.ts";

const minor = z.int().transform(BigInt);
const text = z
  .string()
  .max(5000)
  .nullish()
  .transform((value) => value ?? null);

const invoice = z
  .looseObject({
    id: z.string(),
    status: z.enum(["draft", "open", "paid", "uncollectible", "void"]),
    number: text,
    subtotal: minor,
    total: minor,
    total_excluding_tax: minor.nullish(),
    currency: z.string(),
    hosted_invoice_url: text,
    invoice_pdf: text,
    due_date: z.number().nullish(),
    customer: z
      .union([z.string(), z.looseObject({ id: z.string() }).transform(({ id }) => id)])
      .nullish()
      .transform((value) => value ?? null),
    livemode: z.boolean(),
    metadata: z.record(z.string(), z.string()).nullish(),
  })
  .transform((object): InvoiceView => ({
    id: object.id,
    status: object.status,
    number: object.number,
    subtotalMinor: object.subtotal,
    totalMinor: object.total,
    taxMinor: object.total - (object.total_excluding_tax ?? object.total),
    currency: object.currency,
    url: object.hosted_invoice_url,
    pdfUrl: object.invoice_pdf,
    dueAtMs: object.due_date === null || object.due_date === undefined ? null : object.due_date * 1000,
    stripeCustomerId: object.customer,
    isLive: object.livemode,
    topUpId: object.metadata?.[TOP_UP_MARK] ?? null,
  }));

/** @throws ZodError for something that is no invoice */
export function viewInvoice(object: unknown): InvoiceView {
  return invoice.parse(object);
}
