import { ServiceError } from "../../errors.ts";
import { GatewayError } from "../../payments/gateway.ts";
import type { TopUpRow } from "../../storage/payments/top-ups.ts";
import type { Call } from "../call.ts";
import { advance } from "../top-ups/move.ts";
import { toServiceError, type TopUpDeps } from "../top-ups/payments.ts";
import { followInvoice } from "./follow.ts";
import { findInvoiceOf } from "./issue.ts";
import { noteStep } from "./note-step.ts";
import { settleInvoice } from "./settle.ts";
import { withdrawInvoice } from "./withdraw.ts";

/**
 * Voids an invoice at Stripe, so that nobody can pay it, and takes back what is left of its credits. One that turns out to
 * be paid stays paid.
 * @throws ServiceError `overloaded` while Stripe does not answer
 */
export async function voidInvoice(
  deps: TopUpDeps,
  call: Pick<Call, "actor">,
  asked: { order: TopUpRow; reason: string | undefined },
): Promise<TopUpRow> {
  let order: TopUpRow;
  try {
    order = await giveUp(deps, call, asked);
  } catch (error) {
    throw error instanceof GatewayError ? toServiceError(error) : error;
  }
  if (order.status === "void") return order;
  throw new ServiceError(
    "state_conflict",
    `The order is ${order.status.replace("_", " ")} and cannot be given up.`,
  );
}

async function giveUp(
  deps: TopUpDeps,
  { actor: { kind, id } }: Pick<Call, "actor">,
  { order, reason }: { order: TopUpRow; reason: string | undefined },
): Promise<TopUpRow> {
  const step = { cause: "void", actor: { kind, id }, reason };
  const invoice = await findInvoiceOf(deps, order);
  if (!invoice) {
    const voided = await advance(deps, order, { status: "void", step, change: { pay_url: null } });
    // Whoever makes one at this moment notes it first, and sees then that the order is void: one of both takes it back.
    return voided.invoice_id === null ? voided : (await followInvoice(deps, voided, "void")).order;
  }
  // Who wants it and why is kept first: a webhook may be quicker to notice that it is done.
  await noteStep(deps, order, step);
  const done = await withdrawInvoice(deps, { order, invoice, step });
  if ("order" in done) return done.order;
  return (await settleInvoice(deps, { order, invoice: done.paid, cause: "void" })).order;
}
