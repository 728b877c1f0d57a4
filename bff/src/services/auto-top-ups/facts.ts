import { findSellingTerms } from "../../storage/catalogue/plans-selling.ts";
import { findOpenAttempt, type PoolFacts, readPoolFacts } from "../../storage/auto-top-ups/attempts.ts";
import type { RuleRow } from "../../storage/auto-top-ups/rules.ts";
import type { Transaction } from "../../storage/transaction.ts";
import { type AutoTopUpFacts, type AutoTopUpRule, type Decision, decideAutoTopUp } from "./decide.ts";
import { AUTO_PACE } from "./pace.ts";
import { sellingOf } from "./selling.ts";

/** Everything that a rule was decided by, with what came out. */
export interface Assessment {
  readonly facts: AutoTopUpFacts;
  readonly read: PoolFacts;
  readonly decision: Decision;
  readonly currency: string;
}

/** Reads what a rule is decided by, and decides. */
export async function assess(db: Transaction, row: RuleRow): Promise<Assessment> {
  const { customer_id: customerId, credit_type_id: creditTypeId } = row;
  const selling = sellingOf(await findSellingTerms(db, { customerId, creditTypeId }), row.currency);
  const currency = row.currency ?? selling?.currency ?? null;
  const attempt = await findOpenAttempt(db, row);
  const rateMinutes = AUTO_PACE.rate.windowMs / 60_000;
  const read = await readPoolFacts(db, row, { currency, rateMinutes });
  const facts: AutoTopUpFacts = {
    available: BigInt(read.available),
    onItsWay: BigInt(read.on_its_way),
    attempt: attempt ? (attempt.status === "action_required" ? "action_required" : "in_flight") : null,
    spentMinor: BigInt(read.spent_minor),
    inFlightMinor: BigInt(read.in_flight_minor),
    recent: read.recent.map(Number),
    selling,
  };
  const decision = decideAutoTopUp(ruleOf(row), facts, read.now.getTime());
  return { facts, read, decision, currency: currency ?? "usd" };
}

/** A rule as it is decided about. */
export function ruleOf(row: RuleRow): AutoTopUpRule {
  return {
    enabled: row.enabled,
    threshold:
      row.threshold_credits === null
        ? { minor: BigInt(row.threshold_minor ?? 0) }
        : { credits: BigInt(row.threshold_credits) },
    amount: row.target === null ? { credits: BigInt(row.credits ?? 0) } : { target: BigInt(row.target) },
    limitMinor: row.limit_minor === null ? null : BigInt(row.limit_minor),
    pausedUntil: row.paused_until?.getTime() ?? null,
    suspendedReason: row.suspended_reason,
  };
}
