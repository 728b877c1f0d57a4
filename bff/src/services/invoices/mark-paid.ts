import type { TopUp, TopUpMarkPaid } from "@credits-kit/contract";
import { ServiceError } from "../../errors.ts";
import { GatewayError } from "../../payments/gateway.ts";
import { historiesOf, type TopUpRow } from "../../storage/payments/top-ups.ts";
import { answerClaimed } from "../answer-claimed.ts";
import type { Call, Deps, StoredAnswer } from "../call.ts";
import type { Looked } from "../top-ups/looked.ts";
import { needTopUp } from "../top-ups/get.ts";
import { gatewayOf, toServiceError } from "../top-ups/payments.ts";
import { viewTopUp } from "../top-ups/view.ts";
import { findInvoiceOf } from "./issue.ts";
import { noteStep } from "./note-step.ts";
import { settleInvoice } from "./settle.ts";

/**
 * Says that the money of an invoice came another way, such as by a bank transfer: it is marked paid at Stripe too, and its
 * credits are released. Who said so and why is kept before anything else happens.
 * @throws ServiceError `not_found`; `state_conflict` for an order that is not by invoice, or is not open
 */
export async function markTopUpPaid(
  deps: Deps,
  call: Call,
  { id, input }: { id: string; input: TopUpMarkPaid },
): Promise<TopUp | StoredAnswer> {
  const { customer_id: customerId } = await needTopUp(deps, id);
  return answerClaimed({ deps, call }, { content: { id, ...input }, status: 200, customerId }, async () => {
    const looked = await markPaid(deps, call, { order: await needTopUp(deps, id), reason: input.reason });
    return viewTopUp(deps, looked, await historiesOf(deps.database.writer, customerId, [id]));
  });
}

async function markPaid(
  deps: Deps,
  call: Call,
  { order, reason }: { order: TopUpRow; reason: string },
): Promise<Looked> {
  if (order.method !== "invoice")
    throw new ServiceError("state_conflict", "Only an order by invoice can be marked paid.");
  const { kind, id: actorId } = call.actor;
  const step = { cause: "mark_paid", actor: { kind, id: actorId }, reason };
  try {
    const payments = gatewayOf(deps);
    const invoice = await findInvoiceOf(deps, order);
    if (order.status !== "awaiting_payment" || !invoice || invoice.status === "draft") throw conflict(order);
    await noteStep(deps, order, step);
    const idempotencyKey = `${order.stripe_key}-mark-paid`;
    const paid = await payments.payInvoiceOutOfBand({ id: invoice.id, idempotencyKey });
    return await settleInvoice(deps, { order, invoice: paid, cause: "mark_paid" });
  } catch (error) {
    throw error instanceof GatewayError ? toServiceError(error) : error;
  }
}

function conflict({ status }: TopUpRow): ServiceError {
  return new ServiceError(
    "state_conflict",
    `The order is ${status.replace("_", " ")} and cannot be marked paid.`,
  );
}
