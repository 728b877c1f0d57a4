import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { parseCredits, priceOf } from "@credits-kit/amounts";
import type { ExportRow } from "@credits-kit/contract";
import { sql } from "kysely";
import { ArchivedPast } from "./archived-past.ts";
import { exported } from "./exported.ts";
import { LedgerBook } from "./ledger-book.ts";
import { oneOwnedEngine, type OwnedDatabase } from "./owned-database.ts";
import { randomFrom, RandomLife } from "./random-history.ts";
import { sealAll } from "./seal-all.ts";
import { testSeed } from "../support/seeded-random.ts";

const CUSTOMERS = 25;
const EARNED = ["consumed", "reversed", "overage_repaid"];
const FLOWS = ["recognised", "breakage", "refunded", "rolled_out"] as const;

const poolOf = (row: { customer_id: string; credit_type_id: string; resource_id: string | null }) =>
  `${row.customer_id}/${row.credit_type_id}/${row.resource_id}`;

function addUp<Row>(
  rows: readonly Row[],
  key: (row: Row) => string,
  amount: (row: Row) => bigint,
): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const row of rows) sums.set(key(row), (sums.get(key(row)) ?? 0n) + amount(row));
  return sums;
}

/** Without what is nothing. */
function notable(sums: Map<string, bigint>): Map<string, bigint> {
  return new Map(
    [...sums].filter(([, sum]) => sum !== 0n).sort(([left], [right]) => (left < right ? -1 : 1)),
  );
}

oneOwnedEngine((open) => {
  const seed = testSeed();
  let owned: OwnedDatabase;
  let lives: RandomLife[];
  let book: LedgerBook;
  /** What a warehouse holds that loaded the first half of all lives, and later what came since. */
  const loaded = {
    ledger: new Map<string, ExportRow<"ledger">>(),
    grants: new Map<string, ExportRow<"grants">>(),
    revenue: new Map<string, ExportRow<"revenue">>(),
  };
  const cursors = { ledger: "", grants: "", revenue: "" };

  /** Of most grants what they cost: as the write path would have written it. */
  async function price(): Promise<void> {
    await sql`
      update grants set cost_basis_amount = case key % 3 when 0 then '0.01' else '0.123456' end,
        cost_basis_currency = case key % 2 when 0 then 'usd' else 'kwd' end
      where category <> 'promo' and cost_basis_amount is null`.execute(owned.owner);
  }

  async function load(): Promise<void> {
    const since = (kind: keyof typeof cursors) => (cursors[kind] === "" ? {} : { since: cursors[kind] });
    const ledger = await exported(owned, "ledger", since("ledger"));
    for (const row of ledger.rows) {
      const key = `${poolOf(row)}/${row.seq}`;
      assert.equal(loaded.ledger.has(key), false, `${key} came twice`);
      loaded.ledger.set(key, row);
    }
    const grants = await exported(owned, "grants", since("grants"));
    for (const row of grants.rows) loaded.grants.set(row.grant_id, row);
    const revenue = await exported(owned, "revenue", since("revenue"));
    for (const row of revenue.rows) loaded.revenue.set(`${row.grant_id}/${row.month}`, row);
    Object.assign(cursors, { ledger: ledger.cursor, grants: grants.cursor, revenue: revenue.cursor });
  }

  before(async () => {
    owned = await open();
    book = new LedgerBook(owned.owner);
    const random = randomFrom(seed);
    lives = Array.from({ length: CUSTOMERS }, (_, index) => new RandomLife(book, `random-${index}`, random));
    for (const life of lives) life.live(80, 0.6);
    await book.write();
    await price();
    await load();
    // A few stay as they are.
    for (const life of lives.slice(5)) life.live(60);
    await book.write();
    await price();
    await load();
  });
  after(() => owned.close());

  test("the ledger's export is the ledger, entry for entry, and so is what was loaded in two parts (I-28)", async (t) => {
    t.diagnostic(`seed ${seed}`);
    const { rows } = await exported(owned, "ledger");
    assert.equal(rows.length, book.entries);
    const { rows: stored } = await sql<{ name: string; balance: string }>`
      select concat_ws('/', customer_id, credit_type_id, coalesce(nullif(resource_id, ''), 'null')) as name, balance
      from pools where seq > 0`.execute(owned.owner);
    const balances = new Map(stored.map(({ name, balance }) => [name, BigInt(balance)]));
    assert.deepEqual(notable(addUp(rows, poolOf, (row) => parseCredits(row.delta))), notable(balances));
    assert.deepEqual(new Map(rows.map((row) => [`${poolOf(row)}/${row.seq}`, row])), loaded.ledger);
  });

  test("allocations and overage explain the ledger, and usage what was consumed of it (I-28)", async () => {
    const [ledger, allocations, usage] = [
      (await exported(owned, "ledger")).rows,
      (await exported(owned, "allocations")).rows,
      (await exported(owned, "usage")).rows,
    ];
    const entryOf = (row: ExportRow<"ledger" | "allocations" | "usage">) => `${poolOf(row)}/${row.seq}`;
    assert.deepEqual(
      notable(addUp(allocations, entryOf, (row) => parseCredits(row.amount))),
      notable(addUp(ledger, entryOf, (row) => parseCredits(row.delta) + parseCredits(row.overage_change))),
    );
    const consuming = ledger.filter(({ type }) => type === "consumed" || type === "reversed");
    assert.deepEqual(
      addUp(usage, entryOf, (row) => parseCredits(row.credits)),
      addUp(consuming, entryOf, (row) => -parseCredits(row.delta)),
    );
    const reversed = ledger.filter(({ type }) => type === "reversed").length;
    assert.equal(usage.filter((row) => row.reversed_by_seq !== null).length, reversed);
    assert.equal(usage.filter((row) => row.reverses_seq !== null).length, reversed);
  });

  test("what was loaded of grants and revenue in two parts is what one export has", async () => {
    const grants = (await exported(owned, "grants")).rows;
    assert.deepEqual(
      new Map(grants.map((row) => [row.grant_id, row])),
      new Map([...loaded.grants].sort(byAge(grants))),
    );
    const revenue = (await exported(owned, "revenue")).rows;
    const months = new Map(revenue.map((row) => [`${row.grant_id}/${row.month}`, row]));
    assert.equal(months.size, loaded.revenue.size);
    for (const [key, row] of months) assert.deepEqual(loaded.revenue.get(key), row);
  });

  test("revenue is what the ledger moved of priced grants, and adds up to what was paid (I-28)", async () => {
    const grants = new Map((await exported(owned, "grants")).rows.map((row) => [row.grant_id, row]));
    const revenue = (await exported(owned, "revenue")).rows;
    const allocations = (await exported(owned, "allocations")).rows.filter(({ cost }) => cost !== null);
    const monthOf = (row: { grant_id: string; at: string }) => `${row.grant_id}/${row.at.slice(0, 7)}`;
    const moved = (types: readonly string[]) =>
      notable(
        addUp(
          allocations.filter(({ type }) => types.includes(type)),
          monthOf,
          (row) => -parseCredits(row.amount),
        ),
      );
    // In exact costs, as credits are not told.
    const exact = (column: (typeof FLOWS)[number]) =>
      [
        ...new Map(
          revenue.filter((row) => row[column] !== "0").map((row) => [`${row.grant_id}/${row.month}`, 0n]),
        ).keys(),
      ].sort();
    assert.deepEqual(exact("recognised"), [...moved(EARNED).keys()]);
    assert.deepEqual(exact("breakage"), [...moved(["expired"]).keys()]);

    const byGrant = Map.groupBy(revenue, (row) => row.grant_id);
    for (const [grantId, rows] of byGrant) {
      const grant = grants.get(grantId);
      assert.ok(grant?.cost_basis != null && grant.currency !== null);
      const minor = (column: (typeof FLOWS)[number] | "paid") =>
        rows.reduce((sum, row) => sum + BigInt(row[`${column}_minor`]), 0n);
      const out = FLOWS.reduce((sum, column) => sum + minor(column), 0n);
      const left = parseCredits(grant.remaining) + parseCredits(grant.frozen);
      const price = { amount: grant.cost_basis, currency: grant.currency };
      const last = rows.at(-1);
      assert.equal(minor("paid"), out + BigInt(last?.deferred_minor ?? 0));
      if (grant.status === "revoked" && grant.consumed === "0" && grant.expired === "0") continue;
      const value = priceOf(parseCredits(grant.amount), price);
      if (grant.revoked === "0") assert.equal(minor("paid"), value);
      const spent = priceOf(parseCredits(grant.amount) - left, price);
      if (grant.revoked === "0") assert.equal(BigInt(last?.deferred_minor ?? 0), value - spent);
    }
    const waiting = [...grants.values()].filter(({ status }) => status === "payment_pending");
    assert.ok(waiting.length > 0);
    for (const { grant_id: grantId } of waiting) assert.equal(byGrant.has(grantId), false);
  });

  test("what is archived stays in the sums of revenue, in the month of its last entry", async () => {
    const total = async () => {
      const { rows } = await exported(owned, "revenue");
      return addUp(
        rows.flatMap((row) =>
          (["paid", "recognised", "breakage", "refunded"] as const).map((flow) => ({ row, flow })),
        ),
        ({ row, flow }) => `${row.grant_id} ${flow}`,
        ({ row, flow }) => BigInt(row[`${flow}_minor`]),
      );
    };
    const before = await total();
    const past = await ArchivedPast.open(owned);
    await sealAll(
      owned.database,
      lives.map(({ customerId }) => customerId),
      10,
    );
    const { entries } = await past.archive(300);
    assert.ok(entries > 100);
    assert.deepEqual(await total(), before);
    assert.equal((await exported(owned, "ledger")).rows.length, book.entries - entries);
    await past.close();
  });
});

/** Puts entries into the order of an export. */
function byAge(grants: readonly ExportRow<"grants">[]) {
  const order = new Map(grants.map((row, index) => [row.grant_id, index]));
  return ([left]: [string, unknown], [right]: [string, unknown]) =>
    (order.get(left) ?? 0) - (order.get(right) ?? 0);
}
