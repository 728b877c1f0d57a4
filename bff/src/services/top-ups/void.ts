import type { TopUp, TopUpVoid } from "@credits-kit/contract";
import { ServiceError } from "../../errors.ts";
import { GatewayError } from "../../payments/gateway.ts";
import { historiesOf, type TopUpRow } from "../../storage/payments/top-ups.ts";
import { answerClaimed } from "../answer-claimed.ts";
import type { Call, Deps, StoredAnswer } from "../call.ts";
import { voidInvoice } from "../invoices/void.ts";
import type { Started } from "./adopt.ts";
import { findAtStripe } from "./find-at-stripe.ts";
import { settleBy } from "./fulfil.ts";
import { needTopUp } from "./get.ts";
import { advance } from "./move.ts";
import { gatewayOf, toServiceError } from "./payments.ts";
import { viewTopUp } from "./view.ts";

/**
 * Gives up an order that waits: what could pay it is closed at Stripe first, so that nobody can. Should its money turn
 * out to be on its way all the same, the order stays, and is paid.
 * @throws ServiceError `not_found`; `state_conflict` for an order that is paid, or was given up in another way
 */
export async function voidTopUp(
  deps: Deps,
  call: Call,
  { id, input }: { id: string; input: TopUpVoid },
): Promise<TopUp | StoredAnswer> {
  const { customer_id: customerId } = await needTopUp(deps, id);
  return answerClaimed({ deps, call }, { content: { id, ...input }, status: 200, customerId }, async () => {
    const order = await giveUp(deps, call, { order: await needTopUp(deps, id), reason: input.reason });
    const history = await historiesOf(deps.database.writer, customerId, [id]);
    return viewTopUp(deps, { order, seen: null }, history);
  });
}

async function giveUp(
  deps: Deps,
  call: Call,
  { order, reason }: { order: TopUpRow; reason: string | undefined },
): Promise<TopUpRow> {
  if (order.status === "void") return order;
  if (order.status !== "awaiting_payment" && order.status !== "action_required") throw conflict(order);
  if (order.method === "invoice") return voidInvoice(deps, call, { order, reason });
  const closed = await close(deps, order);
  if (closed) {
    const settled = closed.isDead ? order : (await settleBy(deps, closed.started, "void")).order;
    if (settled.status === "paid" || settled.status === "processing") throw conflict(settled);
  }
  const { kind, id } = call.actor;
  const step = { cause: "void", actor: { kind, id }, reason };
  const voided = await advance(deps, order, { status: "void", step, change: { pay_url: null } });
  if (voided.status !== "void") throw conflict(voided);
  return voided;
}

/** Closes what the order could be paid by. Null where there is nothing. */
async function close(deps: Deps, order: TopUpRow): Promise<{ started: Started; isDead: boolean } | null> {
  const payments = gatewayOf(deps);
  try {
    const started = await findAtStripe(deps, order);
    if (!started) return null;
    if ("checkout" in started) {
      const checkout = await payments.expireCheckout(started.checkout.id);
      return { started: { order: started.order, checkout }, isDead: checkout.status === "expired" };
    }
    const payment = await payments.cancelPayment(started.payment.id);
    return { started: { order: started.order, payment }, isDead: payment.status === "canceled" };
  } catch (error) {
    throw error instanceof GatewayError ? toServiceError(error) : error;
  }
}

function conflict({ status }: TopUpRow): ServiceError {
  return new ServiceError(
    "state_conflict",
    `The order is ${status.replace("_", " ")} and cannot be given up.`,
  );
}
