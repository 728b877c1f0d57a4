import { type Kysely, sql, type SqlBool } from "kysely";
import { byKeyset, cutPage, type PageRequest } from "../keyset.ts";
import type { GrantRow, Tables } from "../tables.ts";

/** A grant with the pool that it lies in. */
export type GrantInPool = GrantRow & { credit_type_id: string; resource_id: string };

/** The statuses that a grant of today can have; derived from facts, never stored. */
export type DerivedStatus = "scheduled" | "active" | "depleted" | "expired";

export interface GrantFilter {
  readonly customerId: string;
  readonly creditTypeId?: string | undefined;
  /** Empty for the default pool; left out for all. */
  readonly resourceId?: string | undefined;
  readonly status?: DerivedStatus | undefined;
  readonly category?: GrantRow["category"] | undefined;
}

const STATUS: Record<DerivedStatus, ReturnType<typeof sql<SqlBool>>> = {
  scheduled: sql<SqlBool>`not g.activated and g.open`,
  active: sql<SqlBool>`g.activated and g.remaining > 0`,
  depleted: sql<SqlBool>`g.activated and g.remaining = 0 and g.expired = 0`,
  expired: sql<SqlBool>`g.expired > 0`,
};

/** Grants of a customer, newest first. */
export async function listGrantRows(db: Kysely<Tables>, filter: GrantFilter, page: PageRequest) {
  let query = selectGrants(db).where("g.customer_id", "=", filter.customerId);
  if (filter.creditTypeId !== undefined) query = query.where("p.credit_type_id", "=", filter.creditTypeId);
  if (filter.resourceId !== undefined) query = query.where("p.resource_id", "=", filter.resourceId);
  if (filter.category !== undefined) query = query.where("g.category", "=", filter.category);
  if (filter.status !== undefined) query = query.where(STATUS[filter.status]);
  const found = await byKeyset(query, { time: "g.created_at", id: "g.grant_id" }, page).execute();
  return cutPage(found, page);
}

/** One grant of a customer. */
export function findGrantRow(
  db: Kysely<Tables>,
  customerId: string,
  grantId: string,
): Promise<GrantInPool | undefined> {
  return selectGrants(db)
    .where("g.customer_id", "=", customerId)
    .where("g.grant_id", "=", grantId)
    .executeTakeFirst();
}

function selectGrants(db: Kysely<Tables>) {
  return db
    .selectFrom("grants as g")
    .innerJoin("pools as p", (join) =>
      join.onRef("p.customer_id", "=", "g.customer_id").onRef("p.pool_no", "=", "g.pool_no"),
    )
    .selectAll("g")
    .select(["p.credit_type_id", "p.resource_id"]);
}
