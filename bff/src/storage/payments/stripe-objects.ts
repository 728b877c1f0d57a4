import type { Kysely, Selectable } from "kysely";
import type { StripeObjectsTable } from "../payment-tables.ts";
import type { Tables } from "../tables.ts";

export type StripeObjectRow = Selectable<StripeObjectsTable>;

/** Notes whose things of Stripe's are. What is known stays as it is. */
export async function noteStripeObjects(
  db: Kysely<Tables>,
  objects: readonly Pick<StripeObjectRow, "object_id" | "customer_id" | "top_up_id">[],
): Promise<void> {
  if (objects.length === 0) return;
  await db
    .insertInto("stripe_objects")
    .values([...objects])
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export function findStripeObject(db: Kysely<Tables>, objectId: string): Promise<StripeObjectRow | undefined> {
  return db.selectFrom("stripe_objects").selectAll().where("object_id", "=", objectId).executeTakeFirst();
}
