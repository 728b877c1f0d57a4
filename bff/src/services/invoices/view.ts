import type { TopUpInvoice } from "@credits-kit/contract";
import type { TopUpRow } from "../../storage/payments/top-ups.ts";

/** The invoice of an order, as its readers see it at a moment; null for an order that has none. */
export function invoiceOf(order: TopUpRow, now: number): TopUpInvoice | null {
  const { invoice_id: id, invoice_status: status, invoice_due_at: dueAt } = order;
  if (id === null || status === null) return null;
  const isUnpaid = status === "open" || status === "uncollectible";
  return {
    id,
    status,
    number: order.invoice_number,
    url: order.invoice_url,
    pdfUrl: order.invoice_pdf_url,
    dueAt: dueAt?.toISOString() ?? null,
    isOverdue: isUnpaid && dueAt !== null && dueAt.getTime() < now,
  };
}
