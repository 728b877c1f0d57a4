import type { PlanRow } from "../../storage/catalogue/plans.ts";
import type { SubscriptionRow } from "../../storage/customers/subscriptions.ts";
import { sumOfPlanGrants } from "../../storage/pools/read-plan-grants.ts";
import type { Transaction } from "../../storage/transaction.ts";
import { creditsPerPeriod } from "./included.ts";
import { startOfPeriod, unlessEnded } from "./periods.ts";

/** What a subscription is changed from and to. */
export interface Move {
  readonly before: PlanRow;
  readonly after: PlanRow;
  readonly seats: number;
  readonly endsAt: Date | null;
}

/** What is stored of what recurs. */
type StoredRecurrence = Partial<
  Pick<SubscriptionRow, "anchor_at" | "anchor_period_no" | "period_no" | "next_period_at" | "adjustment">
>;

/**
 * What recurs after a change at this moment. The period goes on if its length and credit type stay; else it begins anew
 * now. What it still has to give is the difference to what it already gave: never less than nothing.
 */
export async function recurrenceAfter(
  transaction: Transaction,
  row: SubscriptionRow,
  { before, after, seats, endsAt }: Move,
): Promise<StoredRecurrence> {
  const credits = creditsPerPeriod(after, seats);
  const { included } = after;
  if (!included) return { next_period_at: null, adjustment: null };
  if (row.starts_at > row.now) return { next_period_at: unlessEnded(row.starts_at, endsAt) };

  const goesOn = before.credit_type_id === after.credit_type_id && before.included?.every === included.every;
  const current = Math.max(row.period_no - 1, 0);
  const anchor = goesOn ? {} : { anchor_at: row.now, anchor_period_no: current, period_no: current + 1 };
  const given = await sumOfPlanGrants(transaction, {
    customerId: row.customer_id,
    subscriptionId: row.subscription_id,
    creditTypeId: after.credit_type_id,
    resourceId: row.resource_id,
    // Where the period begins anew, whatever was given and still lives belongs to it.
    ...(goesOn && { periodNo: current }),
    after: row.now,
  });
  if (credits > given) {
    return { ...anchor, next_period_at: row.now, adjustment: String(credits - given) };
  }
  const moved = { ...row, ...anchor };
  const next = startOfPeriod(moved, included.every, moved.period_no);
  return { ...anchor, next_period_at: unlessEnded(next, endsAt), adjustment: null };
}
