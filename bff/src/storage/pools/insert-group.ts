import type { Entry } from "@credits-kit/engine";
import { idArray, numberArray, textArray } from "./array-literal.ts";
import { type Connection, run, statement } from "./connection.ts";
import { aboutSeqOf, detailsOf, heldOf } from "./entry-details.ts";
import type { PoolKey } from "./load-pools.ts";

/** Who and what an entry is put down to. */
export interface Attribution {
  readonly sourceKind: string;
  readonly sourceId: string | null;
  readonly actorKind: string;
  readonly actorId: string;
  readonly reason: string | null;
  readonly featureId: string | null;
  readonly userNo: number | null;
  readonly quantity: bigint | null;
  readonly dimensions: string | null;
  readonly requestId: string | null;
}

export interface EntryRow {
  readonly customerId: string;
  readonly poolNo: number;
  readonly entry: Entry;
  readonly by: Attribution;
  /** The time of the customer's test clock, in milliseconds; null for all who live by the database's. */
  readonly testClock: number | null;
}

/** The memory of a command: where its entry stands, or the answer that was given. */
export interface CommandRow {
  readonly customerId: string;
  readonly id: string;
  readonly contentHash: string;
  readonly poolNo: number | null;
  readonly seq: number | null;
  readonly answer: string | null;
}

/** The version of how contents are hashed; a new way of hashing gets a new number. */
export const CONTENT_HASH_VERSION = 1;

const INSERT = statement(`
  with entries as (
    insert into ledger (customer_id, pool_no, seq, occurred_at, type, delta, end_balance, overage_change,
      draw_keys, draw_amounts, source_kind, source_id, actor_kind, actor_id, reason, feature_id, user_no, quantity,
      dimensions, request_id, draw_held, about_seq, details, decided_at, at)
    select e.customer_id, e.pool_no, e.seq, timestamptz 'epoch' + e.occurred_at * interval '1 millisecond',
      e.type::entry_type, e.delta, e.end_balance, e.overage_change, e.draw_keys::bigint[], e.draw_amounts::bigint[],
      e.source_kind, e.source_id, e.actor_kind, e.actor_id, e.reason, e.feature_id, e.user_no, e.quantity,
      e.dimensions::jsonb, e.request_id, e.draw_held::bigint[], e.about_seq, e.details::jsonb,
      timestamptz 'epoch' + coalesce(e.clock, $24::bigint) * interval '1 millisecond',
      coalesce(timestamptz 'epoch' + e.clock * interval '1 millisecond', clock_timestamp())
    from unnest($1::text[], $2::int[], $3::bigint[], $4::bigint[], $5::text[], $6::bigint[], $7::bigint[],
      $8::bigint[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[],
      $16::text[], $17::int[], $18::bigint[], $19::text[], $20::text[], $21::text[], $22::bigint[], $23::text[], $31::bigint[])
      as e (customer_id, pool_no, seq, occurred_at, type, delta, end_balance, overage_change, draw_keys,
        draw_amounts, source_kind, source_id, actor_kind, actor_id, reason, feature_id, user_no, quantity,
        dimensions, request_id, draw_held, about_seq, details, clock)
  )
  insert into commands (customer_id, id, hash_version, content_hash, pool_no, seq, answer)
  select c.customer_id, c.id, ${CONTENT_HASH_VERSION}, c.content_hash, c.pool_no, c.seq, c.answer
  from unnest($25::text[], $26::text[], $27::uuid[], $28::int[], $29::bigint[], $30::text[])
    as c (customer_id, id, content_hash, pool_no, seq, answer)`);

export interface GroupRows {
  readonly entries: readonly EntryRow[];
  readonly commands: readonly CommandRow[];
  /** The clock that the group was decided by, in milliseconds since 1970. */
  readonly decidedAt: number;
}

/** Writes a group's entries and commands in one statement; the guard moves pools, grants and holds with it. */
export function insertEntries(connection: Connection, { entries, commands, decidedAt }: GroupRows) {
  return run(connection, INSERT, [
    idArray(entries.map((row) => row.customerId)),
    numberArray(entries.map((row) => row.poolNo)),
    numberArray(entries.map((row) => row.entry.seq)),
    numberArray(entries.map((row) => row.entry.occurredAt)),
    idArray(entries.map((row) => row.entry.type)),
    numberArray(entries.map((row) => row.entry.delta)),
    numberArray(entries.map((row) => row.entry.endBalance)),
    numberArray(entries.map((row) => row.entry.overageChange)),
    idArray(entries.map((row) => numberArray(row.entry.draws.map((draw) => draw.grantKey)))),
    idArray(entries.map((row) => numberArray(row.entry.draws.map((draw) => draw.amount)))),
    idArray(entries.map((row) => row.by.sourceKind)),
    textArray(entries.map((row) => row.by.sourceId)),
    idArray(entries.map((row) => row.by.actorKind)),
    textArray(entries.map((row) => row.by.actorId)),
    textArray(entries.map((row) => row.by.reason)),
    textArray(entries.map((row) => row.by.featureId)),
    numberArray(entries.map((row) => row.by.userNo)),
    numberArray(entries.map((row) => row.by.quantity)),
    textArray(entries.map((row) => row.by.dimensions)),
    textArray(entries.map((row) => row.by.requestId)),
    textArray(entries.map((row) => heldOf(row.entry))),
    numberArray(entries.map((row) => aboutSeqOf(row.entry))),
    textArray(entries.map((row) => detailsOf(row.entry))),
    decidedAt,
    idArray(commands.map((row) => row.customerId)),
    textArray(commands.map((row) => row.id)),
    idArray(commands.map((row) => row.contentHash)),
    numberArray(commands.map((row) => row.poolNo)),
    numberArray(commands.map((row) => row.seq)),
    textArray(commands.map((row) => row.answer)),
    numberArray(entries.map((row) => row.testClock)),
  ]);
}

const INSERT_POOLS = statement(`
  insert into pools (customer_id, pool_no, credit_type_id, resource_id)
  select * from unnest($1::text[], $2::int[], $3::text[], $4::text[])`);

/** Makes new pools, empty. The customers must be locked. */
export function insertPools(connection: Connection, pools: readonly (PoolKey & { poolNo: number })[]) {
  return run(connection, INSERT_POOLS, [
    idArray(pools.map((pool) => pool.customerId)),
    numberArray(pools.map((pool) => pool.poolNo)),
    idArray(pools.map((pool) => pool.creditTypeId)),
    idArray(pools.map((pool) => pool.resourceId)),
  ]);
}
