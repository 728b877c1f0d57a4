import type { TopUpStatus } from "@credits-kit/contract";
import { type Insertable, type Kysely, type Selectable, sql, type Updateable } from "kysely";
import type { Database } from "../database.ts";
import { byKeyset, cutPage, type PageOf, type PageRequest } from "../keyset.ts";
import type { Tables } from "../tables.ts";
import type { TopUpHistoryTable, TopUpsTable } from "../payment-tables.ts";

export type TopUpRow = Selectable<TopUpsTable>;
export type TopUpHistoryRow = Selectable<TopUpHistoryTable>;

/** An order, by whose it is. */
export type TopUpKey = Pick<TopUpRow, "customer_id" | "top_up_id">;

/** Which of a customer's orders a list is about. */
export interface TopUpFilter {
  readonly customerId: string;
  readonly creditTypeId?: string | undefined;
  readonly resourceId?: string | undefined;
  readonly status?: TopUpStatus | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** What a step of an order's history says besides its state. */
export interface HistoryStep {
  readonly cause: string;
  readonly actor?: { readonly kind: string; readonly id: string } | undefined;
  readonly reason?: string | undefined;
}

/**
 * Adds an order and the beginning of its history, unless its customer has one under the same key.
 * @returns the new order, or nothing
 */
export async function insertTopUp(
  transaction: Kysely<Tables>,
  order: Insertable<TopUpsTable>,
  step: HistoryStep,
): Promise<TopUpRow | undefined> {
  const row = await transaction
    .insertInto("top_ups")
    .values(order)
    .onConflict((conflict) => conflict.columns(["customer_id", "order_key"]).doNothing())
    .returningAll()
    .executeTakeFirst();
  if (row) await addHistory(transaction, row, step);
  return row;
}

export function findTopUp(db: Kysely<Tables>, key: TopUpKey): Promise<TopUpRow | undefined> {
  return select(db, key).executeTakeFirst();
}

/** The order, which stays as it is until the transaction ends. */
export function lockTopUp(transaction: Kysely<Tables>, key: TopUpKey): Promise<TopUpRow | undefined> {
  return select(transaction, key).forUpdate().executeTakeFirst();
}

export function findTopUpByOrderKey(
  db: Kysely<Tables>,
  { customerId, orderKey }: { customerId: string; orderKey: string },
): Promise<TopUpRow | undefined> {
  return db
    .selectFrom("top_ups")
    .selectAll()
    .where("customer_id", "=", customerId)
    .where("order_key", "=", orderKey)
    .executeTakeFirst();
}

/** Changes facts of an order that are not its state. */
export async function storeTopUp(
  db: Kysely<Tables>,
  key: TopUpKey,
  change: Omit<Updateable<TopUpsTable>, "status">,
): Promise<void> {
  await db
    .updateTable("top_ups")
    .set({ ...change, updated_at: sql<Date>`clock_timestamp()` })
    .where("customer_id", "=", key.customer_id)
    .where("top_up_id", "=", key.top_up_id)
    .execute();
}

/** Puts an order, which must be locked, into a state, and adds that to its history. */
export async function moveTopUp(
  transaction: Kysely<Tables>,
  key: TopUpKey,
  { change, step }: { change: Updateable<TopUpsTable> & { status: TopUpStatus }; step: HistoryStep },
): Promise<TopUpRow> {
  const row = await transaction
    .updateTable("top_ups")
    .set({ ...change, updated_at: sql<Date>`clock_timestamp()` })
    .where("customer_id", "=", key.customer_id)
    .where("top_up_id", "=", key.top_up_id)
    .returningAll()
    .executeTakeFirstOrThrow();
  await addHistory(transaction, row, step);
  return row;
}

async function addHistory(transaction: Kysely<Tables>, row: TopUpRow, step: HistoryStep): Promise<void> {
  const { cause, actor, reason } = step;
  await sql`
    insert into top_up_history (customer_id, top_up_id, no, status, cause, actor_kind, actor_id, reason)
    select ${row.customer_id}, ${row.top_up_id}, coalesce(max(no), 0) + 1, ${row.status}, ${cause},
      ${actor?.kind ?? null}, ${actor?.id ?? null}, ${reason ?? null}
    from top_up_history where customer_id = ${row.customer_id} and top_up_id = ${row.top_up_id}`.execute(
    transaction,
  );
}

/** What the calls to Stripe for some orders of one customer go under, by order. */
export async function stripeKeysOf(
  db: Kysely<Tables>,
  customerId: string,
  topUpIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (topUpIds.length === 0) return new Map();
  const rows = await db
    .selectFrom("top_ups")
    .select(["top_up_id", "stripe_key"])
    .where("customer_id", "=", customerId)
    .where("top_up_id", "in", topUpIds)
    .execute();
  return new Map(rows.map((row) => [row.top_up_id, row.stripe_key]));
}

/** The histories of some orders of one customer, each in order. */
export async function historiesOf(
  db: Kysely<Tables>,
  customerId: string,
  topUpIds: readonly string[],
): Promise<TopUpHistoryRow[]> {
  if (topUpIds.length === 0) return [];
  return db
    .selectFrom("top_up_history")
    .selectAll()
    .where("customer_id", "=", customerId)
    .where("top_up_id", "in", topUpIds)
    .orderBy("top_up_id")
    .orderBy("no")
    .execute();
}

export async function pageOfTopUps(
  database: Database,
  filter: TopUpFilter,
  page: PageRequest,
): Promise<PageOf<TopUpRow>> {
  const { customerId, creditTypeId, resourceId, status, from, to } = filter;
  let query = database.writer.selectFrom("top_ups").selectAll().where("customer_id", "=", customerId);
  if (creditTypeId !== undefined) query = query.where("credit_type_id", "=", creditTypeId);
  if (resourceId !== undefined) query = query.where("resource_id", "=", resourceId);
  if (status !== undefined) query = query.where("status", "=", status);
  if (from !== undefined) query = query.where("created_at", ">=", new Date(from));
  if (to !== undefined) query = query.where("created_at", "<", new Date(to));
  return cutPage(await byKeyset(query, { time: "created_at", id: "top_up_id" }, page).execute(), page);
}

/** Notes that somebody looks at an order now, unless somebody did so after a moment. @returns whether it was noted */
export async function claimLook(
  db: Kysely<Tables>,
  key: TopUpKey,
  { now, unlessAfter }: { now: Date; unlessAfter: Date },
): Promise<boolean> {
  const row = await db
    .updateTable("top_ups")
    .set({ looked_at: now })
    .where("customer_id", "=", key.customer_id)
    .where("top_up_id", "=", key.top_up_id)
    .where((where) => where.or([where("looked_at", "is", null), where("looked_at", "<=", unlessAfter)]))
    .returning("top_up_id")
    .executeTakeFirst();
  return row !== undefined;
}

/** Notes that somebody asks Stripe now where an order is confirmed, unless somebody did after a moment. @returns whether it was noted */
export async function claimBankAddress(
  db: Kysely<Tables>,
  key: TopUpKey,
  { now, unlessAfter }: { now: Date; unlessAfter: Date },
): Promise<boolean> {
  const row = await db
    .updateTable("top_ups")
    .set({ bank_asked_at: now })
    .where("customer_id", "=", key.customer_id)
    .where("top_up_id", "=", key.top_up_id)
    .where((where) =>
      where.or([where("bank_asked_at", "is", null), where("bank_asked_at", "<=", unlessAfter)]),
    )
    .returning("top_up_id")
    .executeTakeFirst();
  return row !== undefined;
}

/** Notes that an order was looked at. */
export async function noteLook(db: Kysely<Tables>, key: TopUpKey, now: Date): Promise<void> {
  await claimLook(db, key, { now, unlessAfter: now });
}

/** Which of the orders that are open are due for a look. */
export interface OpenOrders {
  readonly before: Date;
  /** An order that was made before a moment is due once nobody looked after another; the first that fits holds. */
  readonly rhythm: readonly { readonly madeBefore: Date; readonly lookedBefore: Date }[];
  readonly after: TopUpRow | null;
  readonly limit: number;
}

/** Orders whose outcome is open, made before a moment, that are due, the oldest first, behind a position. */
export function openTopUps(
  db: Kysely<Tables>,
  { before, rhythm, after, limit }: OpenOrders,
): Promise<TopUpRow[]> {
  const cases = rhythm.map(
    ({ madeBefore, lookedBefore }) =>
      sql`when created_at <= ${madeBefore} then looked_at is null or looked_at <= ${lookedBefore}`,
  );
  const isDue =
    cases.length === 0 ? sql<boolean>`true` : sql<boolean>`case ${sql.join(cases, sql` `)} else true end`;
  const position = after
    ? sql<boolean>`(created_at, customer_id, top_up_id) > (${after.created_at}, ${after.customer_id}, ${after.top_up_id})`
    : sql<boolean>`true`;
  return db
    .selectFrom("top_ups")
    .selectAll()
    .where("status", "in", ["awaiting_payment", "action_required", "processing"])
    .where("created_at", "<=", before)
    .where(isDue)
    .where(position)
    .orderBy("created_at")
    .orderBy("customer_id")
    .orderBy("top_up_id")
    .limit(limit)
    .execute();
}

function select(db: Kysely<Tables>, { customer_id, top_up_id }: TopUpKey) {
  return db
    .selectFrom("top_ups")
    .selectAll()
    .where("customer_id", "=", customer_id)
    .where("top_up_id", "=", top_up_id);
}

/** Says which payment is the order's, unless another one is. @returns whether it is this one */
export async function claimPayment(db: Kysely<Tables>, key: TopUpKey, paymentId: string): Promise<boolean> {
  const row = await db
    .updateTable("top_ups")
    .set({ payment_intent_id: paymentId })
    .where("customer_id", "=", key.customer_id)
    .where("top_up_id", "=", key.top_up_id)
    .where((where) =>
      where.or([where("payment_intent_id", "is", null), where("payment_intent_id", "=", paymentId)]),
    )
    .returning("top_up_id")
    .executeTakeFirst();
  return row !== undefined;
}
