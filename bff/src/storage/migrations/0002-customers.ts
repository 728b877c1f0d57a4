import { type Kysely, sql } from "kysely";

/** Customers and what they subscribe to. `customer_id` leads every key, so that a customer's rows live together. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // The row is the customer's lock: whoever changes anything of a customer's money holds it. \`subscriptions_version\`
  // moves with every change of subscriptions, so that a process knows whether what it remembers still holds.
  await sql`
    create table customers (
      customer_id text primary key,
      name text,
      email text,
      metadata jsonb not null default '{}',
      route text not null,
      subscriptions_version int not null default 0,
      created_at timestamptz not null default clock_timestamp(),
      updated_at timestamptz not null default clock_timestamp()
    ) with (fillfactor = 80)`.execute(db);
  await sql`create index customers_newest on customers (created_at, customer_id)`.execute(db);
  // Finds the customer from an id that we made, without asking every shard.
  await sql`
    create table customer_routes (
      route text primary key,
      customer_id text not null
    )`.execute(db);
  await sql`
    create table subscriptions (
      customer_id text not null references customers (customer_id),
      subscription_id text not null,
      plan_id text not null,
      plan_version int not null,
      resource_id text not null default '',
      starts_at timestamptz not null,
      ends_at timestamptz,
      price_amount text,
      price_currency text,
      created_at timestamptz not null default clock_timestamp(),
      primary key (customer_id, subscription_id),
      check (ends_at is null or ends_at > starts_at)
    )`.execute(db);
  // A small number stands for a user in the ledger, so that a person can be forgotten while every amount stays.
  await sql`
    create table customer_users (
      customer_id text not null references customers (customer_id),
      user_no int not null,
      user_id text,
      primary key (customer_id, user_no),
      unique (customer_id, user_id)
    )`.execute(db);
}
