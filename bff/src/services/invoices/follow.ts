import type { InvoiceView } from "../../payments/invoice-gateway.ts";
import type { TopUpRow } from "../../storage/payments/top-ups.ts";
import type { Looked } from "../top-ups/looked.ts";
import { failTopUp } from "../top-ups/move.ts";
import type { TopUpDeps } from "../top-ups/payments.ts";
import { bringOut, findInvoiceOf } from "./issue.ts";
import { settleInvoice } from "./settle.ts";

const DAY_MS = 24 * 60 * 60_000;

/**
 * Brings an order by invoice to where Stripe says that it is. An invoice that was begun and never sent, because a process
 * died over it, is finished by the comparison.
 * @throws GatewayError, ServiceError when it cannot be done now; asking again later is safe
 */
export async function followInvoice(deps: TopUpDeps, order: TopUpRow, cause: string): Promise<Looked> {
  if (order.status === "failed" || order.status === "void") return { order, seen: null };
  const found = await findInvoiceOf(deps, order);
  const isLeft = cause === "reconcile" && (found === null || isHalfDone(order, found));
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

function isHalfDone(order: TopUpRow, { status }: InvoiceView): boolean {
  return status === "draft" || (status === "open" && order.invoice_status === null);
}
