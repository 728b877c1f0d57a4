import pg from "pg";
import { prepareNaive } from "./naive-tables.ts";

export interface NaiveOptions {
  /** A database of its own; the tables are made on first use. */
  url: string;
  callers: number;
  seconds: number;
  /** One customer takes everything, instead of ten thousand. */
  hot: boolean;
}

interface Caller {
  name: string;
  client: pg.Client;
  customers: number;
}

const amount = 1_000_000;
const prepared = new Map<string, Promise<void>>();

/** The loop everybody writes first: a transaction an event, every statement a round trip. Events a second. */
export async function runNaive(options: NaiveOptions): Promise<number> {
  const { url, callers, seconds, hot } = options;
  const tables = prepared.get(url) ?? prepareNaive(url);
  prepared.set(url, tables);
  await tables;
  const clients = await Promise.all(Array.from({ length: callers }, () => connected(url)));
  const run = process.hrtime.bigint().toString(36);
  const started = performance.now();
  const end = started + seconds * 1000;
  const counts = await Promise.all(
    clients.map((client, index) =>
      burnUntil(end, { client, customers: hot ? 1 : 10_000, name: `${run}-${index}` }),
    ),
  );
  const elapsed = (performance.now() - started) / 1000;
  await Promise.all(clients.map((client) => client.end()));
  return counts.reduce((sum, count) => sum + count, 0) / elapsed;
}

async function burnUntil(end: number, caller: Caller): Promise<number> {
  let events = 0;
  while (performance.now() < end) {
    const customer = 1 + Math.floor(Math.random() * caller.customers);
    await burn(caller.client, { id: `${caller.name}-${events}`, customer });
    events++;
  }
  return events;
}

/** Seven round trips and the commit. */
async function burn(client: pg.Client, event: { id: string; customer: number }): Promise<void> {
  await client.query("begin");
  const inserted = await client.query(insertEvent(event.id));
  if (inserted.rowCount === 0) {
    await client.query("rollback");
    return;
  }
  const pool = (await client.query<{ balance: string; seq: string }>(lockPool(event.customer))).rows[0];
  const grant = (await client.query<{ id: string; remaining: string }>(readGrants(event.customer))).rows[0];
  if (!pool || !grant) throw new Error(`Customer ${event.customer} has no pool or no grant.`);
  const seq = Number(pool.seq) + 1;
  const balance = Number(pool.balance) - amount;
  await client.query(drawGrant(grant.id));
  await client.query(insertEntry({ customer: event.customer, seq, balance, event: event.id }));
  await client.query(movePool({ customer: event.customer, seq, balance }));
  await client.query("commit");
}

const insertEvent = (id: string) => ({
  name: "event",
  text: "insert into naive_events (id) values ($1) on conflict do nothing",
  values: [id],
});

const lockPool = (customer: number) => ({
  name: "pool",
  text: "select balance, seq from naive_pools where customer_id = $1 for update",
  values: [customer],
});

const readGrants = (customer: number) => ({
  name: "burn-order",
  text: `select id, remaining from naive_grants where customer_id = $1 and remaining > 0
         order by priority, expires_at, id`,
  values: [customer],
});

const drawGrant = (id: string) => ({
  name: "draw",
  text: "update naive_grants set remaining = remaining - $2 where id = $1",
  values: [id, amount],
});

const insertEntry = (entry: { customer: number; seq: number; balance: number; event: string }) => ({
  name: "entry",
  text: `insert into naive_ledger (customer_id, seq, amount, balance, event_id, recorded_at)
         values ($1, $2, $3, $4, $5, clock_timestamp())`,
  values: [entry.customer, entry.seq, -amount, entry.balance, entry.event],
});

const movePool = (pool: { customer: number; seq: number; balance: number }) => ({
  name: "move",
  text: "update naive_pools set seq = $2, balance = $3 where customer_id = $1",
  values: [pool.customer, pool.seq, pool.balance],
});

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}
