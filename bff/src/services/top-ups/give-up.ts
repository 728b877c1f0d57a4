import { GatewayError } from "../../payments/gateway.ts";
import type { HistoryStep, TopUpRow } from "../../storage/payments/top-ups.ts";
import type { Started } from "./adopt.ts";
import { findAtStripe } from "./find-at-stripe.ts";
import { settleBy } from "./fulfil.ts";
import { advance } from "./move.ts";
import { gatewayOf, toServiceError, type TopUpDeps } from "./payments.ts";

/**
 * Gives up a checkout or a charge that waits: what could pay it is closed at Stripe first, so that nobody can. Money wins:
 * should it be on its way, or there, the order is paid all the same.
 * @returns the order as it stands then: `void`, or `expired` where Stripe was quicker to say so; `paid`, `processing`
 * @throws ServiceError `overloaded` while Stripe does not answer
 */
export async function giveUpPayment(deps: TopUpDeps, order: TopUpRow, step: HistoryStep): Promise<TopUpRow> {
  const closed = await close(deps, order);
  if (closed) {
    const settled = closed.isDead ? order : (await settleBy(deps, closed.started, step.cause)).order;
    if (settled.status === "paid" || settled.status === "processing") return settled;
  }
  return advance(deps, order, { status: "void", step, change: { pay_url: null } });
}

/** Closes what the order could be paid by. Null where there is nothing. */
async function close(
  deps: TopUpDeps,
  order: TopUpRow,
): Promise<{ started: Started; isDead: boolean } | null> {
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
