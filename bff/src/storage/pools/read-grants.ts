import type { GrantSort } from "@credits-kit/contract";
import { type Kysely, type RawBuilder, sql, type SqlBool } from "kysely";
import { byKeyset, cutPage, microsOf, type PageOf, type PageRequest } from "../keyset.ts";
import type { Tables } from "../tables.ts";
import { type GrantRecord, type GrantRecordRow, toGrantRecord } from "./grant-record.ts";
import type { PoolsFilter } from "./pool-walk.ts";

/** The statuses that a grant can have; derived from facts, never stored. */
export type GrantStatus =
  "payment_pending" | "scheduled" | "active" | "depleted" | "expired" | "revoked" | "frozen";

export interface GrantFilter extends PoolsFilter {
  readonly status?: GrantStatus | undefined;
  /** Any of these. */
  readonly statuses?: readonly GrantStatus[] | undefined;
  readonly category?: GrantRecord["category"] | undefined;
  /** The id of who granted. */
  readonly actor?: string | undefined;
  readonly actorKinds?: readonly string[] | undefined;
  /** The kind of source. */
  readonly source?: string | undefined;
  /** When it was granted, in milliseconds since 1970; `to` is not included. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** When it begins, and when it ends; what never ends is in no span. */
  readonly effectiveFrom?: number | undefined;
  readonly effectiveTo?: number | undefined;
  readonly expiresFrom?: number | undefined;
  readonly expiresTo?: number | undefined;
}

/** A grant with the database's time at which it was read, in milliseconds: its status is that of then. */
export interface SeenGrant {
  readonly record: GrantRecord;
  readonly now: number;
}

/** The columns of times that a span can be of. */
const SPANS = [
  ["g.created_at", "from", "to"],
  ["g.effective_at", "effectiveFrom", "effectiveTo"],
  ["g.expires_at", "expiresFrom", "expiresTo"],
] as const;

const LIVE = sql`not b.is_revoked and not b.is_payment_pending and not b.is_frozen`;
const PAST = sql`(b.expired > 0 or b.remaining > 0 and coalesce(g.expires_at <= clock_of(g.customer_id), false))`;

/** Says in SQL what `viewGrant` says of a record. */
const STATUS: Record<GrantStatus, ReturnType<typeof sql<SqlBool>>> = {
  revoked: sql<SqlBool>`b.is_revoked`,
  payment_pending: sql<SqlBool>`b.is_payment_pending and not b.is_revoked`,
  frozen: sql<SqlBool>`b.is_frozen and not b.is_revoked and not b.is_payment_pending`,
  scheduled: sql<SqlBool>`${LIVE} and not b.activated`,
  expired: sql<SqlBool>`${LIVE} and b.activated and ${PAST}`,
  active: sql<SqlBool>`${LIVE} and b.activated and b.remaining > 0 and not ${PAST}`,
  depleted: sql<SqlBool>`${LIVE} and b.activated and b.remaining = 0 and b.expired = 0`,
};

/** As it is shown: what waits is there in full. */
const REMAINING = sql<string>`(b.remaining + case when b.activated then 0 else b.amount - b.revoked end)`;

/** What lists are sorted by, as bigints. A grant that never expires comes after all that do. */
const SORT_KEYS: ReadonlyMap<string, RawBuilder<string>> = new Map([
  ["createdAt", microsOf(sql.ref("g.created_at"))],
  ["expiresAt", sql<string>`coalesce(${microsOf(sql.ref("g.expires_at"))}, 9223372036854775807)`],
  ["effectiveAt", microsOf(sql.ref("g.effective_at"))],
  ["amount", sql<string>`g.amount`],
  ["remaining", REMAINING],
  ["priority", sql<string>`g.priority`],
]);

/** What the keys of these lists' positions look like: a bigint that is not negative. */
export const GRANT_SORT_KEYS = /^(?:\d{1,18}|[1-8]\d{18}|9223372036854775807)$/;

/** Grants of a customer in the order asked for; among equals by id. */
export async function listGrantRecords(
  db: Kysely<Tables>,
  { filter, sort }: { filter: GrantFilter; sort: GrantSort },
  page: PageRequest,
): Promise<PageOf<SeenGrant>> {
  const number = SORT_KEYS.get(sort.replace("-", ""));
  if (!number) throw new Error(`grants cannot be sorted by ${sort}`);
  const order = { number, id: "g.grant_id", isAscending: !sort.startsWith("-") } as const;
  const found = await byKeyset(filtered(db, filter), order, page).execute();
  const { rows, next, prev } = cutPage(found, page);
  return { rows: rows.map(toSeenGrant), next, prev };
}

/** What the grants of one type and status come to. Sums are bigint text. */
export interface GrantSum {
  readonly credit_type_id: string;
  readonly status: GrantStatus;
  readonly grants: string;
  readonly amount: string;
  readonly remaining: string;
}

/** Subtotals over a customer's grants, in one statement. */
export async function sumUpGrants(db: Kysely<Tables>, filter: GrantFilter): Promise<GrantSum[]> {
  const cases = Object.entries(STATUS).map(([status, is]) => sql`when ${is} then ${status}`);
  const found = filtered(db, filter)
    .clearSelect()
    .select(["p.credit_type_id", "g.amount"])
    .select(sql<GrantStatus>`case ${sql.join(cases, sql` `)} end`.as("status"))
    .select(REMAINING.as("remaining"));
  return db
    .selectFrom(found.as("f"))
    .select(["f.credit_type_id", "f.status", sql<string>`count(*)::text`.as("grants")])
    .select([
      sql<string>`sum(f.amount)::text`.as("amount"),
      sql<string>`sum(f.remaining)::text`.as("remaining"),
    ])
    .groupBy(["f.credit_type_id", "f.status"])
    .orderBy("f.credit_type_id")
    .orderBy("f.status")
    .execute();
}

/** One grant of a customer. */
export async function findGrantRecord(
  db: Kysely<Tables>,
  customerId: string,
  grantId: string,
): Promise<SeenGrant | undefined> {
  const row = await filtered(db, { customerId }).where("g.grant_id", "=", grantId).executeTakeFirst();
  return row && toSeenGrant(row);
}

function toSeenGrant(row: GrantRecordRow & { now: Date }): SeenGrant {
  return { record: toGrantRecord(row), now: row.now.getTime() };
}

function filtered(db: Kysely<Tables>, filter: GrantFilter) {
  const { creditTypeId, resourceId, category, status, statuses, actor, actorKinds, source } = filter;
  let query = selectGrants(db).where("g.customer_id", "=", filter.customerId);
  if (creditTypeId !== undefined) query = query.where("p.credit_type_id", "=", creditTypeId);
  if (resourceId !== undefined) query = query.where("p.resource_id", "=", resourceId);
  if (category !== undefined) query = query.where("g.category", "=", category);
  if (status !== undefined) query = query.where(STATUS[status]);
  if (statuses !== undefined)
    query = query.where(
      sql<SqlBool>`(${sql.join(
        statuses.map((each) => STATUS[each]),
        sql` or `,
      )})`,
    );
  if (actor !== undefined) query = query.where("g.actor_id", "=", actor);
  if (actorKinds !== undefined) query = query.where("g.actor_kind", "in", actorKinds);
  if (source !== undefined) query = query.where("g.source_kind", "=", source);
  for (const [column, from, to] of SPANS) {
    const [start, end] = [filter[from], filter[to]];
    if (start !== undefined) query = query.where(column, ">=", new Date(start));
    if (end !== undefined) query = query.where(column, "<", new Date(end));
  }
  return query;
}

function selectGrants(db: Kysely<Tables>) {
  return db
    .selectFrom("grants as g")
    .innerJoin("grant_balances as b", (join) =>
      join
        .onRef("b.customer_id", "=", "g.customer_id")
        .onRef("b.pool_no", "=", "g.pool_no")
        .onRef("b.key", "=", "g.key"),
    )
    .innerJoin("pools as p", (join) =>
      join.onRef("p.customer_id", "=", "g.customer_id").onRef("p.pool_no", "=", "g.pool_no"),
    )
    .selectAll("g")
    .select(["b.remaining", "b.held", "b.frozen", "b.revoked", "b.expired", "b.activated"])
    .select(["b.is_payment_pending", "b.is_frozen", "b.is_revoked", "p.credit_type_id", "p.resource_id"])
    .select(sql<Date>`clock_of(g.customer_id)`.as("now"));
}
