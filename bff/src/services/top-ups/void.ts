import type { TopUp, TopUpVoid } from "@credits-kit/contract";
import { ServiceError } from "../../errors.ts";
import { historiesOf, type TopUpRow } from "../../storage/payments/top-ups.ts";
import { answerClaimed } from "../answer-claimed.ts";
import type { Call, Deps, StoredAnswer } from "../call.ts";
import { voidInvoice } from "../invoices/void.ts";
import { needTopUp } from "./get.ts";
import { giveUpPayment } from "./give-up.ts";
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
  const { kind, id } = call.actor;
  const after = await giveUpPayment(deps, order, { cause: "void", actor: { kind, id }, reason });
  // That its checkout is closed may have been heard from Stripe first.
  if (after.status !== "void" && after.status !== "expired") throw conflict(after);
  return after;
}

function conflict({ status }: TopUpRow): ServiceError {
  return new ServiceError(
    "state_conflict",
    `The order is ${status.replace("_", " ")} and cannot be given up.`,
  );
}
