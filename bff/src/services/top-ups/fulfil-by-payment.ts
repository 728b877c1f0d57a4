import type { PaymentView } from "../../payments/gateway.ts";
import type { TopUpRow } from "../../storage/payments/top-ups.ts";
import { reportFinding } from "../reconciliation/report.ts";
import { adoptCheckout, adoptPayment, type Started } from "./adopt.ts";
import { fulfilOrder, type Looked, settleBy } from "./fulfil.ts";
import { gatewayOf, type TopUpDeps } from "./payments.ts";

/** So long a payment may be there before the checkout that it was made in says so. */
const NOT_YET_TOLD_MS = 10 * 60_000;

/**
 * Brings an order to where a payment that names it, just read, says that it is. An order that never learnt what its money
 * comes by, because the answer was lost, learns it here. A payment that succeeded and did not buy its credits is put on the
 * list.
 * @throws GatewayError, ServiceError when the credits cannot be granted now; asking again later is safe
 */
export async function fulfilByPayment(
  deps: TopUpDeps,
  { order, payment }: { order: TopUpRow; payment: PaymentView },
  cause: string,
): Promise<Looked> {
  const started = await startedBy(deps, order, payment);
  const looked = started ? await settleBy(deps, started, cause) : await fulfilOrder(deps, order, cause);
  if (payment.status === "succeeded" && looked.order.status !== "paid")
    await reportLost(deps, looked, payment);
  return looked;
}

/** What the order's money comes by, where it does not know. */
async function startedBy(deps: TopUpDeps, order: TopUpRow, payment: PaymentView): Promise<Started | null> {
  const { method, status, payment_intent_id: paymentId, checkout_session_id: sessionId } = order;
  if (status === "paid") return null;
  if (method === "charge")
    return paymentId === null ? { order: await adoptPayment(deps, order, payment), payment } : null;
  if (method !== "checkout" || sessionId !== null) return null;
  const checkout = await gatewayOf(deps).checkoutOfPayment(payment.id);
  return checkout && { order: await adoptCheckout(deps, order, checkout), checkout };
}

/** What was seen and is not the order's is on the list by now; else nobody would hear of this money. */
async function reportLost(deps: TopUpDeps, { order, seen }: Looked, payment: PaymentView): Promise<void> {
  const seenId = seen?.checkout ? seen.checkout.payment?.id : seen?.payment?.id;
  const isJudged = seenId === payment.id;
  const isNew = deps.now() - payment.createdAtMs < NOT_YET_TOLD_MS;
  if (isJudged || (seen !== null && isNew)) return;
  await reportFinding(deps, {
    kind: "paid_without_credits",
    about: payment.id,
    order,
    detail:
      "The payment names the order, and is not what the order is paid by: grant by hand, or give it back.",
    amount: { amountMinor: payment.receivedMinor, currency: payment.currency },
  });
}
