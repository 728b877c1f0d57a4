import { GatewayError } from "../../payments/gateway.ts";
import { readRun } from "../../storage/payments/findings.ts";
import { paymentsToLookAt } from "../../storage/payments/reversals.ts";
import { reportFinding } from "../reconciliation/report.ts";
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
 * @throws GatewayError when Stripe does not answer
 */
export async function lookThroughReversals(deps: TopUpDeps, startedAt: number): Promise<void> {
  const { writer } = deps.database;
  const checkedAt = (await readRun(writer))?.checked_at?.getTime();
  const since = checkedAt === undefined ? startedAt - FIRST_LOOK_BACK_MS : checkedAt - HOUR_MS;
  const again = {
    settledAfter: new Date(startedAt - REFUND_LIFE_MS),
    lookedBefore: new Date(startedAt - DAY_MS),
    limit: MOST_AGAIN,
  };
  const payments = new Set(await paymentsToLookAt(writer, again));
  for await (const { paymentId } of gatewayOf(deps).reversals(since))
    if (paymentId !== null) payments.add(paymentId);
  for (const paymentId of payments) await attempt(deps, paymentId);
}

/** What goes wrong with one payment is listed, and the others go on. */
async function attempt(deps: TopUpDeps, paymentId: string): Promise<void> {
  try {
    await followReversals(deps, paymentId, "reconcile");
  } catch (error) {
    if (error instanceof GatewayError && error.kind !== "missing" && error.kind !== "refused") throw error;
    const detail = `Its refunds could not be looked at: ${error instanceof Error ? error.message : "failed"}.`;
    await reportFinding(deps, { kind: "refund_mismatch", about: paymentId, detail });
  }
}
