import { idArray } from "./array-literal.ts";
import { type Connection, run, statement } from "./connection.ts";
import type { PlanFacts } from "./load-plans.ts";

/** How far the credits that recur with a subscription have come. Times are milliseconds since 1970. */
export interface Recurrence {
  /** What its periods are counted from. */
  readonly anchorAt: number;
  /** The number of the period that begins there. */
  readonly anchorPeriodNo: number;
  /** The next period to be granted. */
  readonly periodNo: number;
  /** When that is, or when the adjustment was due; null while nothing recurs. */
  readonly nextPeriodAt: number | null;
  /** What a change in mid-period still has to give. */
  readonly adjustment: bigint | null;
  /** How many changes gave something in the current period. */
  readonly changes: number;
  /** The most that may be carried into the current period; null for all. */
  readonly carryLimit: bigint | null;
  /** What was carried into it. */
  readonly carried: bigint;
}

/** A subscription as far as the write path needs it: to price usage, and to give what comes with it. */
export interface SubscriptionFacts {
  readonly subscriptionId: string;
  readonly plan: PlanFacts;
  readonly resourceId: string;
  readonly startsAt: number;
  readonly endsAt: number | null;
  readonly seats: number;
  readonly recurrence: Recurrence;
}

/** A subscription as it is stored. */
export interface StoredSubscription extends Omit<SubscriptionFacts, "plan"> {
  readonly customerId: string;
  readonly planId: string;
  readonly planVersion: number;
}

const SUBSCRIPTIONS = statement<{
  customer_id: string;
  subscription_id: string;
  plan_id: string;
  plan_version: number;
  resource_id: string;
  starts_at: Date;
  ends_at: Date | null;
  seats: number;
  anchor_at: Date | null;
  anchor_period_no: number;
  period_no: number;
  next_period_at: Date | null;
  adjustment: string | null;
  changes: number;
  carry_limit: string | null;
  carried: string;
}>(`
  select customer_id, subscription_id, plan_id, plan_version, resource_id, starts_at, ends_at, seats, anchor_at,
    anchor_period_no, period_no, next_period_at, adjustment, changes, carry_limit, carried
  from subscriptions
  where customer_id = any($1::text[]) order by customer_id, starts_at desc, subscription_id desc`);

/** The customers' subscriptions, each customer's latest start first. */
export async function loadSubscriptions(
  connection: Connection,
  customerIds: readonly string[],
): Promise<StoredSubscription[]> {
  const rows = await run(connection, SUBSCRIPTIONS, [idArray(customerIds)]);
  return rows.map((row) => ({
    customerId: row.customer_id,
    subscriptionId: row.subscription_id,
    planId: row.plan_id,
    planVersion: row.plan_version,
    resourceId: row.resource_id,
    startsAt: row.starts_at.getTime(),
    endsAt: row.ends_at?.getTime() ?? null,
    seats: row.seats,
    recurrence: {
      anchorAt: (row.anchor_at ?? row.starts_at).getTime(),
      anchorPeriodNo: row.anchor_period_no,
      periodNo: row.period_no,
      nextPeriodAt: row.next_period_at?.getTime() ?? null,
      adjustment: row.adjustment === null ? null : BigInt(row.adjustment),
      changes: row.changes,
      carryLimit: row.carry_limit === null ? null : BigInt(row.carry_limit),
      carried: BigInt(row.carried),
    },
  }));
}

/** A stored subscription with its plan, as the write path keeps it. */
export function toSubscriptionFacts(
  { customerId: _customerId, planId: _planId, planVersion: _planVersion, ...facts }: StoredSubscription,
  plan: PlanFacts,
): SubscriptionFacts {
  return { ...facts, plan };
}
