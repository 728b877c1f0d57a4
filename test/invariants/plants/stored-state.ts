import { sql } from "kysely";
import { entry, grant, own, type Plant } from "./plant.ts";

/** What pools and grants say, against what the ledger says. */
export const storedState: readonly Plant[] = [
  {
    what: "a pool's balance that its entries do not add up to",
    invariant: "I-1",
    seq: null,
    corrupt: (id) => sql`update pools set balance = balance + 1 where ${own(id)}`,
  },
  {
    what: "entries of a pool that is not there",
    invariant: "I-1",
    seq: null,
    corrupt: (id) => sql`delete from pools where ${own(id)}`,
  },
  {
    what: "grants that hold more than the balance says",
    invariant: "I-2",
    seq: null,
    corrupt: (id) => sql`update grant_balances set remaining = remaining + 1 where ${grant(id, 5)}`,
  },
  {
    what: "a grant that holds less than nothing",
    invariant: "I-6",
    seq: 2,
    corrupt: (id) => sql`update grant_balances set remaining = -1 where ${grant(id, 2)}`,
  },
  {
    what: "a grant that holds more than was granted",
    invariant: "I-6",
    seq: 13,
    corrupt: (id) => sql`update grant_balances set remaining = amount + 1 where ${grant(id, 13)}`,
  },
  {
    what: "a grant of more than there may be",
    invariant: "I-6",
    seq: 13,
    corrupt: (id) => sql`update grant_balances set amount = 1000000000000000001 where ${grant(id, 13)}`,
  },
  {
    what: "overage while credits remain",
    invariant: "I-7",
    seq: null,
    corrupt: (id) => sql`update pools set overage = 1 where ${own(id)}`,
  },
  {
    what: "negative overage",
    invariant: "I-7",
    seq: null,
    corrupt: (id) => sql`update pools set overage = -1 where ${own(id)}`,
  },
  {
    what: "an overage that the entries do not add up to, in a pool without credits",
    invariant: "I-7",
    seq: null,
    corrupt: (id) => sql`
      with spent as (update grant_balances set remaining = 0 where ${own(id)})
      update pools set overage = 5, balance = -5 where ${own(id)}`,
  },
  {
    what: "a grant that holds less than its entries leave",
    invariant: "I-8",
    seq: 5,
    corrupt: (id) => sql`update grant_balances set remaining = remaining - 1 where ${grant(id, 5)}`,
  },
  {
    what: "draws on a grant that is not there",
    invariant: "I-8",
    seq: 2,
    corrupt: (id) => sql`delete from grants where ${grant(id, 2)}`,
  },
  {
    what: "a grant that no entry granted",
    invariant: "I-8",
    seq: 3,
    corrupt: (id) => sql`
      insert into grants select (jsonb_populate_record(g, jsonb_build_object('key', 3, 'grant_id', ${id} || '-forged',
        'priority', 0))).* from grants g where ${grant(id, 1)}`,
  },
  {
    what: "a grant with credits that is marked as closed",
    invariant: "I-8",
    seq: 5,
    alone: true,
    corrupt: (id) => sql`update grant_balances set open = false where ${grant(id, 5)}`,
  },
  {
    what: "a grant of another amount than its entry brought",
    invariant: "I-8",
    seq: 1,
    corrupt: (id) => sql`update grants set amount = amount + 1 where ${grant(id, 1)}`,
  },
  {
    what: "an expired grant that holds credits",
    invariant: "I-10",
    seq: 11,
    corrupt: (id) => sql`update grant_balances set remaining = 1, open = true where ${grant(id, 9)}`,
  },
  {
    what: "an expired amount without its entry",
    invariant: "I-10",
    seq: 1,
    alone: true,
    corrupt: (id) => sql`update grant_balances set expired = 1 where ${grant(id, 1)}`,
  },
  {
    what: "an entry that draws on a grant after it expired",
    invariant: "I-10",
    seq: 11,
    corrupt: (id) => sql`update ledger set draw_keys = '{9}' where ${entry(id, 12)}`,
  },
  {
    what: "a grant that was burned after its end",
    invariant: "I-10",
    seq: 12,
    corrupt: (id) => sql`
      with forgotten as (update commands set answer = null where ${entry(id, 5)})
      update grants set expires_at = (select at from ledger where ${entry(id, 10)}) + interval '2 days'
      where ${grant(id, 5)}`,
  },
  {
    what: "a grant that expired before its end",
    invariant: "I-10",
    seq: 11,
    corrupt: (id) => sql`update grants set expires_at = expires_at + interval '9 days' where ${grant(id, 9)}`,
  },
  {
    what: "a pool that forgot when a grant falls due",
    invariant: "I-10",
    seq: null,
    alone: true,
    corrupt: (id) => sql`update pools set next_due_at = null where ${own(id)}`,
  },
  {
    what: "a pool that waits past the time when a grant falls due",
    invariant: "I-10",
    seq: null,
    alone: true,
    corrupt: (id) => sql`update pools set next_due_at = next_due_at + interval '1 ms' where ${own(id)}`,
  },
];
