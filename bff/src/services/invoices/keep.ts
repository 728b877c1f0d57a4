import type { InvoiceView } from "../../payments/invoice-gateway.ts";
import { storeGrantPayment } from "../../storage/payments/grant-payments.ts";
import { lockTopUp, moveTopUp, storeTopUp, type TopUpRow } from "../../storage/payments/top-ups.ts";
import { inTransaction, type Transaction } from "../../storage/transaction.ts";
import type { TopUpDeps } from "../top-ups/payments.ts";
import { isNotOlder } from "./judge.ts";

/** Keeps what the invoice is now, as far as that is news. @returns the order as it stands then */
export function keepInvoice(deps: TopUpDeps, key: TopUpRow, invoice: InvoiceView): Promise<TopUpRow> {
  return inTransaction(deps.database, async (transaction) => {
    const order = await lockTopUp(transaction, key);
    if (!order) throw new Error("an order with an invoice is there");
    if (!isNotOlder(order.invoice_status, invoice.status)) return order;
    await storeTopUp(transaction, order, {
      invoice_id: invoice.id,
      invoice_status: invoice.status,
      invoice_number: invoice.number,
      invoice_url: invoice.url,
      invoice_pdf_url: invoice.pdfUrl,
      invoice_due_at: invoice.dueAtMs === null ? null : new Date(invoice.dueAtMs),
      ...(order.status === "awaiting_payment" ? { pay_url: invoice.url } : {}),
    });
    await showPayment(transaction, order, {
      status: invoice.status,
      invoice_url: invoice.url,
      receipt_url: null,
    });
    const isNews =
      order.invoice_status !== invoice.status && invoice.status !== "paid" && invoice.status !== "void";
    if (isNews) {
      const step = { cause: `invoice_${invoice.status}`, reason: invoice.id };
      return moveTopUp(transaction, order, { change: { status: order.status }, step });
    }
    return (await lockTopUp(transaction, order)) ?? order;
  });
}

/** Keeps what the payment of an order's grant is shown as. */
export async function showPayment(
  transaction: Transaction,
  { customer_id, grant_id }: TopUpRow,
  payment: { status: string; invoice_url: string | null; receipt_url: string | null },
): Promise<void> {
  await storeGrantPayment(transaction, { customer_id, grant_id, ...payment });
}
