import { type Insertable, type Kysely, type Selectable, sql } from "kysely";
import type { TakingsTable } from "../payment-tables.ts";
import type { Tables } from "../tables.ts";
import type { TopUpKey } from "./top-ups.ts";

export type TakingRow = Selectable<TakingsTable>;
export type NewTaking = Omit<Insertable<TakingsTable>, "taken" | "created_at">;

/** What was and is to be taken back of an order's credits, in the order in which it was decided. */
export function takingsOf(db: Kysely<Tables>, key: TopUpKey): Promise<TakingRow[]> {
  return db
    .selectFrom("takings")
    .selectAll()
    .where("customer_id", "=", key.customer_id)
    .where("top_up_id", "=", key.top_up_id)
    .orderBy("created_at")
    .orderBy("command_id")
    .execute();
}

export async function insertTakings(
  transaction: Kysely<Tables>,
  takings: readonly NewTaking[],
): Promise<void> {
  if (takings.length > 0)
    await transaction
      .insertInto("takings")
      .values([...takings])
      .execute();
}

/** Lowers what is to be taken: some of it was spent meanwhile. */
export async function lowerTaking(
  db: Kysely<Tables>,
  { customer_id, command_id }: Pick<TakingRow, "customer_id" | "command_id">,
  amount: bigint,
): Promise<void> {
  await db
    .updateTable("takings")
    .set({ amount: sql<string>`least(amount, ${amount})` })
    .where("customer_id", "=", customer_id)
    .where("command_id", "=", command_id)
    .where("taken", "is", null)
    .execute();
}

/** Keeps what was taken. What is kept stays. */
export async function keepTaken(
  db: Kysely<Tables>,
  { customer_id, command_id }: Pick<TakingRow, "customer_id" | "command_id">,
  taken: bigint,
): Promise<void> {
  await db
    .updateTable("takings")
    .set({ taken })
    .where("customer_id", "=", customer_id)
    .where("command_id", "=", command_id)
    .where("taken", "is", null)
    .execute();
}
