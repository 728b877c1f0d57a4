import type { Kysely, Selectable } from "kysely";
import { sql } from "kysely";
import type { Database } from "../database.ts";
import { byKeyset, cutPage, type PageOf, type PageRequest } from "../keyset.ts";
import type { CustomersTable, Tables } from "../tables.ts";
import { routeIn, routeOf } from "./ids.ts";

export type CustomerRow = Selectable<CustomersTable>;

/** What a caller may say of a customer. What is left out stays as it is. */
export interface CustomerFields {
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly metadata?: Record<string, string> | undefined;
  readonly testClockId?: string | null | undefined;
}

/** Adds a customer and what finds it by its ids, unless the id (or, by a freak of digests, its route) is taken. */
export async function insertCustomer(
  transaction: Kysely<Tables>,
  { id, fields }: { id: string; fields: CustomerFields },
): Promise<CustomerRow | undefined> {
  const route = routeOf(id);
  const owner = await transaction
    .insertInto("customer_routes")
    .values({ route, customer_id: id })
    .onConflict((conflict) => conflict.doNothing())
    .returning("customer_id")
    .executeTakeFirst();
  if (!owner) return undefined;
  return transaction
    .insertInto("customers")
    .values({
      customer_id: id,
      name: fields.name ?? null,
      email: fields.email ?? null,
      metadata: JSON.stringify(fields.metadata ?? {}),
      test_clock_id: fields.testClockId ?? null,
      route,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Changes what is given. @returns the customer, or nothing if there is none */
export function updateCustomer(
  transaction: Kysely<Tables>,
  { id, fields }: { id: string; fields: CustomerFields },
): Promise<CustomerRow | undefined> {
  return transaction
    .updateTable("customers")
    .set({
      ...(fields.name === undefined ? {} : { name: fields.name }),
      ...(fields.email === undefined ? {} : { email: fields.email }),
      ...(fields.metadata === undefined ? {} : { metadata: JSON.stringify(fields.metadata) }),
      ...(fields.testClockId === undefined ? {} : { test_clock_id: fields.testClockId }),
      updated_at: sql<Date>`clock_timestamp()`,
    })
    .where("customer_id", "=", id)
    .returningAll()
    .executeTakeFirst();
}

export function findCustomer(db: Kysely<Tables>, id: string): Promise<CustomerRow | undefined> {
  return db.selectFrom("customers").selectAll().where("customer_id", "=", id).executeTakeFirst();
}

/** The customer whose id a made id carries, or null. */
export async function findCustomerByRoute(db: Kysely<Tables>, route: string): Promise<string | null> {
  const row = await db
    .selectFrom("customer_routes")
    .select("customer_id")
    .where("route", "=", route)
    .executeTakeFirst();
  return row?.customer_id ?? null;
}

/** The customer that a made id belongs to (`gr_<route>_<ulid>`), or null. */
export async function findCustomerOf(db: Kysely<Tables>, madeId: string): Promise<string | null> {
  const route = routeIn(madeId);
  return route === null ? null : findCustomerByRoute(db, route);
}

export async function pageOfCustomers(database: Database, page: PageRequest): Promise<PageOf<CustomerRow>> {
  const query = database.writer.selectFrom("customers").selectAll();
  return cutPage(await byKeyset(query, { time: "created_at", id: "customer_id" }, page).execute(), page);
}
