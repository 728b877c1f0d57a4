import { type Kysely, sql } from "kysely";
import type { Tables } from "../tables.ts";

/** What a credit type is called, and what its balances are low by. */
export interface NamedCreditType {
  readonly id: string;
  readonly name: string;
  readonly symbol: string | null;
  readonly unit_singular: string;
  readonly unit_plural: string;
  readonly low_balance_thresholds: string[];
}

/** The types of the credits that a customer has, or gets by a plan that was begun, by their ids. */
export async function creditTypesOf(db: Kysely<Tables>, customerId: string): Promise<NamedCreditType[]> {
  const { rows } = await sql<NamedCreditType>`
    select t.id, t.name, t.symbol, t.unit_singular, t.unit_plural, t.low_balance_thresholds
    from credit_types t
    where t.id in (
      select p.credit_type_id from pools p where p.customer_id = ${customerId}
      union
      select v.credit_type_id
      from subscriptions s join plan_versions v on v.plan_id = s.plan_id and v.version = s.plan_version
      where s.customer_id = ${customerId})
    order by t.id`.execute(db);
  return rows;
}
