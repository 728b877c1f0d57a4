import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Tables } from "../tables.ts";
import { areEntries, type LedgerFilter } from "./ledger-filter.ts";
import { arePools, partOfLedger } from "./pool-walk.ts";

/** What entries can be summed up by. */
export type LedgerGrouping = "day" | "type" | "source" | "feature" | "user";

/** A subtotal. Amounts are bigint text; they may be more than a bigint of the database holds. */
export interface LedgerGroupRow {
  readonly key: string | null;
  readonly entries: string;
  readonly delta: string;
  readonly credited: string;
  readonly debited: string;
}

export interface LedgerGroupsRequest {
  readonly groupBy: LedgerGrouping;
  /** Whose days are meant. */
  readonly timeZone: string;
  /** How many groups there are at most. */
  readonly limit: number;
}

/**
 * Subtotals over all entries that match, in one statement: the newest days, or the groups with the most entries, first.
 * A time zone that the database does not know is an error of its own (SQLSTATE 22023).
 */
export async function sumUpLedger(
  db: Kysely<Tables>,
  filter: LedgerFilter,
  request: LedgerGroupsRequest,
): Promise<LedgerGroupRow[]> {
  const order = request.groupBy === "day" ? sql`1 desc` : sql`count(*) desc, 1`;
  const { rows } = await sql<LedgerGroupRow>`
    select ${keyOf(filter, request)} as key, count(*)::text as entries, sum(l.delta)::text as delta,
      coalesce(sum(l.delta) filter (where l.delta > 0), 0)::text as credited,
      coalesce(-sum(l.delta) filter (where l.delta < 0), 0)::text as debited
    from pools p
    cross join lateral ${partOfLedger(filter, null)} part
    join ledger l on l.customer_id = p.customer_id and l.pool_no = p.pool_no
      and l.seq > part.after_seq and l.seq <= part.until_seq
    left join customer_users u on u.customer_id = l.customer_id and u.user_no = l.user_no
    where ${arePools(filter)} and ${areEntries(filter)}
    group by 1 order by ${order} limit ${sql.lit(request.limit)}`.execute(db);
  return rows;
}

function keyOf({ timeField }: LedgerFilter, { groupBy, timeZone }: LedgerGroupsRequest): RawBuilder<unknown> {
  switch (groupBy) {
    case "day": {
      const time = sql.ref(timeField === "occurredAt" ? "l.occurred_at" : "l.at");
      return sql`(${time} at time zone ${timeZone}::text)::date::text`;
    }
    case "type":
      return sql`l.type::text`;
    case "source":
      return sql`l.source_kind`;
    case "feature":
      return sql`l.feature_id`;
    case "user":
      return sql`u.user_id`;
  }
}
