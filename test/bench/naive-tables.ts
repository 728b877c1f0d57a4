import pg from "pg";

/** The plain tables of the naive loop: ten thousand customers with three grants each, that never run dry. */
const statements = [
  "create table naive_events (id text primary key)",
  "create table naive_pools (customer_id int primary key, balance bigint not null, seq bigint not null)",
  `create table naive_grants (
    id bigint generated always as identity primary key,
    customer_id int not null references naive_pools,
    priority int not null,
    expires_at timestamptz not null,
    remaining bigint not null check (remaining >= 0)
  )`,
  "create index on naive_grants (customer_id)",
  `create table naive_ledger (
    customer_id int not null references naive_pools,
    seq bigint not null,
    amount bigint not null,
    balance bigint not null,
    event_id text not null,
    recorded_at timestamptz not null,
    primary key (customer_id, seq)
  )`,
  "insert into naive_pools select id, 3e15, 0 from generate_series(1, 10000) id",
  `insert into naive_grants (customer_id, priority, expires_at, remaining)
   select customer, n, now() + n * interval '30 days', 1e15
   from generate_series(1, 10000) customer, generate_series(1, 3) n`,
  "vacuum analyze",
];

/** Makes and fills the tables in an empty database. */
export async function prepareNaive(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}
