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
  const { groupBy } = request;
  const order = groupBy === "day" ? sql`s.key desc` : sql`sum(s.entries) desc, 1`;
  const { rows } = await sql<LedgerGroupRow>`
    select ${groupBy === "user" ? sql`u.user_id` : sql`s.key::text`} as key, sum(s.entries)::text as entries,
      sum(s.delta)::text as delta, sum(s.credited)::text as credited, sum(s.debited)::text as debited
    from (
      select ${keyOf(filter, request)} as key, count(*) as entries, sum(l.delta) as delta,
        coalesce(sum(l.delta) filter (where l.delta > 0), 0) as credited,
        coalesce(-sum(l.delta) filter (where l.delta < 0), 0) as debited
      from pools p
      cross join lateral ${partOfLedger(filter, null)} part
      cross join lateral (
        select * from ledger l
        where l.customer_id = p.customer_id and l.pool_no = p.pool_no
          and l.seq > part.after_seq and l.seq <= part.until_seq and ${areEntries(filter)} offset 0
      ) l
      where ${arePools(filter)}
      group by 1
    ) s
    ${groupBy === "user" ? usersOf(filter) : sql``}
    group by ${groupBy === "user" ? sql`u.user_id` : sql`s.key`} order by ${order}
    limit ${sql.lit(request.limit)}`.execute(db);
  return rows;
}

/** What entries are grouped by at first: something short, as there are many. */
function keyOf({ timeField }: LedgerFilter, { groupBy, timeZone }: LedgerGroupsRequest): RawBuilder<unknown> {
  switch (groupBy) {
    case "day": {
      const time = sql.ref(timeField === "occurredAt" ? "l.occurred_at" : "l.at");
      return sql`(${time} at time zone ${timeZone}::text)::date`;
    }
    case "type":
      return sql`l.type`;
    case "source":
      return sql`l.source_kind collate "C"`;
    case "feature":
      return sql`l.feature_id collate "C"`;
    case "user":
      return sql`l.user_no`;
  }
}

/** The names of users. Those who were forgotten have none, as entries without a user: they are one group. */
function usersOf({ customerId }: LedgerFilter): RawBuilder<unknown> {
  return sql`left join customer_users u on u.customer_id = ${customerId} and u.user_no = s.key`;
}
