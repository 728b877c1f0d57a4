import { findStripeObject } from "../../storage/payments/stripe-objects.ts";
import type { StripeEventRow } from "../../storage/payments/stripe-events.ts";
import { fulfil } from "../../services/top-ups/fulfil.ts";
import { gatewayOf, type TopUpDeps } from "../../services/top-ups/payments.ts";
import type { EventHandler, EventOutcome } from "./handler.ts";

/** What is done about invoices. */
export const INVOICE_HANDLERS: Readonly<Record<string, EventHandler>> = {
  "invoice.finalized": invoiceChanged,
  "invoice.finalization_failed": invoiceChanged,
  "invoice.sent": invoiceChanged,
  "invoice.updated": invoiceChanged,
  "invoice.paid": invoiceChanged,
  "invoice.payment_succeeded": invoiceChanged,
  "invoice.payment_failed": invoiceChanged,
  "invoice.overdue": invoiceChanged,
  "invoice.marked_uncollectible": invoiceChanged,
  "invoice.voided": invoiceChanged,
};

async function invoiceChanged(deps: TopUpDeps, { object_id: id }: StripeEventRow): Promise<EventOutcome> {
  if (id === null) return "ignored";
  const known = await findStripeObject(deps.database.writer, id);
  const topUpId = known?.top_up_id ?? (await gatewayOf(deps).readInvoice(id)).topUpId;
  return topUpId !== null && (await fulfil(deps, topUpId, "webhook")) ? "done" : "ignored";
}
