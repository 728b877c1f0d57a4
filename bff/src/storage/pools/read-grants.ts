import { type Kysely, sql, type SqlBool } from "kysely";
import { byKeyset, cutPage, type PageRequest } from "../keyset.ts";
import type { Tables } from "../tables.ts";
import { type GrantRecord, toGrantRecord } from "./grant-record.ts";

/** The statuses that a grant can have; derived from facts, never stored. */
export type GrantStatus =
  | "payment_pending"
  | "scheduled"
  | "active"
  | "depleted"
  | "expired"
  | "revoked"
  | "frozen";

export interface GrantFilter {
  readonly customerId: string;
  readonly creditTypeId?: string | undefined;
  /** Empty for the default pool; left out for all. */
  readonly resourceId?: string | undefined;
  readonly status?: GrantStatus | undefined;
  readonly category?: GrantRecord["category"] | undefined;
}

const LIVE = sql`not b.is_revoked and not b.is_payment_pending and not b.is_frozen`;
const PAST = sql`(b.expired > 0 or b.remaining > 0 and coalesce(g.expires_at <= clock_timestamp(), false))`;

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

/** Grants of a customer, newest first. */
export async function listGrantRecords(db: Kysely<Tables>, filter: GrantFilter, page: PageRequest) {
  let query = selectGrants(db).where("g.customer_id", "=", filter.customerId);
  if (filter.creditTypeId !== undefined) query = query.where("p.credit_type_id", "=", filter.creditTypeId);
  if (filter.resourceId !== undefined) query = query.where("p.resource_id", "=", filter.resourceId);
  if (filter.category !== undefined) query = query.where("g.category", "=", filter.category);
  if (filter.status !== undefined) query = query.where(STATUS[filter.status]);
  const found = await byKeyset(query, { time: "g.created_at", id: "g.grant_id" }, page).execute();
  const { rows, next, prev } = cutPage(found, page);
  return { rows: rows.map(toGrantRecord), next, prev };
}

/** One grant of a customer. */
export async function findGrantRecord(
  db: Kysely<Tables>,
  customerId: string,
  grantId: string,
): Promise<GrantRecord | undefined> {
  const row = await selectGrants(db)
    .where("g.customer_id", "=", customerId)
    .where("g.grant_id", "=", grantId)
    .executeTakeFirst();
  return row && toGrantRecord(row);
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
    .select(["b.is_payment_pending", "b.is_frozen", "b.is_revoked", "p.credit_type_id", "p.resource_id"]);
}
