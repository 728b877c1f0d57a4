import type { TopUpStatus } from "@credits-kit/contract";
import { formatCredits } from "@credits-kit/amounts";
import { ServiceError } from "../../errors.ts";
import { GatewayError } from "../../payments/gateway.ts";
import { claimBankAddress, storeTopUp, type TopUpRow } from "../../storage/payments/top-ups.ts";
import { settleBy } from "../top-ups/fulfil.ts";
import { needTopUp } from "../top-ups/get.ts";
import { lookIfOpen } from "../top-ups/look.ts";
import { gatewayOf, toServiceError, type TopUpDeps } from "../top-ups/payments.ts";

/** Between two questions to Stripe where an order is confirmed, whoever asks and however often. */
const ASK_EVERY_MS = 2_000;

/** An order as the page shows it on which its payer confirms it. */
export interface OrderToConfirm {
  readonly id: string;
  readonly status: TopUpStatus;
  readonly credits: string;
  readonly totalMinor: bigint;
  readonly currency: string;
}

/** The order, after a look at Stripe; null if there is none that is charged. */
export async function readOrderToConfirm(deps: TopUpDeps, topUpId: string): Promise<OrderToConfirm | null> {
  const order = await findCharged(deps, topUpId);
  return order && viewOrder((await lookIfOpen(deps, order, "return_page")).order);
}

/**
 * Has the payer of an order confirm it, who is there now: the same payment goes on, so that nothing can be charged twice.
 * @returns where the bank asks, or how the order stands if it does not ask
 * @throws ServiceError `overloaded` when Stripe does not answer
 */
export async function confirmOrder(
  deps: TopUpDeps,
  topUpId: string,
): Promise<{ readonly url: string } | { readonly order: OrderToConfirm } | null> {
  const order = await findCharged(deps, topUpId);
  if (!order) return null;
  const { payment_intent_id: paymentId, payment_method_id: paymentMethodId } = order;
  if (order.status !== "action_required" || paymentId === null || paymentMethodId === null)
    return { order: viewOrder(order) };
  const now = deps.now();
  const window = { now: new Date(now), unlessAfter: new Date(now - ASK_EVERY_MS) };
  if (!(await claimBankAddress(deps.database.writer, order, window)))
    return order.bank_url === null ? { order: viewOrder(order) } : { url: order.bank_url };
  const returnUrl = order.success_url ?? `${deps.selling.publicUrl}/stripe/return?top_up=${topUpId}`;
  const payments = gatewayOf(deps);
  try {
    const standing = await payments.readPayment(paymentId);
    const asked =
      standing.status === "requires_payment_method"
        ? await payments.confirmPayment({
            ...{ paymentId, paymentMethodId, returnUrl },
            idempotencyKey: `confirm-${paymentId}`,
          })
        : standing;
    if (asked.status === "requires_action" && asked.actionUrl !== null) {
      await storeTopUp(deps.database.writer, order, { bank_url: asked.actionUrl });
      return { url: asked.actionUrl };
    }
    const settled = await settleBy(deps, { order, payment: asked }, "return_page");
    return { order: viewOrder(settled.order) };
  } catch (error) {
    throw error instanceof GatewayError ? toServiceError(error) : error;
  }
}

async function findCharged(deps: TopUpDeps, topUpId: string): Promise<TopUpRow | null> {
  try {
    const order = await needTopUp(deps, topUpId);
    return order.method === "charge" ? order : null;
  } catch (error) {
    if (error instanceof ServiceError && error.code === "not_found") return null;
    throw error;
  }
}

function viewOrder(order: TopUpRow): OrderToConfirm {
  return {
    id: order.top_up_id,
    status: order.status,
    credits: formatCredits(BigInt(order.credits)),
    totalMinor: BigInt(order.total_minor),
    currency: order.currency,
  };
}
