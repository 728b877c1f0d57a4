import { type Kysely, type Selectable, sql } from "kysely";
import type { StripeCustomersTable } from "../payment-tables.ts";
import type { Tables } from "../tables.ts";
import { noteStripeObjects } from "./stripe-objects.ts";

export type StripeCustomerRow = Selectable<StripeCustomersTable>;

/** The customer's counterpart at Stripe, or the claim to make one under this key; the first claim stands. */
export async function claimStripeCustomer(
  db: Kysely<Tables>,
  { customerId, stripeKey }: { customerId: string; stripeKey: string },
): Promise<StripeCustomerRow> {
  const claimed = await db
    .insertInto("stripe_customers")
    .values({ customer_id: customerId, stripe_key: stripeKey })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
  const row = claimed ?? (await findStripeCustomer(db, customerId));
  if (!row) throw new Error("a claim that is not ours is there");
  return row;
}

export function findStripeCustomer(
  db: Kysely<Tables>,
  customerId: string,
): Promise<StripeCustomerRow | undefined> {
  return db
    .selectFrom("stripe_customers")
    .selectAll()
    .where("customer_id", "=", customerId)
    .executeTakeFirst();
}

/** Keeps Stripe's id for a claim that is still open, and whose it is: in a transaction. @returns the id that stands */
export async function keepStripeCustomer(
  db: Kysely<Tables>,
  { customerId, stripeCustomerId }: { customerId: string; stripeCustomerId: string },
): Promise<string> {
  await db
    .updateTable("stripe_customers")
    .set({ stripe_customer_id: stripeCustomerId })
    .where("customer_id", "=", customerId)
    .where("stripe_customer_id", "is", null)
    .execute();
  const standing = (await findStripeCustomer(db, customerId))?.stripe_customer_id ?? stripeCustomerId;
  await noteStripeObjects(db, [{ object_id: standing, customer_id: customerId, top_up_id: null }]);
  return standing;
}

/** Begins anew under another key, unless somebody did so before: what stood there no longer serves. */
export async function renewStripeCustomer(
  db: Kysely<Tables>,
  { customerId, was, stripeKey }: { customerId: string; was: StripeCustomerRow; stripeKey: string },
): Promise<void> {
  await db
    .updateTable("stripe_customers")
    .set({ stripe_customer_id: null, stripe_key: stripeKey, called_at: sql<Date>`clock_timestamp()` })
    .where("customer_id", "=", customerId)
    .where("stripe_key", "=", was.stripe_key)
    .execute();
}
