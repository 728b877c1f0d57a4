import { type RawBuilder, sql, type SqlBool } from "kysely";

/** Which pools an export is about. */
export interface ExportScope {
  readonly customerId?: string | undefined;
  readonly creditTypeId?: string | undefined;
  /** Empty for the default pool; left out for all. */
  readonly resourceId?: string | undefined;
}

/** The place of a pool in the order in which exports go through them. */
export interface PoolPlace {
  readonly customerId: string;
  readonly poolNo: number;
}

/** The pools `p` that an export is about, behind a place. */
export function areExported(scope: ExportScope, after: PoolPlace | null): RawBuilder<SqlBool> {
  const { customerId, creditTypeId, resourceId } = scope;
  const conditions = [sql`true`];
  if (customerId !== undefined) conditions.push(sql`p.customer_id = ${customerId}::text`);
  if (creditTypeId !== undefined) conditions.push(sql`p.credit_type_id = ${creditTypeId}::text`);
  if (resourceId !== undefined) conditions.push(sql`p.resource_id = ${resourceId}::text`);
  if (after !== null) {
    conditions.push(sql`(p.customer_id, p.pool_no) > (${after.customerId}::text, ${after.poolNo}::int)`);
  }
  return sql<SqlBool>`${sql.join(conditions, sql` and `)}`;
}
