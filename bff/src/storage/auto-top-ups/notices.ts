import type { Insertable, Kysely } from "kysely";
import type { Tables } from "../tables.ts";
import type { AutoTopUpNoticesTable } from "./tables.ts";

export type NewNotice = Omit<Insertable<AutoTopUpNoticesTable>, "details"> & { details: object };

/** Notes what somebody is to be told, once for each key. */
export async function addNotice(transaction: Kysely<Tables>, notice: NewNotice): Promise<void> {
  await transaction
    .insertInto("auto_top_up_notices")
    .values({ ...notice, details: JSON.stringify(notice.details) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** What a customer is to be told, in the order in which it happened. */
export async function noticesOf(db: Kysely<Tables>, customerId: string) {
  return db
    .selectFrom("auto_top_up_notices")
    .selectAll()
    .where("customer_id", "=", customerId)
    .orderBy("created_at")
    .orderBy("notice_key")
    .execute();
}
