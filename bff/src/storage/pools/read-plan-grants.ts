import { type Kysely, sql } from "kysely";
import type { Tables } from "../tables.ts";
import { planGrantId } from "./plan-grant-ids.ts";

/** Which of the grants are meant that a subscription's plans gave. */
export interface PlanGrantFilter {
  readonly customerId: string;
  readonly subscriptionId: string;
  readonly creditTypeId: string;
  readonly resourceId: string;
  /** Only what was given for this period; left out for all of them. */
  readonly periodNo?: number;
  /** Only what has not reached its end by then. */
  readonly after: Date;
}

/** What a subscription's plans gave in all, used or not, in micro-credits; what was carried over does not count. */
export async function sumOfPlanGrants(db: Kysely<Tables>, filter: PlanGrantFilter): Promise<bigint> {
  const { customerId, subscriptionId, creditTypeId, resourceId, periodNo, after } = filter;
  const id = periodNo === undefined ? null : planGrantId(subscriptionId, periodNo);
  const { rows } = await sql<{ amount: string }>`
    select coalesce(sum(g.amount), 0) as amount
    from pools p join grants g on g.customer_id = p.customer_id and g.pool_no = p.pool_no
    where p.customer_id = ${customerId} and p.credit_type_id = ${creditTypeId} and p.resource_id = ${resourceId}
      and g.source_kind = 'plan' and g.source_id = ${subscriptionId} and g.expires_at > ${after}
      and (${id}::text is null or g.grant_id = ${id} or starts_with(g.grant_id, ${id} || '.'))`.execute(db);
  return BigInt(rows[0]?.amount ?? 0);
}
