import { type Kysely, type Selectable, sql } from "kysely";
import type { Database } from "../database.ts";
import { byKeyset, cutPage, type PageOf, type PageRequest } from "../keyset.ts";
import type { SubscriptionsTable, Tables } from "../tables.ts";

export type SubscriptionStatus = "scheduled" | "active" | "ended";
export type SubscriptionRow = Selectable<SubscriptionsTable> & { readonly status: SubscriptionStatus };

/** Waits for the customer's lock. @returns what time it is for the customer, or nothing if there is no such customer */
export async function lockCustomer(
  transaction: Kysely<Tables>,
  customerId: string,
): Promise<Date | undefined> {
  const row = await transaction
    .selectFrom("customers")
    .select(sql<Date>`clock_of(customer_id)`.as("now"))
    .where("customer_id", "=", customerId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row?.now;
}

/** Adds a subscription and tells every process that what it remembers of the customer's no longer holds. */
export async function insertSubscription(
  transaction: Kysely<Tables>,
  subscription: Omit<Selectable<SubscriptionsTable>, "created_at">,
): Promise<SubscriptionRow> {
  const row = await transaction
    .insertInto("subscriptions")
    .values(subscription)
    .returningAll()
    .returning(status())
    .executeTakeFirstOrThrow();
  await transaction
    .updateTable("customers")
    .set((value) => ({ subscriptions_version: value("subscriptions_version", "+", 1) }))
    .where("customer_id", "=", subscription.customer_id)
    .execute();
  return row;
}

export async function pageOfSubscriptions(
  database: Database,
  customerId: string,
  page: PageRequest,
): Promise<PageOf<SubscriptionRow>> {
  const query = database.writer
    .selectFrom("subscriptions")
    .selectAll()
    .select(status())
    .where("customer_id", "=", customerId);
  return cutPage(await byKeyset(query, { time: "created_at", id: "subscription_id" }, page).execute(), page);
}

function status() {
  return sql<SubscriptionStatus>`case
    when starts_at > clock_of(customer_id) then 'scheduled'
    when ends_at <= clock_of(customer_id) then 'ended'
    else 'active' end`.as("status");
}
