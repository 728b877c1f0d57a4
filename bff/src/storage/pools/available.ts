import { type RawBuilder, sql } from "kysely";

/** A pool, as expressions of a query. */
export interface PoolExpression {
  readonly customerId: RawBuilder<unknown>;
  readonly creditTypeId: RawBuilder<unknown>;
  readonly resourceId: RawBuilder<unknown>;
}

/** What can be spent of a pool as it stands in its rows, holds taken off; 0 for one that has no entry yet. */
export function availableIn({ customerId, creditTypeId, resourceId }: PoolExpression): RawBuilder<string> {
  return sql<string>`coalesce((
    select p.balance - coalesce((
      select sum(b.held) from grant_balances b
      where b.customer_id = p.customer_id and b.pool_no = p.pool_no and b.open), 0)
    from pools p
    where p.customer_id = ${customerId} and p.credit_type_id = ${creditTypeId}
      and p.resource_id = ${resourceId}), 0)`;
}
