import { type RawBuilder, sql, type SqlBool } from "kysely";
import type { PoolsFilter, SpanFilter } from "./pool-walk.ts";

/** Which entries a list is about. */
export interface LedgerFilter extends PoolsFilter, SpanFilter {
  readonly type?: string | undefined;
  /** The kind of source. */
  readonly source?: string | undefined;
  readonly featureId?: string | undefined;
  readonly userId?: string | undefined;
  /** Entries that draw on this grant or are about it. */
  readonly grantId?: string | undefined;
}

/** What the filters say of an entry `l`. */
export function areEntries(filter: LedgerFilter): RawBuilder<SqlBool> {
  const conditions = spanOf(filter);
  if (filter.type !== undefined) conditions.push(sql`l.type = ${filter.type}::entry_type`);
  if (filter.source !== undefined) conditions.push(sql`l.source_kind = ${filter.source}`);
  if (filter.featureId !== undefined) conditions.push(sql`l.feature_id = ${filter.featureId}`);
  if (filter.userId !== undefined) {
    conditions.push(sql`l.user_no = ${userNoOf(filter.customerId, filter.userId)}`);
  }
  if (filter.grantId !== undefined) {
    const { pool_no, key } = grantOf(filter.customerId, filter.grantId);
    // A grant's key is the seq of the entry that granted it: nothing before that is about it.
    conditions.push(sql`l.pool_no = ${pool_no} and l.seq >= ${key}
      and (l.seq = ${key} or l.about_seq = ${key} or ${key} = any(l.draw_keys))`);
  }
  return sql<SqlBool>`${sql.join(conditions, sql` and `)}`;
}

/** What a span of time says of an entry `l`; never empty. */
export function spanOf({ from, to, timeField }: SpanFilter): RawBuilder<unknown>[] {
  const time = sql.ref(timeField === "occurredAt" ? "l.occurred_at" : "l.at");
  const conditions: RawBuilder<unknown>[] = [sql`true`];
  if (from !== undefined) conditions.push(sql`${time} >= ${new Date(from)}`);
  if (to !== undefined) conditions.push(sql`${time} < ${new Date(to)}`);
  return conditions;
}

/** The number that stands for a user in the ledger. */
export function userNoOf(customerId: string, userId: string): RawBuilder<unknown> {
  return sql`(select user_no from customer_users x where x.customer_id = ${customerId} and x.user_id = ${userId})`;
}

function grantOf(
  customerId: string,
  grantId: string,
): { pool_no: RawBuilder<unknown>; key: RawBuilder<unknown> } {
  const column = (name: string) =>
    sql`(select ${sql.ref(name)} from grants x where x.customer_id = ${customerId} and x.grant_id = ${grantId})`;
  return { pool_no: column("x.pool_no"), key: column("x.key") };
}
