import type { InvoiceView } from "../../payments/invoice-gateway.ts";
import { repairFindings } from "../../storage/payments/findings.ts";
import { findStripeObject, noteStripeObjects } from "../../storage/payments/stripe-objects.ts";
import { findTopUp, type HistoryStep, type TopUpRow } from "../../storage/payments/top-ups.ts";
import { reportFinding } from "../reconciliation/report.ts";
import { submitOne } from "../submit-one.ts";
import { grantOfOrder } from "../top-ups/grant-of-order.ts";
import type { Looked } from "../top-ups/looked.ts";
import { advance } from "../top-ups/move.ts";
import { gatewayOf, type TopUpDeps } from "../top-ups/payments.ts";
import { differenceOf } from "./judge.ts";
import { keepInvoice, showPayment } from "./keep.ts";
import { releaseCredits } from "./release.ts";
import { isWithdrawn, settleVoid, withdrawInvoice } from "./withdraw.ts";

export interface SettleInvoice {
  readonly order: TopUpRow;
  readonly invoice: InvoiceView;
  /** Who noticed. */
  readonly cause: string;
  readonly step?: Omit<HistoryStep, "cause">;
}

/**
 * Brings an order, and its credits, to where its invoice, just read, says that they are. Whoever notices first may call
 * it, any number at once: each step is a command with an id of its own. Money wins: a paid invoice pays its order, whatever
 * became of it; one that is not paid is taken back where its order was given up.
 * @throws GatewayError, ServiceError when it cannot be done now; asking again later is safe
 */
export async function settleInvoice(
  deps: TopUpDeps,
  { order, invoice, cause, step }: SettleInvoice,
): Promise<Looked> {
  const difference = await judgeInvoice(deps, order, invoice);
  if (difference !== null) {
    const detail = `The invoice ${difference}.`;
    await reportFinding(deps, { kind: "invoice_mismatch", about: invoice.id, order, detail });
    return { order, seen: {} };
  }
  if (invoice.status === "void") {
    const settled = await settleVoid(deps, { order, invoice, step: { cause, ...step } });
    return { order: settled, seen: {} };
  }
  const isPaid = invoice.status === "paid";
  const withdraw = async (standing: TopUpRow): Promise<Looked> => {
    const done = await withdrawInvoice(deps, { order: standing, invoice, step: { cause, ...step } });
    if ("order" in done) return { order: done.order, seen: {} };
    return settleInvoice(deps, { order: standing, invoice: done.paid, cause });
  };
  if (order.invoice_status === null && !isPaid) {
    const standing = await findTopUp(deps.database.writer, order);
    if (standing && isWithdrawn(standing)) return withdraw(standing);
  }
  if (invoice.status === "draft") return { order, seen: {} };
  // Kept only once its credits are there.
  if (order.invoice_status === null) await giveCredits(deps, order, invoice);
  const kept = await keepInvoice(deps, order, invoice);
  if (!isPaid) {
    // Given up while its credits were given: whoever did so may not have seen them.
    if (isWithdrawn(kept)) return withdraw(kept);
    if (invoice.status === "uncollectible" && kept.release_on === "issued") {
      const detail = "The invoice is uncollectible, and its credits were released when it was sent.";
      await reportFinding(deps, { kind: "invoice_mismatch", about: invoice.id, order: kept, detail });
    }
    return { order: kept, seen: {} };
  }
  await releaseCredits(deps, kept, invoice.id);
  return { order: await notePaid(deps, { order: kept, invoice, cause, step: step ?? {} }), seen: {} };
}

/** In what an invoice is not the order's; null where it is. */
export async function judgeInvoice(
  deps: Pick<TopUpDeps, "database" | "mode">,
  order: TopUpRow,
  invoice: InvoiceView,
): Promise<string | null> {
  const customer = invoice.stripeCustomerId;
  const owner = customer === null ? undefined : await findStripeObject(deps.database.writer, customer);
  return differenceOf({ order, owner: owner?.customer_id ?? null, isLive: deps.mode === "live" }, invoice);
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

async function notePaid(
  deps: TopUpDeps,
  { order, invoice, cause, step }: Required<SettleInvoice>,
): Promise<TopUpRow> {
  const payments = gatewayOf(deps);
  const { customer_id, top_up_id } = order;
  const paymentIds = await payments.paymentsOfInvoice(invoice.id);
  const [paymentId = null] = paymentIds;
  const receiptUrl = paymentId === null ? null : (await payments.readPayment(paymentId)).receiptUrl;
  // Any of them may be given back.
  const objects = paymentIds.map((object_id) => ({ object_id, customer_id, top_up_id }));
  await noteStripeObjects(deps.database.writer, objects);
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
