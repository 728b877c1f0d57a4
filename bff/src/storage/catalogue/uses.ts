import { type Kysely, sql } from "kysely";
import type { Tables } from "../tables.ts";

/** Something that keeps a credit type or a feature from going away. */
export interface Use {
  readonly kind: "plan" | "subscription" | "customer";
  readonly id: string;
}

/** What of the catalogue is looked for in plans. */
export type Named = { readonly creditTypeId: string } | { readonly featureId: string };

/** Plans whose current version names the thing, then subscriptions that are not over on a version that does. */
export async function usesInPlans(transaction: Kysely<Tables>, named: Named, limit: number): Promise<Use[]> {
  const names =
    "creditTypeId" in named
      ? sql`v.credit_type_id = ${named.creditTypeId}`
      : sql`v.rates @> jsonb_build_array(jsonb_build_object('featureId', ${named.featureId}::text))`;
  const { rows } = await sql<Use>`
    (
      select 'plan' as kind, p.id
      from plans p join plan_versions v on v.plan_id = p.id and v.version = p.version
      where ${names} order by p.id limit ${sql.lit(limit)}
    ) union all (
      select 'subscription' as kind, s.subscription_id as id
      from subscriptions s join plan_versions v on v.plan_id = s.plan_id and v.version = s.plan_version
      where ${names} and (s.ends_at is null or s.ends_at > clock_of(s.customer_id))
      order by s.customer_id, s.subscription_id limit ${sql.lit(limit)}
    ) limit ${sql.lit(limit)}`.execute(transaction);
  return rows;
}
