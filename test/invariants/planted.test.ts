import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Kysely, sql } from "kysely";
import { assertInvariants } from "../../bff/src/audit/assert-invariants.ts";
import type { AuditReport } from "../../bff/src/audit/report.ts";
import { runAudit } from "../../bff/src/audit/run-audit.ts";
import { INVARIANTS } from "../../bff/src/storage/audit/finding.ts";
import type { Tables } from "../../bff/src/storage/database.ts";
import { LedgerBook } from "./ledger-book.ts";
import { eachOwnedEngine, type OwnedDatabase } from "./owned-database.ts";
import { notePlainLife } from "./plain-life.ts";
import { sealAll } from "./seal-all.ts";
import { sumUpAll } from "./sum-up-all.ts";
import { noteFullLife } from "./full-life.ts";
import { autoTopUps, keptToItsLimit } from "./plants/auto-top-ups.ts";
import { changedGrants } from "./plants/changed-grants.ts";
import { exported } from "./plants/exports.ts";
import { holds } from "./plants/holds.ts";
import { ledgerLines } from "./plants/ledger-lines.ts";
import { payments } from "./plants/payments.ts";
import type { Plant } from "./plants/plant.ts";
import { reversals } from "./plants/reversals.ts";
import { seals } from "./plants/seals.ts";
import { storedState } from "./plants/stored-state.ts";
import { usage } from "./plants/usage.ts";
import { whatAndWhen } from "./plants/what-and-when.ts";

const PLANTS: readonly Plant[] = [
  ...storedState,
  ...ledgerLines,
  ...changedGrants,
  ...holds,
  ...whatAndWhen,
  ...seals,
  ...usage,
  ...exported,
  ...payments,
  ...autoTopUps,
  ...reversals,
];

/** The owner takes away everything that would refuse a corruption. */
async function disarm(owner: Kysely<Tables>): Promise<void> {
  await sql`alter table ledger disable trigger all`.execute(owner);
  await sql`alter table ledger_seals disable trigger all`.execute(owner);
  await sql`alter table ledger drop constraint ledger_delta_is_draws_less_overage`.execute(owner);
  await sql`alter table ledger drop constraint ledger_draws_pair_up`.execute(owner);
  await sql`alter table grant_balances drop constraint grants_remaining_within_amount`.execute(owner);
  await sql`alter table grant_balances drop constraint grants_held_within_remaining`.execute(owner);
  await sql`alter table ledger drop constraint ledger_decided_just_before`.execute(owner);
  await sql`alter table ledger drop constraint ledger_holds_pair_up`.execute(owner);
  await sql`alter table grants drop constraint grants_customer_id_pool_no_fkey`.execute(owner);
  await sql`alter table pools drop constraint pools_overage_check`.execute(owner);
  await sql`alter table holds drop constraint holds_end_empty`.execute(owner);
  await sql`alter table holds drop constraint holds_parts_pair_up`.execute(owner);
  await sql`drop index ledger_reversed_once`.execute(owner);
}

eachOwnedEngine((open) => {
  const customerOf = (plant: Plant) => `planted-${PLANTS.indexOf(plant)}`;
  let owned: OwnedDatabase;
  let report: AuditReport;

  before(async () => {
    owned = await open();
    const book = new LedgerBook(owned.owner);
    for (const plant of PLANTS) {
      const noteLife = plant.life === "full" ? noteFullLife : notePlainLife;
      noteLife(book, customerOf(plant));
    }
    notePlainLife(book, "untouched");
    noteFullLife(book, "untouched-too");
    await book.write();
    const sealed = PLANTS.filter((plant) => plant.isSealed).map(customerOf);
    await sealAll(owned.database, [...sealed, "untouched", "untouched-too"], 10);
    const summed = PLANTS.filter((plant) => plant.isSummed).map(customerOf);
    await sumUpAll(owned.database, [...summed, "untouched", "untouched-too"], 4);
    await assertInvariants(owned.database);
    await disarm(owned.owner);
    for (const plant of PLANTS) await plant.corrupt(customerOf(plant)).execute(owned.owner);
    await keptToItsLimit("untouched").execute(owned.owner);
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
      report.violations.filter((each) => each.customerId.startsWith("untouched")),
      [],
    );
  });

  test("every invariant there is has a corruption that breaks it", () => {
    const broken = new Set(PLANTS.map((plant) => plant.invariant));
    assert.deepEqual([...broken].sort(), [...INVARIANTS].sort());
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
