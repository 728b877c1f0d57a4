import assert from "node:assert/strict";
import { test } from "node:test";
import { ServiceError } from "../errors.ts";
import { hasDuePools } from "../storage/pools/read-balances.ts";
import { listLedgerLines } from "../storage/pools/read-ledger.ts";
import { eachEngine } from "../test-support/engines.ts";
import { eventually } from "../test-support/eventually.ts";
import { event, grant, settle } from "./test-support/commands.ts";
import { setUpMoney, told } from "./test-support/money-test.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

eachEngine((engine) => {
  const money = setUpMoney(engine);

  test("grants fill a pool and events burn it, each numbered", async () => {
    const [cus1, cus2] = money.customers();
    const pools = money.writer();
    const outcomes = await pools.submit([
      grant(cus1, 10n),
      event(cus1, "a"),
      event(cus2, "a"),
      event(cus1, "b"),
    ]);
    assert.deepEqual(told(outcomes), ["1: 10", "2: 9", "insufficient_credits", "3: 8"]);
  });

  test("an id burns once: in one group, over groups, and in another process", async () => {
    const [cus1, cus2] = money.customers();
    const pools = money.writer();
    await pools.submit([grant(cus1, 10n)]);
    const first = await pools.submit([
      event(cus1, "a"),
      event(cus1, "a"),
      event(cus2, "x"),
      event(cus1, "b"),
    ]);
    assert.deepEqual(told(first), ["2: 9", "duplicate of 2, now 2: 9", "insufficient_credits", "3: 8"]);
    assert.deepEqual(told(await pools.submit([event(cus1, "a")])), ["duplicate of 2, now 3: 8"]);
    assert.deepEqual(told(await money.writer().submit([event(cus1, "a")])), ["duplicate of 2, now 3: 8"]);
  });

  test("100 calls with one id at once burn once", async () => {
    const [cus1] = money.customers();
    const pools = money.writer();
    await pools.submit([grant(cus1, 10n)]);
    const outcomes = await Promise.all(Array.from({ length: 100 }, () => pools.submit([event(cus1, "a")])));
    const words = told(outcomes.flat());
    assert.equal(words.filter((word) => word === "2: 9").length, 1);
    assert.equal(words.filter((word) => word === "duplicate of 2, now 2: 9").length, 99);
  });

  test("an id with other content is a conflict, in one group and over groups", async () => {
    const [cus1] = money.customers();
    const pools = money.writer();
    const other = event(cus1, "a", { quantity: 5n });
    assert.deepEqual(told(await pools.submit([grant(cus1, 10n), event(cus1, "a"), other])), [
      "1: 10",
      "2: 9",
      "event_id_conflict",
    ]);
    assert.deepEqual(told(await pools.submit([other])), ["event_id_conflict"]);
    const key = { id: "idem:grants:key", contentHash: "0".repeat(32) };
    const [first] = await pools.submit([grant(cus1, 1n, key)]);
    const [again, changed] = await pools.submit([
      grant(cus1, 1n, key),
      grant(cus1, 1n, { ...key, contentHash: "1".repeat(32) }),
    ]);
    assert.ok(first?.kind === "applied" && again?.kind === "duplicate");
    assert.equal(again.answer, first.answer);
    assert.deepEqual(told(changed ? [changed] : []), ["idempotency_conflict"]);
  });

  test("an idempotency key may hold quotes and backslashes", async () => {
    const [cus1] = money.customers();
    const pools = money.writer();
    const keys = [`idem:grants:"`, `idem:grants:\\`, `idem:grants:","`, `idem:grants:{}`];
    const grants = keys.map((id) => grant(cus1, 1n, { id }));
    assert.deepEqual(told(await pools.submit(grants)), ["1: 1", "2: 2", "3: 3", "4: 4"]);
    const [again] = await pools.submit(grants.slice(2, 3));
    assert.equal(again?.kind, "duplicate");
  });

  test("what cannot be priced or is not there is refused by itself, and may be sent again", async () => {
    const [cus1] = money.customers();
    const pools = money.writer();
    await pools.submit([grant(cus1, 10n)]);
    const words = told(
      await pools.submit([
        event("nobody", "a"),
        event(cus1, "a", { featureId: "unmapped" }),
        event(cus1, "b", { featureId: "unknown" }),
        event(cus1, "c", { quantity: 11_000_000n }),
        event(cus1, "d", { timestamp: Date.now() - 35 * DAY_MS }),
        event(cus1, "e", { timestamp: Date.now() + DAY_MS }),
        event(cus1, "f"),
        grant(cus1, 1n, { creditTypeId: "unknown" }),
        event(cus1, "g", { timestamp: Date.now() - 2 * DAY_MS }),
      ]),
    );
    assert.deepEqual(words, [
      "not_found",
      "feature_not_mapped",
      "not_found",
      "insufficient_credits",
      "timestamp_out_of_window",
      "timestamp_out_of_window",
      "2: 9",
      "not_found",
      "no_active_subscription",
    ]);
    await pools.submit([grant(cus1, 10n)]);
    assert.deepEqual(told(await pools.submit([event(cus1, "c", { quantity: 11_000_000n })])), ["4: 8"]);
  });

  test("users keep their numbers, within a group and over groups", async () => {
    const [cus1] = money.customers();
    const pools = money.writer();
    const by = (userId: string) => ({ userId });
    await pools.submit([grant(cus1, 10n), event(cus1, "a", by("ada")), event(cus1, "b", by("bob"))]);
    await money
      .writer()
      .submit([event(cus1, "c", by("bob")), event(cus1, "d", by("cyd|@x")), event(cus1, "e")]);
    const page = { from: null, limit: 10 };
    const { rows } = await listLedgerLines(
      money.database.reader,
      { customerId: cus1, type: "consumed" },
      page,
    );
    assert.deepEqual(
      rows.map((row) => row.user_id),
      [null, "cyd|@x", "bob", "bob", "ada"],
    );
  });

  test("a customer has a pool for each credit type and resource, and a new process finds them all", async () => {
    const [cus1, cus2] = money.customers();
    const pools = money.writer();
    const team = { resourceId: "team-1" };
    await pools.submit([grant(cus1, 3n), grant(cus1, 5n, team), event(cus1, "a", team), event(cus1, "b")]);
    const words = told(
      await money.writer().submit([event(cus1, "c", team), event(cus1, "d"), grant(cus2, 1n, team)]),
    );
    assert.deepEqual(words, ["3: 3", "3: 1", "1: 1"]);
  });

  test("what falls due is settled first, whoever asks", async () => {
    const [cus1] = money.customers();
    const pools = money.writer();
    const soon = Date.now() + 150;
    await pools.submit([
      grant(cus1, 5n, { expiresAt: soon }),
      grant(cus1, 2n, { effectiveAt: soon }),
      grant(cus1, 1n),
    ]);
    await eventually("both are due", () => hasDuePools(money.database.writer, cus1));
    assert.deepEqual(told(await money.writer().submit([settle(cus1), event(cus1, "a")])), [
      "settled",
      "6: 2",
    ]);
    assert.deepEqual(told(await pools.submit([event(cus1, "b", { quantity: 3_000_000n })])), [
      "insufficient_credits",
    ]);
  });

  test("each customer's order holds over many groups at once", async () => {
    const [cus1, cus2, cus3] = money.customers();
    const pools = money.writer({ groupMax: 20 });
    const customers = [cus1, cus2, cus3];
    await pools.submit(customers.map((customerId) => grant(customerId, 1_000n)));
    const calls = Array.from({ length: 90 }, (_, n) =>
      pools.submit([
        event(customers[n % 3] ?? "", `first ${n}`.replace(" ", "-")),
        event(cus1, `second-${n}`),
      ]),
    );
    const seqs = new Map<string, number>();
    for (const [index, outcomes] of (await Promise.all(calls)).entries()) {
      for (const [place, outcome] of outcomes.entries()) {
        assert.equal(outcome.kind, "applied");
        const customerId = place === 0 ? (customers[index % 3] ?? "") : cus1;
        const seq = outcome.kind === "applied" ? outcome.entry.seq : 0;
        assert.equal(seq, (seqs.get(customerId) ?? 1) + 1);
        seqs.set(customerId, seq);
      }
    }
  });

  test("past its bound the write path takes nothing, and says so", async () => {
    const [cus1] = money.customers();
    const pools = money.writer({ waitingMax: 3 });
    const overloaded = (error: unknown) => error instanceof ServiceError && error.code === "overloaded";
    await assert.rejects(pools.submit(["a", "b", "c", "d"].map((id) => event(cus1, id))), overloaded);
    assert.deepEqual(told(await pools.submit([grant(cus1, 1n)])), ["1: 1"]);
    await pools.close();
    await assert.rejects(pools.submit([event(cus1, "e")]), overloaded);
  });
});
