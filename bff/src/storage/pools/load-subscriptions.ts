import { parseCredits } from "@credits-kit/amounts";
import type { UnitRate } from "@credits-kit/engine";
import { idArray, numberArray } from "./array-literal.ts";
import { type Connection, run, statement } from "./connection.ts";

/** A version of a plan, which never changes. */
export interface PlanFacts {
  readonly creditTypeId: string;
  readonly limit: "hard" | "soft";
  readonly rates: ReadonlyMap<string, UnitRate>;
}

/** A subscription as far as pricing an event needs it. */
export interface SubscriptionFacts {
  readonly plan: PlanFacts;
  readonly resourceId: string;
  readonly startsAt: number;
  readonly endsAt: number | null;
}

/** A subscription as it is stored. */
export interface StoredSubscription extends Omit<SubscriptionFacts, "plan"> {
  readonly customerId: string;
  readonly planId: string;
  readonly planVersion: number;
}

const SUBSCRIPTIONS = statement<{
  customer_id: string;
  plan_id: string;
  plan_version: number;
  resource_id: string;
  starts_at: Date;
  ends_at: Date | null;
}>(`
  select customer_id, plan_id, plan_version, resource_id, starts_at, ends_at from subscriptions
  where customer_id = any($1::text[]) order by customer_id, starts_at desc, subscription_id desc`);

/** The customers' subscriptions, each customer's latest start first. */
export async function loadSubscriptions(
  connection: Connection,
  customerIds: readonly string[],
): Promise<StoredSubscription[]> {
  const rows = await run(connection, SUBSCRIPTIONS, [idArray(customerIds)]);
  return rows.map((row) => ({
    customerId: row.customer_id,
    planId: row.plan_id,
    planVersion: row.plan_version,
    resourceId: row.resource_id,
    startsAt: row.starts_at.getTime(),
    endsAt: row.ends_at?.getTime() ?? null,
  }));
}

const PLANS = statement<{
  plan_id: string;
  version: number;
  credit_type_id: string;
  limit_mode: "hard" | "soft";
  rates: { featureId: string; creditsPerUnit: string }[];
}>(`
  select v.plan_id, v.version, v.credit_type_id, v.limit_mode, v.rates
  from unnest($1::text[], $2::int[]) as q (plan_id, version)
  cross join lateral (
    select * from plan_versions v where v.plan_id = q.plan_id and v.version = q.version limit 1
  ) v`);

/** Versions of plans, by \`planKey\`. */
export async function loadPlans(
  connection: Connection,
  plans: readonly { planId: string; planVersion: number }[],
): Promise<Map<string, PlanFacts>> {
  const rows = await run(connection, PLANS, [
    idArray(plans.map((plan) => plan.planId)),
    numberArray(plans.map((plan) => plan.planVersion)),
  ]);
  return new Map(
    rows.map((row) => [
      planKey(row.plan_id, row.version),
      {
        creditTypeId: row.credit_type_id,
        limit: row.limit_mode,
        rates: new Map(
          row.rates.map((rate) => [
            rate.featureId,
            { featureId: rate.featureId, creditsPerUnit: parseCredits(rate.creditsPerUnit) },
          ]),
        ),
      },
    ]),
  );
}

/** Names a version of a plan. */
export function planKey(planId: string, version: number): string {
  return `${planId}@${version}`;
}

const FEATURES = statement<{ id: string }>(
  `select id from features where id = any($1::text[]) and archived_at is null`,
);

/** Which of these features there are. */
export async function existingFeatures(connection: Connection, ids: readonly string[]): Promise<Set<string>> {
  const rows = await run(connection, FEATURES, [idArray(ids)]);
  return new Set(rows.map((row) => row.id));
}

// The key share makes whoever archives a type wait for this transaction, and this one for them.
const CREDIT_TYPES = statement<{ id: string }>(`
  select id from credit_types where id = any($1::text[]) and archived_at is null order by id for key share`);

/** Which of these credit types there are and can be granted; they then stay so until this transaction ends. */
export async function usableCreditTypes(
  connection: Connection,
  ids: readonly string[],
): Promise<Set<string>> {
  const rows = await run(connection, CREDIT_TYPES, [idArray(ids)]);
  return new Set(rows.map((row) => row.id));
}
