import type pg from "pg";
import { entriesOf, type HistoryShape, stretchesOf } from "./shape.ts";

/** Customers who are there and have no pool yet, and the history that each of them gets. */
export interface Histories {
  readonly customerIds: readonly string[];
  readonly creditTypeId: string;
  readonly shape: HistoryShape;
}

/** A credit in micro-credits. */
const CREDIT = 1_000_000;
/** More than any measurement burns: a billion credits. */
const RESERVE = 1_000_000_000_000_000;
/** Histories go back this far, and up to now. */
const SPAN_MS = 90 * 24 * 60 * 60 * 1000;

/**
 * The entries of a stretch. $1 customers, $2 and $3 the stretch, $4 reserves, $5 length of a cycle, $6 when histories
 * begin and $7 how far entries lie apart, in milliseconds. `key` is the grant that an entry grants or burns.
 */
const ENTRIES = `
  with numbered as (
    select seq, case when seq <= $4::int then seq else seq - (seq - $4 - 1) % $5::int end as key,
      timestamptz 'epoch' + ($6::bigint + seq * $7::bigint) * interval '1 millisecond' as at
    from generate_series($2::bigint, $3::bigint) seq
  ), entries as (
    select *, key = seq as grants,
      case when key < seq then -${CREDIT} when seq <= $4 then ${RESERVE} else ($5 - 1) * ${CREDIT}::bigint end as delta,
      least(seq, $4) * ${RESERVE} + case when seq <= $4 then 0 else ($5 - 1 - (seq - key)) * ${CREDIT} end as balance
    from numbered
  )`;

const POOLS = `
  insert into pools (customer_id, pool_no, credit_type_id) select customer_id, 1, $2 from unnest($1::text[]) customer_id`;

const GRANTS = `${ENTRIES}
  insert into grants (customer_id, pool_no, key, grant_id, amount, category, priority, effective_at, actor_kind,
    actor_id, source_kind, created_at, updated_at)
  select customer_id, 1, seq, customer_id || '-' || seq, delta, 'paid', case when seq <= $4 then 100 else 0 end, at,
    'api_key', 'key_bench', 'api', at, at
  from entries cross join unnest($1::text[]) customer_id where grants`;

// In the order of time, as customers take turns in real life.
const LEDGER = `${ENTRIES}
  insert into ledger (customer_id, pool_no, seq, at, decided_at, occurred_at, type, delta, end_balance, overage_change,
    draw_keys, draw_amounts, source_kind, source_id, actor_kind, actor_id, feature_id, quantity, request_id)
  select customer_id, 1, seq, at, at, at, (case when grants then 'granted' else 'consumed' end)::entry_type, delta,
    balance, 0, array[key], array[delta], case when grants then 'api' else 'event' end,
    case when grants then null else 'past-' || seq end, 'api_key', 'key_bench',
    case when grants then null else 'image' end, case when grants then null else ${CREDIT} end, 'req_bench'
  from entries cross join unnest($1::text[]) customer_id order by seq, customer_id`;

const COMMANDS = `${ENTRIES}
  insert into commands (customer_id, id, hash_version, content_hash, pool_no, seq, at)
  select customer_id, case when grants then 'grant:' || customer_id || '-' || seq else 'event:past-' || seq end, 1,
    md5(seq::text)::uuid, 1, seq, at
  from entries cross join unnest($1::text[]) customer_id order by seq, customer_id`;

/**
 * Writes histories as the owner, through the guard, in a few large statements; the audit finds nothing wrong with them.
 * Answers how many entries there are in all.
 */
export async function writeHistories(
  owner: pg.Client,
  { customerIds, creditTypeId, shape }: Histories,
): Promise<number> {
  const entries = entriesOf(shape);
  const apart = Math.floor(SPAN_MS / (entries + 1));
  const { reserves, cycleLength } = shape;
  const timing = [Date.now() - (entries + 1) * apart, apart];
  await owner.query("set work_mem = '64MB'");
  await owner.query(POOLS, [customerIds, creditTypeId]);
  for (const { from, until } of stretchesOf(shape, customerIds.length)) {
    const stretch = [customerIds, from, until, reserves, cycleLength, ...timing];
    for (const statement of [GRANTS, LEDGER, COMMANDS]) await owner.query(statement, stretch);
  }
  return entries * customerIds.length;
}
