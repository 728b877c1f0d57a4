import { createHash } from "node:crypto";
import { type Command, decide, EMPTY_POOL, type Entry, nextDueAt, type Pool } from "@credits-kit/engine";
import { type Kysely, sql } from "kysely";
import type { Tables } from "../../bff/src/storage/database.ts";

type Row = Readonly<Record<string, string | number | boolean | null | readonly (string | number)[] | object>>;

/** A pool of the book. */
export interface BookPool {
  readonly customerId: string;
  readonly poolNo: number;
  readonly creditTypeId: string;
  readonly resourceId: string;
  pool: Pool;
}

/**
 * Keeps ledgers at times of its own choosing and writes them as the owner, through the guard: years of history in a
 * moment. What it writes is what the write path would have written then.
 */
export class LedgerBook {
  readonly #owner: Kysely<Tables>;
  readonly #pools: BookPool[] = [];
  #customers: Row[] = [];
  #grants: Row[] = [];
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
    const now = instant(Date.now());
    const route = createHash("sha256").update(customerId).digest("hex").slice(0, 12);
    this.#customers.push({
      customer_id: customerId,
      metadata: {},
      route,
      subscriptions_version: 0,
      created_at: now,
      updated_at: now,
    });
  }

  openPool(customerId: string, creditTypeId: string, resourceId = ""): BookPool {
    const poolNo = 1 + this.#pools.filter((pool) => pool.customerId === customerId).length;
    const opened = { customerId, poolNo, creditTypeId, resourceId, pool: EMPTY_POOL };
    this.#pools.push(opened);
    return opened;
  }

  /** Carries out a command on a pool at a time; answers whether it was not refused. */
  carryOut(target: BookPool, command: Command, now: number): boolean {
    const { entries, pool, refusal } = decide(target.pool, command, now);
    for (const entry of entries) this.#note(target, entry, now);
    target.pool = pool;
    return refusal === null;
  }

  /** Writes what was noted so far. */
  async write(): Promise<void> {
    const pools = this.#pools.filter(({ pool }) => pool.seq > 0);
    await this.#insert("customers", this.#customers);
    await this.#insert("pools", pools.map(toRow), "on conflict do nothing");
    await this.#insert("grants", this.#grants);
    await this.#insert("ledger", this.#entries);
    await this.#insert("commands", this.#commands);
    await sql`
      update pools p set next_due_at = r.next_due_at
      from jsonb_populate_recordset(null::pools, ${JSON.stringify(pools.map(toRow))}::jsonb) r
      where p.customer_id = r.customer_id and p.pool_no = r.pool_no`.execute(this.#owner);
    this.#written += this.#entries.length;
    [this.#customers, this.#grants, this.#entries, this.#commands] = [[], [], [], []];
  }

  #note({ customerId, poolNo }: BookPool, entry: Entry, at: number): void {
    const place = { customer_id: customerId, pool_no: poolNo };
    const eventId = `e${(this.#events += 1)}`;
    const source = entry.type === "consumed" ? { kind: "event", id: eventId } : { kind: "api", id: null };
    this.#entries.push({
      ...place,
      seq: entry.seq,
      at: instant(at),
      occurred_at: instant(entry.occurredAt),
      type: entry.type,
      delta: String(entry.delta),
      end_balance: String(entry.endBalance),
      overage_change: String(entry.overageChange),
      draw_keys: entry.draws.map((draw) => draw.grantKey),
      draw_amounts: entry.draws.map((draw) => String(draw.amount)),
      source_kind: source.kind,
      source_id: source.id,
      actor_kind: "api_key",
      actor_id: "key",
    });
    if (entry.type === "consumed") {
      const content_hash = createHash("md5").update(eventId).digest("hex");
      const id = `event:${eventId}`;
      this.#commands.push({ ...place, id, hash_version: 1, content_hash, seq: entry.seq, at: instant(at) });
    }
    if (entry.grant) this.#grants.push({ ...place, ...grantRow(entry.grant, at) });
  }

  async #insert(table: keyof Tables, rows: readonly Row[], otherwise = ""): Promise<void> {
    for (let from = 0; from < rows.length; from += 10_000) {
      const page = JSON.stringify(rows.slice(from, from + 10_000));
      const row = sql.raw(`null::${table}`);
      await sql`
        insert into ${sql.table(table)} select * from jsonb_populate_recordset(${row}, ${page}::jsonb)
        ${sql.raw(otherwise)}`.execute(this.#owner);
    }
  }
}

function toRow({ customerId, poolNo, creditTypeId, resourceId, pool }: BookPool): Row {
  const due = nextDueAt(pool);
  return {
    customer_id: customerId,
    pool_no: poolNo,
    credit_type_id: creditTypeId,
    resource_id: resourceId,
    seq: 0,
    balance: 0,
    overage: 0,
    next_due_at: due === null ? null : instant(due),
    created_at: instant(Date.now()),
  };
}

function grantRow(grant: NonNullable<Entry["grant"]>, at: number): Row {
  return {
    key: grant.key,
    grant_id: grant.id,
    amount: String(grant.amount),
    remaining: 0,
    expired: 0,
    activated: false,
    open: true,
    category: grant.category,
    priority: grant.priority,
    effective_at: instant(grant.effectiveAt),
    expires_at: grant.expiresAt === null ? null : instant(grant.expiresAt),
    metadata: {},
    actor_kind: "api_key",
    actor_id: "key",
    source_kind: "api",
    created_at: instant(at),
    updated_at: instant(at),
  };
}

function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
