import { GatewayError } from "../../payments/gateway.ts";
import type { InvoiceView } from "../../payments/invoice-gateway.ts";
import type { TopUpRow } from "../../storage/payments/top-ups.ts";
import type { Looked } from "../top-ups/looked.ts";
import { failTopUp } from "../top-ups/move.ts";
import type { TopUpDeps } from "../top-ups/payments.ts";
import { bringOut, findInvoiceOf } from "./issue.ts";
import { settleInvoice } from "./settle.ts";
import { isWithdrawn, withdrawInvoice } from "./withdraw.ts";

const DAY_MS = 24 * 60 * 60_000;

/**
 * Brings an order by invoice to where Stripe says that it is. An invoice that was begun and never sent, because a process
 * died over it, is finished by the comparison.
 * @throws GatewayError, ServiceError when it cannot be done now; asking again later is safe
 */
export function followInvoice(deps: TopUpDeps, order: TopUpRow, cause: string): Promise<Looked> {
  return follow(deps, order, { cause, finishes: cause === "reconcile" });
}

/**
 * The same, by whoever answers for the order: what was begun is finished, and what was never made within a day is given
 * up. @throws as `followInvoice`
 */
export function finishInvoice(deps: TopUpDeps, order: TopUpRow, cause: string): Promise<Looked> {
  return follow(deps, order, { cause, finishes: true });
}

async function follow(
  deps: TopUpDeps,
  order: TopUpRow,
  { cause, finishes }: { cause: string; finishes: boolean },
): Promise<Looked> {
  if (isWithdrawn(order)) return followWithdrawn(deps, order, cause);
  const found = await findInvoiceOf(deps, order);
  const isLeft = finishes && (found === null || isHalfDone(order, found));
  if (isLeft && deps.now() - order.created_at.getTime() > DAY_MS && found === null) {
    const message = "The invoice was never made.";
    return {
      order: await failTopUp(deps, order, { code: "never_made", declineCode: null, message, cause }),
      seen: {},
    };
  }
  if (isLeft && order.called_at !== null) {
    const brought = await bringOut(deps, order);
    return settleInvoice(deps, { ...brought, cause });
  }
  return found ? settleInvoice(deps, { order, invoice: found, cause }) : { order, seen: {} };
}

/** An order that was given up: its invoice, if there is one, is taken back, unless it was paid all the same. */
async function followWithdrawn(deps: TopUpDeps, order: TopUpRow, cause: string): Promise<Looked> {
  let invoice: InvoiceView | null;
  try {
    invoice = await findInvoiceOf(deps, order);
  } catch (error) {
    // A draft that was taken back is deleted.
    if (error instanceof GatewayError && error.kind === "missing") return { order, seen: null };
    throw error;
  }
  if (!invoice) return { order, seen: null };
  if (invoice.status === "paid" || invoice.status === "void")
    return settleInvoice(deps, { order, invoice, cause });
  const done = await withdrawInvoice(deps, { order, invoice, step: { cause } });
  if ("order" in done) return { order: done.order, seen: {} };
  return settleInvoice(deps, { order, invoice: done.paid, cause });
}

function isHalfDone(order: TopUpRow, { status }: InvoiceView): boolean {
  return status === "draft" || (status === "open" && order.invoice_status === null);
}
