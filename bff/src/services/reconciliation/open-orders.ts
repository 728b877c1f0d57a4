import { noteLook, openTopUps, type TopUpRow } from "../../storage/payments/top-ups.ts";
import type { Looked } from "../top-ups/looked.ts";
import { fulfilOrder, settleBy } from "../top-ups/fulfil.ts";
import { advance, failTopUp } from "../top-ups/move.ts";
import { gatewayOf, type TopUpDeps } from "../top-ups/payments.ts";
import type { Looks } from "./looks.ts";

const CAUSE = "reconcile";
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** An order that is younger is left to webhooks and to its buyer's return. */
const LEFT_ALONE_MS = 3 * MINUTE_MS;
/** The older an order is, the less often it is looked at: an invoice may wait for months. The oldest first. */
const LOOKS = [
  { olderThanMs: 7 * DAY_MS, everyMs: 6 * HOUR_MS },
  { olderThanMs: DAY_MS, everyMs: HOUR_MS },
  { olderThanMs: HOUR_MS, everyMs: 10 * MINUTE_MS },
] as const;
const PAGE = 100;

/** Looks at orders that nobody heard of for a while. @throws GatewayError when Stripe does not answer at all */
export async function settleOpenOrders(deps: TopUpDeps, looks: Looks): Promise<void> {
  const { writer } = deps.database;
  const now = deps.now();
  const before = new Date(now - LEFT_ALONE_MS);
  const rhythm = LOOKS.map(({ olderThanMs, everyMs }) => ({
    madeBefore: new Date(now - olderThanMs),
    lookedBefore: new Date(now - everyMs),
  }));
  let after: TopUpRow | null = null;
  for (;;) {
    const page: TopUpRow[] = await openTopUps(writer, { before, rhythm, after, limit: PAGE });
    for (const order of page) {
      const what = "The order";
      const fault = { kind: "unanswered_order", about: order.top_up_id, order, what } as const;
      await looks.look(fault, async () => settleOpen(deps, order, await fulfilOrder(deps, order, CAUSE)));
      await noteLook(writer, order, new Date(now));
    }
    after = page.at(-1) ?? null;
    if (page.length < PAGE) return;
  }
}

async function settleOpen(
  deps: TopUpDeps,
  order: TopUpRow,
  { order: standing, seen }: Looked,
): Promise<void> {
  const age = deps.now() - (standing.called_at ?? order.created_at).getTime();
  if (seen?.payment && age > DAY_MS) return giveUpWaiting(deps, standing);
  if (seen !== null) return;
  // Stripe has nothing for it: nobody was ever asked for the money, or the answer never will be known.
  if (order.method === "checkout" && (order.payable_until?.getTime() ?? 0) < deps.now()) {
    await advance(deps, order, { status: "expired", step: { cause: CAUSE } });
  } else if (order.method === "charge" && age > DAY_MS) {
    const message = "The payment was never made.";
    await failTopUp(deps, order, { code: "never_made", declineCode: null, message, cause: CAUSE });
  }
}

/** A payer who was there and left is not waited for any longer. Money wins, should it have come just now. */
async function giveUpWaiting(deps: TopUpDeps, order: TopUpRow): Promise<void> {
  const { status, payment_intent_id: paymentId, source_kind: source } = order;
  // Auto top-ups wait for their payer by a clock of their own.
  if (status !== "action_required" || paymentId === null || source === "auto_top_up") return;
  const payment = await gatewayOf(deps).cancelPayment(paymentId);
  if (payment.status === "canceled")
    await advance(deps, order, { status: "expired", step: { cause: CAUSE }, change: { pay_url: null } });
  else await settleBy(deps, { order, payment }, CAUSE);
}
