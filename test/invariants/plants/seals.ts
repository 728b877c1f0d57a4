import { sql } from "kysely";
import { entry, grant, own, type Plant } from "./plant.ts";

const first = { invariant: "I-22", seq: 1, isSealed: true, alone: true } as const;

/** Entries and seals that were changed after the entries were sealed, in blocks of ten. */
export const seals: readonly Plant[] = [
  // What nothing else in the database knows again.
  ...Object.entries({
    actor_kind: "'system'",
    actor_id: "'somebody else'",
    reason: "'another one'",
    feature_id: "'image'",
    user_no: "7",
    quantity: "12",
    dimensions: `'{"size": "large"}'::jsonb`,
    request_id: "'req_forged'",
    at: "at + interval '1 microsecond'",
    source_id: "'forged'",
  }).map(([column, to]): Plant => ({
    ...first,
    what: `another ${column} of a sealed entry`,
    corrupt: (id) => sql`update ledger set ${sql.ref(column)} = ${sql.raw(to)} where ${entry(id, 5)}`,
  })),
  {
    ...first,
    what: "an event that is said to have happened a microsecond later",
    corrupt: (id) => sql`
      update ledger set occurred_at = occurred_at + interval '1 microsecond'
      where ${entry(id, 4)}`,
  },
  {
    ...first,
    what: "texts that were moved from one column to the next",
    corrupt: (id) => sql`
      update ledger set actor_kind = actor_kind || '|' || actor_id, actor_id = '' where ${entry(id, 5)}`,
  },
  {
    ...first,
    what: "a sealed last entry that was taken out of every place",
    life: "full",
    seq: 21,
    corrupt: (id) => sql`
      with gone as (delete from ledger where ${entry(id, 28)}
      ), forgotten as (delete from commands where ${entry(id, 28)}
      ), refilled as (update grant_balances set remaining = remaining + 1000000 where ${grant(id, 17)})
      update pools set seq = 27, balance = balance + 1000000 where ${own(id)}`,
  },
  {
    ...first,
    what: "a seal with another hash",
    corrupt: (id) => sql`
      update ledger_seals set hash = sha256(hash) where ${own(id)} and from_seq = 1`,
  },
  {
    ...first,
    what: "a seal that was taken out",
    life: "full",
    seq: 21,
    corrupt: (id) => sql`delete from ledger_seals where ${own(id)} and from_seq = 11`,
  },
  {
    ...first,
    what: "a seal that leaves an entry out",
    seq: 1,
    corrupt: (id) => sql`update ledger_seals set to_seq = 9 where ${own(id)} and from_seq = 1`,
  },
  {
    ...first,
    what: "a seal of a form that nobody knows",
    corrupt: (id) => sql`update ledger_seals set form = 2 where ${own(id)} and from_seq = 1`,
  },
];
