import { type Kysely, sql } from "kysely";
import type { Tables } from "../tables.ts";
import { arePools, type PoolsFilter } from "./pool-walk.ts";

/** What a credit type is called. */
export interface CreditTypeName {
  readonly id: string;
  readonly name: string;
  readonly symbol: string | null;
  readonly unit: { readonly singular: string; readonly plural: string };
}

/** Whose usage is asked for. Times in milliseconds since 1970. */
export interface UsageAccount {
  /** What time it is for the customer. */
  readonly now: number;
  /** The types of the credits that there are of what was asked for, by their ids. */
  readonly creditTypes: readonly CreditTypeName[];
  /** When the first of the pools began; null where there is none. */
  readonly since: number | null;
}

/** Tells whose usage is asked for; nothing where there is no such customer. */
export async function findUsageAccount(
  db: Kysely<Tables>,
  pools: PoolsFilter,
): Promise<UsageAccount | undefined> {
  const milliseconds = (time: ReturnType<typeof sql>) =>
    sql`floor(extract(epoch from ${time}) * 1000)::bigint::text`;
  const { rows } = await sql<{ now: string; since: string | null; credit_types: CreditTypeName[] }>`
    select ${milliseconds(sql`clock_of(c.customer_id)`)} as now, (
        select ${milliseconds(sql`min(p.created_at)`)} from pools p where ${arePools(pools)}
      ) as since, (
        select coalesce(json_agg(json_build_object('id', t.id, 'name', t.name, 'symbol', t.symbol,
          'unit', json_build_object('singular', t.unit_singular, 'plural', t.unit_plural)) order by t.id), '[]')
        from credit_types t where exists (
          select from pools p where ${arePools(pools)} and p.credit_type_id = t.id offset 0)
      ) as credit_types
    from customers c where c.customer_id = ${pools.customerId}`.execute(db);
  const [row] = rows;
  if (!row) return undefined;
  const { now, since, credit_types } = row;
  return { now: Number(now), since: since === null ? null : Number(since), creditTypes: credit_types };
}
