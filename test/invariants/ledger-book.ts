import { type Command, decide, type Entry } from "@credits-kit/engine";
import { type Kysely, sql } from "kysely";
import type { Tables } from "../../bff/src/storage/database.ts";
import { BookPool } from "./book-pool.ts";
import {
  commandRow,
  customerRow,
  entryRow,
  grantRow,
  holdRow,
  poolRow,
  type Row,
  toldTerms,
} from "./book-rows.ts";

/** About what a large group of the write path has; the guard joins without hashes. */
const PAGE = 500;

/**
 * Keeps ledgers at times of its own choosing and writes them as the owner, through the guard: years of history in a
 * moment. What it writes is what the write path would have written then.
 */
export class LedgerBook {
  readonly #owner: Kysely<Tables>;
  readonly #pools: BookPool[] = [];
  #customers: Row[] = [];
  #grants: Row[] = [];
  #holds: Row[] = [];
  #entries: Row[] = [];
  #commands: Row[] = [];
  #written = 0;
  #events = 0;

  constructor(owner: Kysely<Tables>) {
    this.#owner = owner;
  }

  /** How many entries there are, those still to be written included. */
  get entries(): number {
    return this.#written + this.#entries.length;
  }

  openCustomer(customerId: string): void {
    this.#customers.push(customerRow(customerId));
  }

  openPool(customerId: string, creditTypeId: string, resourceId = ""): BookPool {
    const poolNo = 1 + this.#pools.filter((pool) => pool.customerId === customerId).length;
    const opened = new BookPool({ customerId, poolNo, creditTypeId, resourceId });
    this.#pools.push(opened);
    return opened;
  }

  /** Carries out a command on a pool at a time; answers whether it was not refused. */
  carryOut(target: BookPool, command: Command, now: number): boolean {
    const decision = decide(target.pool, command, now);
    for (const entry of decision.entries) this.#note(target, entry, now);
    target.follow(decision);
    return decision.refusal === null;
  }

  /** Writes what was noted so far. */
  async write(): Promise<void> {
    const pools = this.#pools
      .filter(({ pool }) => pool.seq > 0)
      .map((pool) => poolRow(placeOf(pool), pool, pool.pool));
    await this.#insert("customers", this.#customers);
    await this.#insert("pools", pools, "on conflict do nothing");
    await this.#insert("grants", this.#grants);
    await this.#insert("holds", this.#holds);
    // What is told here was taken long ago, which the guard believes of no one.
    await sql`alter table ledger disable trigger ledger_times`.execute(this.#owner);
    await this.#insert("ledger", this.#entries);
    await sql`alter table ledger enable always trigger ledger_times`.execute(this.#owner);
    await this.#insert("commands", this.#commands);
    await sql`
      update pools p set next_due_at = r.next_due_at
      from jsonb_populate_recordset(null::pools, ${JSON.stringify(pools)}::jsonb) r
      where p.customer_id = r.customer_id and p.pool_no = r.pool_no`.execute(this.#owner);
    this.#written += this.#entries.length;
    [this.#customers, this.#grants, this.#holds, this.#entries, this.#commands] = [[], [], [], [], []];
  }

  /** Takes nothing back any more that is archived, as the write path would not find it. */
  async forgetArchived(): Promise<void> {
    const { rows } = await sql<{ customer_id: string; pool_no: number; seq: string }>`
      select customer_id, pool_no, seq from ledger_checkpoints`.execute(this.#owner);
    for (const { customer_id, pool_no, seq } of rows) {
      const pool = this.#pools.find((each) => each.customerId === customer_id && each.poolNo === pool_no);
      pool?.forgetConsumed(Number(seq));
    }
  }

  #note(pool: BookPool, entry: Entry, at: number): void {
    const place = placeOf(pool);
    const { seq, type, grant, hold } = entry;
    const burns = type === "consumed" && !hold;
    const eventId = burns ? `e${(this.#events += 1)}` : null;
    this.#entries.push(entryRow(place, entry, { at, source: burns ? ["event", eventId] : ["api", null] }));
    if (eventId !== null)
      this.#commands.push(commandRow(place, `event:${eventId}`, { seq, at, answer: null }));
    const told = { seq, at, answer: toldTerms(entry) };
    if (grant) {
      this.#grants.push(grantRow(place, grant, at));
      this.#commands.push(commandRow(place, `grant:${grant.id}`, told));
    }
    if (hold?.placed) {
      this.#holds.push(holdRow(place, entry, at));
      this.#commands.push(commandRow(place, `hold:${hold.placed.id}`, told));
    }
  }

  async #insert(table: keyof Tables, rows: readonly Row[], otherwise = ""): Promise<void> {
    for (let from = 0; from < rows.length; from += PAGE) {
      const page = JSON.stringify(rows.slice(from, from + PAGE));
      const row = sql.raw(`null::${table}`);
      await sql`
        insert into ${sql.table(table)} select * from jsonb_populate_recordset(${row}, ${page}::jsonb)
        ${sql.raw(otherwise)}`.execute(this.#owner);
    }
  }
}

function placeOf({ customerId, poolNo }: BookPool) {
  return { customer_id: customerId, pool_no: poolNo };
}
