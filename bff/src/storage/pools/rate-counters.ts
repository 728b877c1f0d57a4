import type { PeriodLength } from "@credits-kit/engine";
import { idArray, numberArray } from "./array-literal.ts";
import { type Connection, run, statement } from "./connection.ts";

/** Whose units of which feature, in which period of which subscription. */
export interface CounterKey {
  readonly customerId: string;
  readonly subscriptionId: string;
  readonly featureId: string;
  readonly every: PeriodLength;
  /** The period's number, the subscription's first being 0. */
  readonly periodNo: number;
}

/** How many units were used, in millionths. */
export interface RateCounter extends CounterKey {
  readonly units: bigint;
}

const READ = statement<{ n: string; units: string }>(`
  select q.n, r.units
  from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int[]) with ordinality
    as q (customer_id, subscription_id, feature_id, every, period_no, n)
  cross join lateral (
    select units from rate_counters r where r.customer_id = q.customer_id and r.subscription_id = q.subscription_id
      and r.feature_id = q.feature_id and r.every = q.every and r.period_no = q.period_no limit 1
  ) r`);

/** Reads counters, in the order asked; what was never used stands at 0. */
export async function readRateCounters(
  connection: Connection,
  keys: readonly CounterKey[],
): Promise<RateCounter[]> {
  const rows = await run(connection, READ, keyArrays(keys));
  const units = new Map(rows.map((row) => [Number(row.n) - 1, BigInt(row.units)]));
  return keys.map((key, index) => ({ ...key, units: units.get(index) ?? 0n }));
}

const WRITE = statement(`
  insert into rate_counters (customer_id, subscription_id, feature_id, every, period_no, units)
  select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int[], $6::bigint[])
  on conflict (customer_id, subscription_id, feature_id, every, period_no) do update set units = excluded.units`);

/** Sets counters, each named once. The customers must be locked. */
export function writeRateCounters(connection: Connection, counters: readonly RateCounter[]) {
  return run(connection, WRITE, [...keyArrays(counters), numberArray(counters.map(({ units }) => units))]);
}

function keyArrays(keys: readonly CounterKey[]): string[] {
  return [
    idArray(keys.map((key) => key.customerId)),
    idArray(keys.map((key) => key.subscriptionId)),
    idArray(keys.map((key) => key.featureId)),
    idArray(keys.map((key) => key.every)),
    numberArray(keys.map((key) => key.periodNo)),
  ];
}

/** Where an applied event was counted, as it is kept beside the event's id for whoever takes it back. */
export function keepCounted({ every, periodNo, subscriptionId }: CounterKey): string {
  return `counted:${every}:${periodNo}:${subscriptionId}`;
}

/** Where the event was counted; null for one that was not. */
export function readCounted(
  answer: string | null,
): Pick<CounterKey, "every" | "periodNo" | "subscriptionId"> | null {
  const [, every, periodNo, subscriptionId] = /^counted:(month|year):(\d+):(.+)$/.exec(answer ?? "") ?? [];
  if (every === undefined || subscriptionId === undefined) return null;
  return { every: every === "year" ? "year" : "month", periodNo: Number(periodNo), subscriptionId };
}
