import type { TopUpRow } from "../../storage/payments/top-ups.ts";
import { issueInvoice } from "../invoices/issue.ts";
import { fulfilOrder, type Looked, settleBy } from "./fulfil.ts";
import { notCharged, type TopUpDeps } from "./payments.ts";
import { startPayment } from "./start-payment.ts";

/**
 * Has a placed order paid: opens its checkout, or charges its card and grants at once what that paid for. Doing it again
 * asks for no more money.
 * @throws ServiceError `card_declined` for a charge that failed, now or before, `state_conflict` for one that could not
 * be tried; as `startPayment`
 */
export async function pay(deps: TopUpDeps, order: TopUpRow): Promise<Looked> {
  const looked = await payOnce(deps, order);
  const { method, status } = looked.order;
  if (method === "charge" && status === "failed") throw notCharged(looked.order);
  return looked;
}

async function payOnce(deps: TopUpDeps, order: TopUpRow): Promise<Looked> {
  if (order.status === "paid" || order.status === "failed") return { order, seen: null };
  if (order.method === "invoice" && order.status === "void") return { order, seen: null };
  if (order.method === "invoice" && order.invoice_status === null) return issueInvoice(deps, order);
  if (order.status !== "awaiting_payment") return fulfilOrder(deps, order, "order");
  return settleBy(deps, await startPayment(deps, order), "order");
}
