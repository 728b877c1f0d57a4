import { type Insertable, type Kysely, type Selectable, sql, type Updateable } from "kysely";
import type { Tables } from "../tables.ts";
import type { PoolKey } from "./rules.ts";
import type { CardSetupsTable } from "./tables.ts";

export type CardSetupRow = Selectable<CardSetupsTable>;

const MOST_LOOKED_AT = 3;

/** Adds a page for a card, or answers the one that stands under its key. */
export async function claimCardSetup(
  db: Kysely<Tables>,
  setup: Insertable<CardSetupsTable>,
): Promise<CardSetupRow> {
  const added = await db
    .insertInto("card_setups")
    .values(setup)
    .onConflict((conflict) => conflict.columns(["customer_id", "setup_key"]).doNothing())
    .returningAll()
    .executeTakeFirst();
  if (added) return added;
  return db
    .selectFrom("card_setups")
    .selectAll()
    .where("customer_id", "=", setup.customer_id)
    .where("setup_key", "=", setup.setup_key)
    .executeTakeFirstOrThrow();
}

export function findCardSetupBySession(
  db: Kysely<Tables>,
  sessionId: string,
): Promise<CardSetupRow | undefined> {
  return db
    .selectFrom("card_setups")
    .selectAll()
    .where("checkout_session_id", "=", sessionId)
    .executeTakeFirst();
}

/**
 * The pages of a pool, and of its customer in general, that are open and that nobody looked at since a moment; they count
 * as looked at then. Only the newest few, as anybody can open any number: Stripe tells of the others.
 */
export async function takeOpenCardSetups(
  db: Kysely<Tables>,
  key: PoolKey,
  { now, unlessAfter }: { now: Date; unlessAfter: Date },
): Promise<CardSetupRow[]> {
  const newest = db
    .selectFrom("card_setups")
    .select("setup_id")
    .where("customer_id", "=", key.customer_id)
    .where((where) =>
      where.or([
        where.and([
          where("credit_type_id", "=", key.credit_type_id),
          where("resource_id", "=", key.resource_id),
        ]),
        where("credit_type_id", "is", null),
      ]),
    )
    .where("status", "=", "open")
    .where("checkout_session_id", "is not", null)
    .orderBy("created_at", "desc")
    .limit(MOST_LOOKED_AT);
  return db
    .updateTable("card_setups")
    .set({ looked_at: now })
    .where("customer_id", "=", key.customer_id)
    .where("setup_id", "in", newest)
    .where((where) => where.or([where("looked_at", "is", null), where("looked_at", "<", unlessAfter)]))
    .returningAll()
    .execute();
}

/** Changes a page that is open. @returns whether it was */
export async function storeCardSetup(
  db: Kysely<Tables>,
  { customer_id, setup_id }: Pick<CardSetupRow, "customer_id" | "setup_id">,
  change: Updateable<CardSetupsTable>,
): Promise<boolean> {
  const row = await db
    .updateTable("card_setups")
    .set(change)
    .where("customer_id", "=", customer_id)
    .where("setup_id", "=", setup_id)
    .where(sql<boolean>`status = 'open'`)
    .returning("setup_id")
    .executeTakeFirst();
  return row !== undefined;
}

/** The page by which a card was added for a pool last. */
export function findCompleteSetup(db: Kysely<Tables>, key: PoolKey): Promise<CardSetupRow | undefined> {
  return db
    .selectFrom("card_setups")
    .selectAll()
    .where("customer_id", "=", key.customer_id)
    .where("credit_type_id", "=", key.credit_type_id)
    .where("resource_id", "=", key.resource_id)
    .where("status", "=", "complete")
    .orderBy("created_at", "desc")
    .executeTakeFirst();
}
