import type { WidgetTopUp } from "@credits-kit/contract";
import type { Session } from "../../auth/session-tokens.ts";
import { ServiceError } from "../../errors.ts";
import type { Call, Deps } from "../call.ts";
import { needTopUp } from "./get.ts";
import { giveUpPayment } from "./give-up.ts";
import { viewWidgetTopUp } from "./view.ts";

/**
 * Gives up an order in its buyer's name, so that nobody can pay it any more. One that is over already, paid or not, is
 * answered as it is: asking again changes nothing.
 * @throws ServiceError `not_found`, also for another customer's; `payment_processing` while its money is on its way;
 * `state_conflict` for an invoice; `overloaded` while Stripe does not answer
 */
export async function cancelWidgetTopUp(
  deps: Deps,
  call: Pick<Call, "actor">,
  { id, session: { customerId } }: { id: string; session: Pick<Session, "customerId"> },
): Promise<WidgetTopUp> {
  const order = await needTopUp(deps, id, customerId);
  if (order.method === "invoice" && order.status === "awaiting_payment")
    throw new ServiceError("state_conflict", "An invoice is taken back by whoever sent it.");
  const isWaiting = order.status === "awaiting_payment" || order.status === "action_required";
  const step = { cause: "cancel", actor: { kind: call.actor.kind, id: call.actor.id } };
  const after = isWaiting ? await giveUpPayment(deps, order, step) : order;
  if (after.status === "processing")
    throw new ServiceError(
      "payment_processing",
      "The payment is on its way and cannot be given up: its credits come with it, or it fails.",
    );
  return viewWidgetTopUp(deps, { order: after, seen: null });
}
