import { GatewayError } from "../../payments/gateway.ts";
import type { InvoiceView } from "../../payments/invoice-gateway.ts";
import type { HistoryStep, TopUpRow } from "../../storage/payments/top-ups.ts";
import { advance } from "../top-ups/move.ts";
import { gatewayOf, type TopUpDeps } from "../top-ups/payments.ts";
import { keepInvoice } from "./keep.ts";
import { takeBack } from "./take-back.ts";

/** An order whose invoice is void, or is to be. */
export interface Withdrawal {
  readonly order: TopUpRow;
  readonly invoice: InvoiceView;
  readonly step: HistoryStep;
}

/**
 * Voids an invoice at Stripe, so that nobody can pay it, and then here. One that turns out to be paid stays so.
 * @returns the order as it stands then, or the invoice where it was paid meanwhile
 * @throws GatewayError, ServiceError when it cannot be done now; asking again later is safe
 */
export async function withdrawInvoice(
  deps: TopUpDeps,
  { order, invoice, step }: Withdrawal,
): Promise<{ order: TopUpRow } | { paid: InvoiceView }> {
  const after = await voidAtStripe(deps, order, invoice);
  if (after.status === "paid") return { paid: after };
  return { order: await settleVoid(deps, { order, invoice: after, step }) };
}

/** Voids an invoice at Stripe only. @returns it as it is then, void or paid @throws GatewayError */
export async function voidAtStripe(
  deps: TopUpDeps,
  order: TopUpRow,
  invoice: InvoiceView,
): Promise<InvoiceView> {
  const payments = gatewayOf(deps);
  const idempotencyKey = `${order.stripe_key}-void-${invoice.status}`;
  try {
    await payments.voidInvoice({ id: invoice.id, idempotencyKey });
    return { ...invoice, status: "void" };
  } catch (error) {
    if (!(error instanceof GatewayError) || error.kind !== "refused") throw error;
    const after = await payments.readInvoice(invoice.id);
    if (after.status !== "paid") throw error;
    return after;
  }
}

/** Whether nobody is to pay an order by invoice any more. */
export function isWithdrawn({ status, invoice_status }: TopUpRow): boolean {
  return status === "failed" || status === "void" || (status !== "paid" && invoice_status === "void");
}

/** Brings an order, and its credits, to where its invoice is, which is void. @throws ServiceError as `takeBack` */
export async function settleVoid(deps: TopUpDeps, { order, invoice, step }: Withdrawal): Promise<TopUpRow> {
  const kept = await keepInvoice(deps, order, invoice);
  await takeBack(deps, kept, invoice.id);
  const settled = await advance(deps, kept, { status: "void", step, change: { pay_url: null } });
  // Whoever sent the invoice may have given its credits in between, and not seen yet that the order is void.
  await takeBack(deps, settled, invoice.id);
  return settled;
}
