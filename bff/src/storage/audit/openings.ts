import { type RawBuilder, sql } from "kysely";
import { type Slice, within } from "./finding.ts";
import { read, type Snapshot } from "./snapshot.ts";

/**
 * What the audit of a pool begins with, where its older entries are archived, as members of a `with` clause:
 * `opening` (the pool), and on demand `opening_grants` and `opening_holds`. Empty for pools that have all their entries.
 */
export function opening(slice: Slice): RawBuilder<unknown> {
  return sql`opening as materialized (
    select customer_id, pool_no, seq, state from ledger_openings where ${within(slice)}
  )`;
}

/** Every grant of the checkpoints, as it was left there. */
export const OPENING_GRANTS = sql`opening_grants as (
    select o.customer_id, o.pool_no, o.seq, g.* from opening o
    cross join lateral jsonb_to_recordset(o.state -> 'grants') as g (key bigint, amount bigint, remaining bigint,
      held bigint, frozen bigint, revoked bigint, expired bigint, repaid bigint, activated boolean,
      "isPaymentPending" boolean, "isFrozen" boolean, "isRevoked" boolean)
  )`;

/** The holds that were open at the checkpoints. */
export const OPENING_HOLDS = sql`opening_holds as (
    select o.customer_id, o.pool_no, h.* from opening o
    cross join lateral jsonb_to_recordset(o.state -> 'holds') as h (key bigint, amount bigint, captured bigint,
      parts jsonb)
  )`;

/** A checkpoint, as text, with the terms that its grants and open holds have in their own rows now. */
export interface OpeningRow {
  readonly customer_id: string;
  readonly pool_no: number;
  readonly seq: string;
  readonly state: string;
  readonly grants: string;
  readonly holds: string;
}

/** Reads the checkpoints of a slice that are what was made. */
export function readOpenings(snapshot: Snapshot, slice: Slice): Promise<OpeningRow[]> {
  const milliseconds = (column: string) => sql`floor(extract(epoch from ${sql.ref(column)}) * 1000)::bigint`;
  return read(
    snapshot,
    sql<OpeningRow>`
    select customer_id, pool_no, seq, state::text,
      coalesce((
        select json_agg(json_build_object('key', g.key, 'priority', g.priority,
          'effectiveAt', ${milliseconds("g.effective_at")}, 'expiresAt', ${milliseconds("g.expires_at")}))
        from grants g where g.customer_id = o.customer_id and g.pool_no = o.pool_no and g.key <= o.seq
      ), '[]')::text as grants,
      coalesce((
        select json_agg(json_build_object('key', h.key, 'expiresAt', ${milliseconds("h.expires_at")}))
        from jsonb_to_recordset(o.state -> 'holds') as kept (key bigint)
        join holds h on h.customer_id = o.customer_id and h.pool_no = o.pool_no and h.key = kept.key
      ), '[]')::text as holds
    from ledger_openings o where ${within(slice)} and is_whole order by customer_id, pool_no`,
  );
}
