import { sql } from "kysely";
import { entry, own, type Plant } from "./plant.ts";

const command = (id: string, columns: Readonly<Record<string, unknown>>) => sql`
  insert into commands select (jsonb_populate_record(c, ${JSON.stringify(columns)}::jsonb)).*
  from commands c where c.customer_id = ${id} and c.id like 'event:%' order by seq limit 1`;

/** What commands claim to have done, what was taken back, and when it was decided. */
export const whatAndWhen: readonly Plant[] = [
  {
    what: "a denied command that points at an entry",
    life: "full",
    invariant: "I-11",
    seq: 9,
    corrupt: (id) => sql`
      update commands set answer = '{"path":"amount","required":"1","available":"0"}' where ${entry(id, 9)}`,
  },
  {
    what: "a command that did nothing and was not denied",
    invariant: "I-11",
    seq: null,
    alone: true,
    corrupt: (id) => command(id, { id: "consume:lost", pool_no: null, seq: null, answer: "12" }),
  },
  {
    what: "consumption that claims an event's burn",
    invariant: "I-11",
    seq: 3,
    alone: true,
    corrupt: (id) => command(id, { id: "consume:other" }),
  },
  {
    what: "an event that claims a capture",
    life: "full",
    invariant: "I-11",
    seq: 5,
    alone: true,
    corrupt: (id) => command(id, { id: "event:other", seq: 5 }),
  },
  {
    what: "a hold that claims to have been placed by a capture",
    life: "full",
    invariant: "I-11",
    seq: 5,
    alone: true,
    corrupt: (id) => command(id, { id: "hold:other", seq: 5 }),
  },
  {
    what: "a grant that claims an entry which granted nothing",
    invariant: "I-11",
    seq: 4,
    alone: true,
    corrupt: (id) => sql`
      with own_burn as (delete from commands where ${entry(id, 4)}) ${command(id, { id: "grant:other", seq: 4 })}`,
  },
  {
    what: "a reversal of what burned nothing",
    life: "full",
    invariant: "I-11",
    seq: 10,
    corrupt: (id) => sql`update ledger set about_seq = 8 where ${entry(id, 10)}`,
  },
  {
    what: "a second reversal",
    life: "full",
    invariant: "I-11",
    seq: 20,
    corrupt: (id) => sql`update ledger set about_seq = 9 where ${entry(id, 20)}`,
  },
  {
    what: "a reversal that gave back to another grant",
    life: "full",
    invariant: "I-13",
    seq: 10,
    corrupt: (id) => sql`update ledger set draw_keys = '{1}' where ${entry(id, 10)}`,
  },
  {
    what: "a reversal that gave back what a grant had not repaid",
    life: "full",
    invariant: "I-13",
    seq: 19,
    corrupt: (id) => sql`update ledger set draw_keys = '{1}' where ${entry(id, 19)}`,
  },
  {
    what: "an entry that was decided after it was written",
    invariant: "I-5",
    seq: 13,
    alone: true,
    corrupt: (id) => sql`
      with moved as (update grants set effective_at = effective_at + interval '1 hour' where ${own(id)} and key = 13
      ), told as (update commands set answer = null where ${entry(id, 13)})
      update ledger set decided_at = decided_at + interval '1 hour', occurred_at = occurred_at + interval '1 hour'
      where ${entry(id, 13)}`,
  },
  {
    what: "an entry that was decided before the one before it",
    invariant: "I-5",
    seq: 12,
    alone: true,
    corrupt: (id) => sql`
      update ledger set decided_at = (select decided_at from ledger where ${entry(id, 11)}) - interval '1 ms'
      where ${entry(id, 12)}`,
  },
  {
    what: "a burn that was decided at the very moment at which its grant ended",
    invariant: "I-10",
    seq: 10,
    alone: true,
    corrupt: (id) => sql`
      update ledger set at = ended.at, decided_at = ended.decided_at
      from (select * from ledger where ${entry(id, 11)}) ended where ledger.customer_id = ${id} and ledger.seq = 10`,
  },
];
