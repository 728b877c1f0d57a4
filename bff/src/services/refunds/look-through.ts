import { readRun } from "../../storage/payments/findings.ts";
import { paymentsToLookAt } from "../../storage/payments/reversals.ts";
import type { Looks } from "../reconciliation/looks.ts";
import { gatewayOf, type TopUpDeps } from "../top-ups/payments.ts";
import { followReversals } from "./follow.ts";

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;
/** A refund that succeeded can fail for about a month after. */
const REFUND_LIFE_MS = 40 * DAY_MS;
const FIRST_LOOK_BACK_MS = 30 * DAY_MS;
const MOST_AGAIN = 500;

/**
 * Looks through the refunds and disputes since the last comparison, and through those that may still change: for when no
 * webhook told of them.
 * @throws GatewayError when Stripe does not answer at all
 */
export async function lookThroughReversals(deps: TopUpDeps, looks: Looks, startedAt: number): Promise<void> {
  const { writer } = deps.database;
  const checkedAt = (await readRun(writer))?.checked_at?.getTime();
  const since = checkedAt === undefined ? startedAt - FIRST_LOOK_BACK_MS : checkedAt - HOUR_MS;
  const again = {
    settledAfter: new Date(startedAt - REFUND_LIFE_MS),
    lookedBefore: new Date(startedAt - DAY_MS),
    limit: MOST_AGAIN,
  };
  const payments = new Set(await paymentsToLookAt(writer, again));
  await looks.readAll("refunds and disputes", async () => {
    for await (const paymentId of gatewayOf(deps).reversedPayments(since)) payments.add(paymentId);
  });
  for (const paymentId of payments) {
    const fault = { kind: "refund_mismatch", about: paymentId, what: "What went back of it" } as const;
    await looks.look(fault, () => followReversals(deps, paymentId, "reconcile"));
  }
}
