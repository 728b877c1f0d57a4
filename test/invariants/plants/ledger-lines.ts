import { sql } from "kysely";
import { entry, grant, own, type Plant } from "./plant.ts";

/** Entries and commands, against one another and against the engine. */
export const ledgerLines: readonly Plant[] = [
  {
    what: "an end balance that does not follow from the one before",
    invariant: "I-3",
    seq: 4,
    corrupt: (id) => sql`update ledger set end_balance = end_balance + 1 where ${entry(id, 4)}`,
  },
  {
    what: "an end balance at the edge of its column",
    invariant: "I-3",
    seq: 4,
    corrupt: (id) => sql`update ledger set end_balance = 9223372036854775807 where ${entry(id, 4)}`,
  },
  {
    what: "a removed entry",
    invariant: "I-4",
    seq: 7,
    corrupt: (id) => sql`delete from ledger where ${entry(id, 6)}`,
  },
  {
    what: "a removed first entry",
    invariant: "I-4",
    seq: 2,
    corrupt: (id) => sql`delete from ledger where ${entry(id, 1)}`,
  },
  {
    what: "a removed last entry",
    invariant: "I-4",
    seq: 13,
    corrupt: (id) => sql`delete from ledger where ${entry(id, 13)}`,
  },
  {
    what: "a ledger that was emptied",
    invariant: "I-4",
    seq: 1,
    corrupt: (id) => sql`delete from ledger where ${own(id)}`,
  },
  {
    what: "an entry that was written before the one before it",
    invariant: "I-5",
    seq: 6,
    alone: true,
    corrupt: (id) => sql`
      update ledger set at = (select at from ledger where ${entry(id, 5)}) - interval '1 microsecond'
      where ${entry(id, 6)}`,
  },
  {
    what: "a revocation",
    invariant: "I-9",
    seq: 12,
    corrupt: (id) => sql`update ledger set type = 'revoked' where ${entry(id, 12)}`,
  },
  {
    what: "a burn that no command asked for",
    invariant: "I-11",
    seq: 10,
    alone: true,
    corrupt: (id) => sql`delete from commands where ${entry(id, 10)}`,
  },
  {
    what: "a forged burn, right in every amount",
    invariant: "I-11",
    seq: 14,
    alone: true,
    corrupt: (id) => sql`
      with forged as (
        insert into ledger select (jsonb_populate_record(l, jsonb_build_object('seq', 14, 'delta', -1,
          'end_balance', p.balance - 1, 'draw_keys', array[13], 'draw_amounts', array[-1], 'at', clock_timestamp(),
          'decided_at', statement_timestamp()))).*
        from ledger l join pools p using (customer_id, pool_no) where l.customer_id = ${id} and l.seq = 12
      ), drawn as (
        update grant_balances set remaining = remaining - 1 where ${grant(id, 13)}
      )
      update pools set seq = 14, balance = balance - 1 where ${own(id)}`,
  },
  {
    what: "two events for one burn",
    invariant: "I-11",
    seq: 10,
    alone: true,
    corrupt: (id) => sql`
      insert into commands (customer_id, id, hash_version, content_hash, pool_no, seq)
      select customer_id, id || '-again', hash_version, content_hash, pool_no, seq from commands where ${entry(id, 10)}`,
  },
  {
    what: "an event that burned nothing",
    invariant: "I-11",
    seq: null,
    alone: true,
    corrupt: (id) => sql`
      insert into commands (customer_id, id, hash_version, content_hash)
      select customer_id, 'event:lost', hash_version, content_hash from commands where ${entry(id, 10)}`,
  },
  {
    what: "an event that claims to have granted",
    invariant: "I-11",
    seq: 9,
    corrupt: (id) => sql`update commands set seq = 9 where ${entry(id, 10)}`,
  },
  {
    what: "a command that points at no entry",
    invariant: "I-11",
    seq: 99,
    alone: true,
    corrupt: (id) => sql`
      insert into commands (customer_id, id, hash_version, content_hash, pool_no, seq)
      select customer_id, 'idem:grants:key', hash_version, content_hash, pool_no, 99 from commands
      where ${entry(id, 10)}`,
  },
  {
    what: "a delta that its draws do not explain",
    invariant: "I-12",
    seq: 4,
    corrupt: (id) => sql`update ledger set delta = delta - 1 where ${entry(id, 4)}`,
  },
  {
    what: "an overage that its delta does not have",
    invariant: "I-12",
    seq: 6,
    corrupt: (id) => sql`update ledger set overage_change = overage_change + 1 where ${entry(id, 6)}`,
  },
  {
    what: "draws without their grant",
    invariant: "I-12",
    seq: 4,
    corrupt: (id) => sql`update ledger set draw_keys = '{1}' where ${entry(id, 4)}`,
  },
  {
    what: "draws of two grants that were swapped",
    invariant: "I-13",
    seq: 4,
    corrupt: (id) => sql`update ledger set draw_keys = '{2,1}' where ${entry(id, 4)}`,
  },
  {
    what: "a paid grant that burned before a promotion, right in every sum",
    invariant: "I-13",
    seq: 3,
    alone: true,
    corrupt: (id) => sql`
      update ledger set
        draw_keys = case seq when 3 then '{2}' when 4 then '{1}' else '{1,2}' end::bigint[],
        draw_amounts = case seq when 3 then '{-4000000}' when 4 then '{-9000000}' else '{-1000000,-16000000}'
          end::bigint[]
      where ${own(id)} and seq in (3, 4, 6)`,
  },
  {
    what: "terms of a grant that would have burned in another order",
    invariant: "I-13",
    seq: 3,
    alone: true,
    corrupt: (id) => sql`
      with forgotten as (update commands set answer = null where ${entry(id, 1)})
      update grants set priority = 1 where ${grant(id, 1)}`,
  },
  {
    what: "an activation before its time",
    invariant: "I-13",
    seq: 7,
    alone: true,
    corrupt: (id) => sql`
      update ledger l set at = earlier.at, decided_at = earlier.decided_at
      from (select * from ledger where ${entry(id, 6)}) earlier where l.customer_id = ${id} and l.seq = 7`,
  },
  {
    what: "overage that a new grant did not repay",
    invariant: "I-13",
    seq: 8,
    corrupt: (id) => sql`
      update ledger set type = 'consumed', delta = 0, overage_change = 0, draw_keys = '{}', draw_amounts = '{}'
      where ${entry(id, 8)}`,
  },
  {
    what: "a kind of entry that the engine does not know",
    invariant: "I-13",
    seq: 12,
    corrupt: (id) => sql`update ledger set type = 'reversed' where ${entry(id, 12)}`,
  },
];
