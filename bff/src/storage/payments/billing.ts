import { type Kysely, type Selectable, sql } from "kysely";
import type { StoredIncluded, StoredTopUp } from "../catalogue/plans-stored.ts";
import type { Database } from "../database.ts";
import { byKeyset, cutPage, type PageOf, type PageRequest } from "../keyset.ts";
import type { CreditTypesTable, Tables } from "../tables.ts";
import type { TopUpRow } from "./top-ups.ts";

/** A plan that a customer is on now. */
export interface PlanInForceRow extends Pick<
  Selectable<CreditTypesTable>,
  "symbol" | "unit_singular" | "unit_plural"
> {
  readonly subscription_id: string;
  readonly plan_id: string;
  readonly plan_name: string;
  readonly credit_type_id: string;
  readonly credit_type_name: string;
  readonly resource_id: string;
  readonly seats: number;
  readonly price_amount: string | null;
  readonly price_currency: string | null;
  readonly top_up: StoredTopUp | null;
  readonly included: StoredIncluded | null;
  readonly starts_at: Date;
  readonly ends_at: Date | null;
}

/** The plans that a customer is on now by their clock, the one that began last first. */
export function plansInForce(db: Kysely<Tables>, customerId: string): Promise<PlanInForceRow[]> {
  const now = sql<Date>`(select clock_of(${customerId}))`;
  return db
    .selectFrom("subscriptions as s")
    .innerJoin("plan_versions as v", (join) =>
      join.onRef("v.plan_id", "=", "s.plan_id").onRef("v.version", "=", "s.plan_version"),
    )
    .innerJoin("credit_types as c", "c.id", "v.credit_type_id")
    .select([
      "s.subscription_id",
      "s.plan_id",
      "s.resource_id",
      "s.seats",
      "s.price_amount",
      "s.price_currency",
    ])
    .select(["s.starts_at", "s.ends_at", "v.name as plan_name", "v.credit_type_id", "v.top_up", "v.included"])
    .select(["c.name as credit_type_name", "c.symbol", "c.unit_singular", "c.unit_plural"])
    .where("s.customer_id", "=", customerId)
    .where("s.starts_at", "<=", now)
    .where((where) => where.or([where("s.ends_at", "is", null), where("s.ends_at", ">", now)]))
    .orderBy("s.starts_at", "desc")
    .orderBy("s.subscription_id", "desc")
    .execute();
}

/** A customer's purchases that have papers, the newest first: those that were paid, and those by invoice. */
export async function pageOfPurchases(
  database: Database,
  customerId: string,
  page: PageRequest,
): Promise<PageOf<TopUpRow>> {
  const query = database.writer
    .selectFrom("top_ups")
    .selectAll()
    .where("customer_id", "=", customerId)
    .where((where) => where.or([where("status", "=", "paid"), where("invoice_status", "is not", null)]));
  return cutPage(await byKeyset(query, { time: "created_at", id: "top_up_id" }, page).execute(), page);
}
