import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Kysely, type RawBuilder, sql } from "kysely";
import { assertInvariants } from "../../bff/src/audit/assert-invariants.ts";
import { type AuditReport, type Violation } from "../../bff/src/audit/report.ts";
import { runAudit } from "../../bff/src/audit/run-audit.ts";
import type { Tables } from "../../bff/src/storage/database.ts";
import { LedgerBook } from "./ledger-book.ts";
import { eachOwnedEngine, type OwnedDatabase } from "./owned-database.ts";
import { notePlainLife } from "./plain-life.ts";

interface Plant {
  readonly what: string;
  /** The invariant that must be named, and the entry, where it is one. */
  readonly invariant: Violation["invariant"];
  readonly seq: number | null;
  /** Nothing else may be named: the corruption breaks this invariant alone. */
  readonly alone?: true;
  readonly corrupt: (customerId: string) => RawBuilder<unknown>;
}

const own = (customerId: string) => sql`customer_id = ${customerId}`;
const entry = (customerId: string, seq: number) => sql`${own(customerId)} and seq = ${seq}`;
const grant = (customerId: string, key: number) => sql`${own(customerId)} and key = ${key}`;

const PLANTS: readonly Plant[] = [
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
    corrupt: (id) => sql`update grants set remaining = remaining + 1 where ${grant(id, 5)}`,
  },
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
    what: "a grant that holds less than nothing",
    invariant: "I-6",
    seq: 2,
    corrupt: (id) => sql`update grants set remaining = -1 where ${grant(id, 2)}`,
  },
  {
    what: "a grant that holds more than was granted",
    invariant: "I-6",
    seq: 13,
    corrupt: (id) => sql`update grants set remaining = amount + 1 where ${grant(id, 13)}`,
  },
  {
    what: "a grant of more than there may be",
    invariant: "I-6",
    seq: 13,
    corrupt: (id) => sql`update grants set amount = 1000000000000000001 where ${grant(id, 13)}`,
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
      with spent as (update grants set remaining = 0 where ${own(id)})
      update pools set overage = 5, balance = -5 where ${own(id)}`,
  },
  {
    what: "a grant that holds less than its entries leave",
    invariant: "I-8",
    seq: 5,
    corrupt: (id) => sql`update grants set remaining = remaining - 1 where ${grant(id, 5)}`,
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
        'remaining', 0, 'activated', false))).* from grants g where ${grant(id, 1)}`,
  },
  {
    what: "a grant with credits that is marked as closed",
    invariant: "I-8",
    seq: 5,
    alone: true,
    corrupt: (id) => sql`update grants set open = false where ${grant(id, 5)}`,
  },
  {
    what: "a grant of another amount than its entry brought",
    invariant: "I-8",
    seq: 1,
    corrupt: (id) => sql`update grants set amount = amount + 1 where ${grant(id, 1)}`,
  },
  {
    what: "a revocation",
    invariant: "I-9",
    seq: 12,
    corrupt: (id) => sql`update ledger set type = 'revoked' where ${entry(id, 12)}`,
  },
  {
    what: "an expired grant that holds credits",
    invariant: "I-10",
    seq: 11,
    corrupt: (id) => sql`update grants set remaining = 1, open = true where ${grant(id, 9)}`,
  },
  {
    what: "an expired amount without its entry",
    invariant: "I-10",
    seq: 1,
    alone: true,
    corrupt: (id) => sql`update grants set expired = 1 where ${grant(id, 1)}`,
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
          'end_balance', p.balance - 1, 'draw_keys', array[13], 'draw_amounts', array[-1], 'at', clock_timestamp()))).*
        from ledger l join pools p using (customer_id, pool_no) where l.customer_id = ${id} and l.seq = 12
      ), drawn as (
        update grants set remaining = remaining - 1 where ${grant(id, 13)}
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
    corrupt: (id) => sql`update grants set priority = 1 where ${grant(id, 1)}`,
  },
  {
    what: "an activation before its time",
    invariant: "I-13",
    seq: 7,
    alone: true,
    corrupt: (id) => sql`
      update ledger set at = (select at from ledger where ${entry(id, 6)}) where ${entry(id, 7)}`,
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

/** The owner takes away everything that would refuse a corruption. */
async function disarm(owner: Kysely<Tables>): Promise<void> {
  await sql`alter table ledger disable trigger all`.execute(owner);
  await sql`alter table ledger drop constraint ledger_delta_is_draws_less_overage`.execute(owner);
  await sql`alter table ledger drop constraint ledger_draws_pair_up`.execute(owner);
  await sql`alter table grants drop constraint grants_remaining_within_amount`.execute(owner);
  await sql`alter table grants drop constraint grants_customer_id_pool_no_fkey`.execute(owner);
  await sql`alter table pools drop constraint pools_overage_check`.execute(owner);
}

eachOwnedEngine((open) => {
  const customerOf = (plant: Plant) => `planted-${PLANTS.indexOf(plant)}`;
  let owned: OwnedDatabase;
  let report: AuditReport;

  before(async () => {
    owned = await open();
    const book = new LedgerBook(owned.owner);
    for (const plant of PLANTS) notePlainLife(book, customerOf(plant));
    notePlainLife(book, "untouched");
    await book.write();
    await assertInvariants(owned.database);
    await disarm(owned.owner);
    for (const plant of PLANTS) await plant.corrupt(customerOf(plant)).execute(owned.owner);
    report = await runAudit(owned.database);
  });
  after(() => owned.close());

  for (const plant of PLANTS) {
    test(`${plant.invariant} names ${plant.what}`, () => {
      const found = report.violations.filter((each) => each.customerId === customerOf(plant));
      const named = found.filter(({ invariant }) => invariant === plant.invariant);
      const listed = JSON.stringify(found, null, 2);
      assert.ok(
        named.some(({ seq }) => seq === plant.seq),
        listed,
      );
      if (plant.alone) assert.equal(named.length, found.length, listed);
    });
  }

  test("whoever was not touched is not named", () => {
    assert.deepEqual(
      report.violations.filter((each) => each.customerId === "untouched"),
      [],
    );
  });

  test("every invariant there is has a corruption that breaks it", () => {
    const broken = new Set(PLANTS.map((plant) => plant.invariant));
    assert.equal(broken.size, 13);
  });

  test("a violation names its pool", () => {
    const [first] = report.violations.filter(({ customerId }) => customerId === "planted-0");
    assert.equal(first?.creditTypeId, "images");
    assert.equal(first?.resourceId, null);
  });

  test("asserting the invariants throws the list", async () => {
    await assert.rejects(
      assertInvariants(owned.database),
      /breaks invariants:\n(I-\d+: customer planted-\d+.*\n?)+$/,
    );
  });
});
