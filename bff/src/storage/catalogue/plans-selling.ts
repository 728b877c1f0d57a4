import type { PricePerCredit } from "@credits-kit/amounts";
import type { TopUpTerms } from "@credits-kit/engine";
import { type Kysely, sql } from "kysely";
import type { Tables } from "../tables.ts";
import { toTopUpTerms } from "./plans-content.ts";

/** On which terms a customer can buy credits. */
export interface SellingTerms {
  /** Null for a plan that sells none. */
  readonly terms: TopUpTerms | null;
  /** How long bought credits live, as an ISO 8601 period; null for ever. */
  readonly grantExpiresAfter: string | null;
  /** What was agreed with the customer, if anything was. */
  readonly agreed: PricePerCredit | null;
}

/** The terms of the customer's subscription for credits of a type, the one that began last among those active now. */
export async function findSellingTerms(
  db: Kysely<Tables>,
  { customerId, creditTypeId }: { customerId: string; creditTypeId: string },
): Promise<SellingTerms | undefined> {
  const now = sql<Date>`(select clock_of(${customerId}))`;
  const row = await db
    .selectFrom("subscriptions as s")
    .innerJoin("plan_versions as v", (join) =>
      join.onRef("v.plan_id", "=", "s.plan_id").onRef("v.version", "=", "s.plan_version"),
    )
    .select(["v.top_up", "s.price_amount", "s.price_currency"])
    .where("s.customer_id", "=", customerId)
    .where("v.credit_type_id", "=", creditTypeId)
    .where("s.starts_at", "<=", now)
    .where((where) => where.or([where("s.ends_at", "is", null), where("s.ends_at", ">", now)]))
    .orderBy("s.starts_at", "desc")
    .orderBy("s.subscription_id", "desc")
    .executeTakeFirst();
  if (!row) return undefined;
  const { top_up, price_amount: amount, price_currency: currency } = row;
  return {
    terms: top_up && toTopUpTerms(top_up),
    grantExpiresAfter: top_up?.grantExpiresAfter ?? null,
    agreed: amount === null || currency === null ? null : { amount, currency },
  };
}

/** The credit type that the customer can buy first: of the active subscription that began last among those that sell. */
export async function findSoldCreditType(
  db: Kysely<Tables>,
  customerId: string,
): Promise<string | undefined> {
  const now = sql<Date>`(select clock_of(${customerId}))`;
  const row = await db
    .selectFrom("subscriptions as s")
    .innerJoin("plan_versions as v", (join) =>
      join.onRef("v.plan_id", "=", "s.plan_id").onRef("v.version", "=", "s.plan_version"),
    )
    .select("v.credit_type_id")
    .where("s.customer_id", "=", customerId)
    .where("v.top_up", "is not", null)
    .where("s.starts_at", "<=", now)
    .where((where) => where.or([where("s.ends_at", "is", null), where("s.ends_at", ">", now)]))
    .orderBy("s.starts_at", "desc")
    .orderBy("s.subscription_id", "desc")
    .executeTakeFirst();
  return row?.credit_type_id;
}
