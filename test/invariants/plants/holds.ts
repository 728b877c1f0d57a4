import { sql } from "kysely";
import { entry, grant, own, type Plant } from "./plant.ts";

/** Holds, and the entries that place, capture, prolong and end them. Hold 4 was captured, 7 expired, 27 is open. */
export const holds: readonly Plant[] = [
  ...(
    [
      { column: "captured", to: "captured + 1", of: 4 },
      { column: "amount", to: "amount + 1", of: 4 },
      { column: "part_amounts", to: "'{2000000,1000000}'", of: 27, seq: 17 },
      { column: "part_keys", to: "'{1,2}'", of: 27, seq: 2 },
      { column: "ended", to: "'released'", of: 4 },
      { column: "ended", to: "null", of: 7 },
      { column: "closed_at", to: "closed_at + interval '1 ms'", of: 7 },
      { column: "closed_at", to: "null", of: 4 },
      { column: "expires_at", to: "expires_at + interval '1 ms'", of: 4 },
      { column: "expires_at", to: "expires_at - interval '1 ms'", of: 27 },
    ] as const
  ).map(({ column, to, of, ...shown }): Plant => ({
    what: `a hold whose ${column} becomes ${to}`,
    life: "full",
    invariant: "I-8",
    // Where it reserves too little or too much, the grant is named.
    seq: "seq" in shown ? shown.seq : of,
    corrupt: (id) => sql`update holds set ${sql.ref(column)} = ${sql.raw(to)} where ${grant(id, of)}`,
  })),
  {
    what: "a hold that is open in its row and ended in its entries",
    life: "full",
    invariant: "I-8",
    seq: 27,
    corrupt: (id) => sql`update holds set ended = 'released', closed_at = now() where ${grant(id, 27)}`,
  },
  {
    what: "a hold that reserves more of a grant than is held of it, as its entry has it too",
    life: "full",
    invariant: "I-8",
    seq: 1,
    corrupt: (id) => sql`
      with shifted as (update holds set part_amounts = '{1000000,3000000}' where ${grant(id, 27)})
      update ledger set draw_held = '{1000000,3000000}' where ${entry(id, 27)}`,
  },
  {
    what: "entries about a hold that is not there",
    life: "full",
    invariant: "I-8",
    seq: 4,
    corrupt: (id) => sql`delete from holds where ${grant(id, 4)}`,
  },
  {
    what: "a hold that no entry placed",
    life: "full",
    invariant: "I-8",
    seq: 9,
    corrupt: (id) => sql`
      insert into holds select (jsonb_populate_record(h, jsonb_build_object('key', 9, 'hold_id', ${id} || '-forged'))).*
      from holds h where ${grant(id, 7)}`,
  },
  {
    what: "a capture that takes less out of the hold than it did",
    life: "full",
    invariant: "I-8",
    seq: 4,
    corrupt: (id) => sql`update ledger set draw_held = '{-4000000}' where ${entry(id, 5)}`,
  },
  {
    what: "a capture that no longer belongs to its hold",
    life: "full",
    invariant: "I-11",
    seq: 5,
    corrupt: (id) => sql`update ledger set about_seq = null, draw_held = null where ${entry(id, 5)}`,
  },
  {
    what: "reservations of a burn that has no hold",
    life: "full",
    invariant: "I-12",
    seq: 28,
    corrupt: (id) => sql`update ledger set draw_held = '{-1000000}' where ${entry(id, 28)}`,
  },
  {
    what: "reservations that are not paired with draws",
    life: "full",
    invariant: "I-12",
    seq: 27,
    corrupt: (id) => sql`update ledger set draw_held = '{4000000}' where ${entry(id, 27)}`,
  },
  {
    what: "credits held of another grant than burns first",
    life: "full",
    invariant: "I-13",
    seq: 4,
    corrupt: (id) => sql`update ledger set draw_held = '{2000000,10000000}' where ${entry(id, 4)}`,
  },
  {
    what: "a capture that was final and did not end the hold",
    life: "full",
    invariant: "I-8",
    seq: 4,
    corrupt: (id) => sql`update ledger set details = null where ${entry(id, 23)}`,
  },
  {
    what: "a hold that ended otherwise than it says",
    life: "full",
    invariant: "I-13",
    seq: 8,
    corrupt: (id) => sql`
      with marked as (update holds set ended = 'released' where ${grant(id, 7)})
      update ledger set details = '{"holdEnd": "released"}' where ${entry(id, 8)}`,
  },
  {
    what: "a capture of a hold that had ended",
    life: "full",
    invariant: "I-10",
    seq: 5,
    corrupt: (id) => sql`
      update ledger set details = jsonb_build_object('holdExpiresAt',
        floor(extract(epoch from (select decided_at from ledger where ${entry(id, 5)})) * 1000)::bigint)
      where ${entry(id, 4)}`,
  },
  {
    what: "a pool that forgot when a hold falls due",
    life: "full",
    invariant: "I-10",
    seq: null,
    alone: true,
    corrupt: (id) => sql`update pools set next_due_at = null where ${own(id)}`,
  },
  {
    what: "a pool that waits past the end of a hold",
    life: "full",
    invariant: "I-10",
    seq: null,
    alone: true,
    corrupt: (id) => sql`update pools set next_due_at = next_due_at + interval '1 ms' where ${own(id)}`,
  },
];
