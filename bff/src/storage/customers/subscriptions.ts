import { type Insertable, type Kysely, type RawBuilder, type Selectable, sql, type Updateable } from "kysely";
import type { Database } from "../database.ts";
import { byKeyset, cutPage, type PageOf, type PageRequest } from "../keyset.ts";
import type { SubscriptionsTable, Tables } from "../tables.ts";

/** A subscription with what time it is for its customer. */
export interface SubscriptionRow extends Selectable<SubscriptionsTable> {
  readonly now: Date;
  /** How long its periods are, if its plan includes credits. */
  readonly every: "month" | "year" | null;
}

/**
 * Waits for the customer's lock.
 * @returns what time it is for the customer, in whole milliseconds, or nothing if there is no such customer
 */
export async function lockCustomer(
  transaction: Kysely<Tables>,
  customerId: string,
): Promise<Date | undefined> {
  const locked = await transaction
    .selectFrom("customers")
    .select("customer_id")
    .where("customer_id", "=", customerId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!locked) return undefined;
  // A statement of its own: the clock goes on while the lock is waited for.
  const { rows } = await sql<{ now: string }>`
    select floor(extract(epoch from clock_of(${customerId})) * 1000)::bigint as now`.execute(transaction);
  return new Date(Number(rows[0]?.now));
}

/** Adds a subscription and tells every process that what it remembers of the customer's no longer holds. */
export async function insertSubscription(
  transaction: Kysely<Tables>,
  subscription: Insertable<SubscriptionsTable>,
): Promise<SubscriptionRow> {
  const row = await transaction
    .insertInto("subscriptions")
    .values(subscription)
    .returningAll()
    .returning(besides())
    .executeTakeFirstOrThrow();
  await forget(transaction, subscription.customer_id);
  return row;
}

/** Changes what is given of a subscription, and tells every process. The customer must be locked. */
export async function storeSubscription(
  transaction: Kysely<Tables>,
  { customer_id, subscription_id }: Pick<SubscriptionRow, "customer_id" | "subscription_id">,
  change: Updateable<SubscriptionsTable>,
): Promise<SubscriptionRow> {
  const row = await transaction
    .updateTable("subscriptions")
    .set({ ...change, updated_at: sql<Date>`clock_of(customer_id)` })
    .where("customer_id", "=", customer_id)
    .where("subscription_id", "=", subscription_id)
    .returningAll()
    .returning(besides())
    .executeTakeFirstOrThrow();
  await forget(transaction, customer_id);
  return row;
}

export function findSubscription(
  db: Kysely<Tables>,
  { customerId, id }: { customerId: string; id: string },
): Promise<SubscriptionRow | undefined> {
  return select(db)
    .where("customer_id", "=", customerId)
    .where("subscription_id", "=", id)
    .executeTakeFirst();
}

export async function pageOfSubscriptions(
  database: Database,
  customerId: string,
  page: PageRequest,
): Promise<PageOf<SubscriptionRow>> {
  const query = select(database.writer).where("customer_id", "=", customerId);
  return cutPage(await byKeyset(query, { time: "created_at", id: "subscription_id" }, page).execute(), page);
}

function select(db: Kysely<Tables>) {
  return db.selectFrom("subscriptions").selectAll().select(besides());
}

function besides() {
  const every: RawBuilder<SubscriptionRow["every"]> = sql`(
    select v.included ->> 'every' from plan_versions v
    where v.plan_id = subscriptions.plan_id and v.version = subscriptions.plan_version)`;
  return [sql<Date>`clock_of(customer_id)`.as("now"), every.as("every")] as const;
}

/** Moves the version that processes remember a customer's subscriptions by. */
async function forget(transaction: Kysely<Tables>, customerId: string): Promise<void> {
  await transaction
    .updateTable("customers")
    .set((value) => ({ subscriptions_version: value("subscriptions_version", "+", 1) }))
    .where("customer_id", "=", customerId)
    .execute();
}
