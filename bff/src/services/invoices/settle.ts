import type { InvoiceView } from "../../payments/invoice-gateway.ts";
import { repairFindings } from "../../storage/payments/findings.ts";
import { storeGrantPayment } from "../../storage/payments/grant-payments.ts";
import { findStripeObject, noteStripeObjects } from "../../storage/payments/stripe-objects.ts";
import {
  type HistoryStep,
  lockTopUp,
  moveTopUp,
  storeTopUp,
  type TopUpRow,
} from "../../storage/payments/top-ups.ts";
import { inTransaction, type Transaction } from "../../storage/transaction.ts";
import { reportFinding } from "../reconciliation/report.ts";
import { submitOne } from "../submit-one.ts";
import { grantOfOrder } from "../top-ups/grant-of-order.ts";
import type { Looked } from "../top-ups/looked.ts";
import { advance } from "../top-ups/move.ts";
import { gatewayOf, type TopUpDeps } from "../top-ups/payments.ts";
import { differenceOf, isNotOlder } from "./judge.ts";
import { releaseCredits } from "./release.ts";
import { takeBack } from "./take-back.ts";

export interface SettleInvoice {
  readonly order: TopUpRow;
  readonly invoice: InvoiceView;
  /** Who noticed. */
  readonly cause: string;
  readonly step?: Omit<HistoryStep, "cause">;
}

/**
 * Brings an order, and its credits, to where its invoice, just read, says that they are. Whoever notices first may call
 * it, any number at once: each step is a command with an id of its own.
 * @throws ServiceError when the credits cannot be moved now; asking again later is safe
 */
export async function settleInvoice(
  deps: TopUpDeps,
  { order, invoice, cause, step }: SettleInvoice,
): Promise<Looked> {
  const customer = invoice.stripeCustomerId;
  const owner = customer === null ? undefined : await findStripeObject(deps.database.writer, customer);
  const expected = { order, owner: owner?.customer_id ?? null, isLive: deps.mode === "live" };
  const difference = differenceOf(expected, invoice);
  if (difference !== null) {
    const detail = `The invoice ${difference}.`;
    await reportFinding(deps, { kind: "invoice_mismatch", about: invoice.id, order, detail });
    return { order, seen: {} };
  }
  if (invoice.status === "draft") return { order, seen: {} };
  if (invoice.status === "void") {
    const kept = await keep(deps, order, invoice);
    await takeBack(deps, kept, invoice.id);
    return {
      order: await advance(deps, kept, {
        status: "void",
        step: { cause, ...step },
        change: { pay_url: null },
      }),
      seen: {},
    };
  }
  // Kept only once its credits are there.
  if (order.invoice_status === null) await giveCredits(deps, order, invoice);
  const kept = await keep(deps, order, invoice);
  if (invoice.status !== "paid") {
    if (invoice.status === "uncollectible" && kept.release_on === "issued") {
      const detail = "The invoice is uncollectible, and its credits were released when it was sent.";
      await reportFinding(deps, { kind: "invoice_mismatch", about: invoice.id, order: kept, detail });
    }
    return { order: kept, seen: {} };
  }
  await releaseCredits(deps, kept, invoice.id);
  return { order: await notePaid(deps, { order: kept, invoice, cause, step: step ?? {} }), seen: {} };
}

/** The credits of an invoice that was sent. */
async function giveCredits(deps: TopUpDeps, order: TopUpRow, invoice: InvoiceView): Promise<void> {
  const command = await grantOfOrder(deps, order, {
    id: `invoice:${invoice.id}`,
    paidMinor: BigInt(order.total_minor),
    isPaymentPending: order.release_on !== "issued",
  });
  await submitOne(deps, command);
}

/** Keeps what the invoice is now, as far as that is news. */
function keep(deps: TopUpDeps, key: TopUpRow, invoice: InvoiceView): Promise<TopUpRow> {
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

async function notePaid(
  deps: TopUpDeps,
  { order, invoice, cause, step }: Required<SettleInvoice>,
): Promise<TopUpRow> {
  const payments = gatewayOf(deps);
  const { customer_id, top_up_id } = order;
  const paymentId = await payments.paymentOfInvoice(invoice.id);
  const receiptUrl = paymentId === null ? null : (await payments.readPayment(paymentId)).receiptUrl;
  if (paymentId !== null)
    await noteStripeObjects(deps.database.writer, [{ object_id: paymentId, customer_id, top_up_id }]);
  return advance(deps, order, {
    status: "paid",
    step: { cause, ...step },
    change: {
      payment_intent_id: paymentId,
      paid_minor: invoice.totalMinor - invoice.taxMinor,
      tax_minor: invoice.taxMinor,
      paid_out_of_band: paymentId === null,
      receipt_url: receiptUrl,
      pay_url: null,
    },
    together: async (transaction) => {
      await showPayment(transaction, order, {
        status: "paid",
        invoice_url: invoice.url,
        receipt_url: receiptUrl,
      });
      await repairFindings(transaction, { topUpId: top_up_id, kinds: MENDED });
    },
  });
}

/** What a paid invoice puts right. */
const MENDED = ["invoice_mismatch", "unanswered_order"];

async function showPayment(
  transaction: Transaction,
  { customer_id, grant_id }: TopUpRow,
  payment: { status: string; invoice_url: string | null; receipt_url: string | null },
): Promise<void> {
  await storeGrantPayment(transaction, { customer_id, grant_id, ...payment });
}
