import { readDatabaseClock, repairFindings } from "../../storage/payments/findings.ts";
import type { Deps } from "../call.ts";
import { reportFinding } from "./report.ts";

/** Signatures of webhooks are refused beyond 300 s; well before that somebody should know. */
const MOST_AHEAD_MS = 60_000;

/** Whether a clock goes with ours; one that is not known of is not blamed. */
export function isClockFine(aheadMs: number | null): boolean {
  return aheadMs === null || Math.abs(aheadMs) <= MOST_AHEAD_MS;
}

/** Compares this process's clock with the database's and with Stripe's, and reports one that goes wrong. */
export async function checkClocks(
  deps: Pick<Deps, "database" | "now" | "onAlarm" | "payments">,
): Promise<{ databaseAheadMs: number; stripeAheadMs: number | null }> {
  const databaseAheadMs = Math.round((await readDatabaseClock(deps.database.writer)) - deps.now());
  const stripeAheadMs = deps.payments?.aheadMs() ?? null;
  for (const [name, aheadMs] of [
    ["The database's", databaseAheadMs],
    ["Stripe's", stripeAheadMs],
  ] as const) {
    const about = name.startsWith("The") ? "database" : "stripe";
    if (isClockFine(aheadMs)) {
      await repairFindings(deps.database.writer, { findingId: `clock_skew:${about}` });
      continue;
    }
    const seconds = Math.round((aheadMs ?? 0) / 1000);
    const side = seconds > 0 ? "ahead of" : "behind";
    const detail = `${name} clock is ${side} this process's by more than a minute: correct the time of this machine.`;
    await reportFinding(deps, { kind: "clock_skew", about, detail });
  }
  return { databaseAheadMs, stripeAheadMs };
}
