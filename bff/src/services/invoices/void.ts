import { ServiceError } from "../../errors.ts";
import { GatewayError } from "../../payments/gateway.ts";
import type { TopUpRow } from "../../storage/payments/top-ups.ts";
import type { Call } from "../call.ts";
import { advance } from "../top-ups/move.ts";
import { noteStep } from "./note-step.ts";
import { gatewayOf, toServiceError, type TopUpDeps } from "../top-ups/payments.ts";
import { followInvoice } from "./follow.ts";
import { findInvoiceOf } from "./issue.ts";
import { takeBack } from "./take-back.ts";

/**
 * Voids an invoice at Stripe, so that nobody can pay it, and takes back what is left of its credits. One that turns out to
 * be paid stays paid.
 * @throws ServiceError `overloaded` while Stripe does not answer
 */
export async function voidInvoice(
  deps: TopUpDeps,
  call: Pick<Call, "actor">,
  { order, reason }: { order: TopUpRow; reason: string | undefined },
): Promise<TopUpRow> {
  const { kind, id } = call.actor;
  const step = { cause: "void", actor: { kind, id }, reason };
  try {
    const invoice = await findInvoiceOf(deps, order);
    if (invoice) {
      // Who wants it and why is kept first: a webhook may be quicker to notice that it is done.
      await noteStep(deps, order, step);
      const idempotencyKey = `${order.stripe_key}-void-${invoice.status}`;
      try {
        await gatewayOf(deps).voidInvoice({ id: invoice.id, idempotencyKey });
      } catch (error) {
        if (!(error instanceof GatewayError) || error.kind !== "refused") throw error;
        return (await followInvoice(deps, order, "void")).order;
      }
      await takeBack(deps, order, invoice.id);
    }
  } catch (error) {
    throw error instanceof GatewayError ? toServiceError(error) : error;
  }
  const change = { pay_url: null, ...(order.invoice_id === null ? {} : { invoice_status: "void" }) };
  const voided = await advance(deps, order, { status: "void", step, change });
  if (voided.status === "void") return voided;
  throw new ServiceError(
    "state_conflict",
    `The order is ${voided.status.replace("_", " ")} and cannot be given up.`,
  );
}
