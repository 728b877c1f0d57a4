import assert from "node:assert/strict";
import { test } from "node:test";
import { cutConnections } from "../storage/test-support/fresh-postgres.ts";
import { oneEngine } from "../test-support/engines.ts";
import { event, grant } from "./test-support/commands.ts";
import { connectionLost, meddledWith } from "../storage/test-support/meddled-with.ts";
import { setUpMoney, told } from "./test-support/money-test.ts";

oneEngine((engine) => {
  const money = setUpMoney(engine);

  for (const [moment, commits] of [
    ["before", false],
    ["after", true],
  ] as const) {
    test(`a connection lost ${moment} the commit took place: the group is sent again and burns once`, async () => {
      const [cus1, cus2, cus3] = money.customers();
      await money.writer().submit([grant(cus1, 10n), grant(cus2, 10n)]);
      let losses = 0;
      const database = meddledWith(money.database, async (text, parameters, query) => {
        if (text !== "commit" || losses === 2) return query(text, parameters);
        losses += 1;
        await query(commits ? "commit" : "rollback", []);
        throw connectionLost();
      });
      const pools = money.writer({ database });
      const outcomes = await pools.submit([
        event(cus1, "a"),
        event(cus2, "a"),
        event(cus1, "b"),
        event(cus3, "a"),
      ]);
      const first = commits
        ? ["duplicate of 2, now 3: 8", "duplicate of 2, now 2: 9", "duplicate of 3, now 3: 8"]
        : ["2: 9", "2: 9", "3: 8"];
      assert.deepEqual(told(outcomes), [...first, "insufficient_credits"]);
      assert.equal(losses, 2);
      assert.deepEqual(told(await pools.submit([event(cus1, "c")])), ["4: 7"]);
    });
  }

  test("a database that stays away: the outcome is unknown, and the same ids may be sent again", async () => {
    const [cus1] = money.customers();
    await money.writer().submit([grant(cus1, 10n)]);
    let isAway = true;
    const database = meddledWith(money.database, async (text, parameters, query) => {
      if (text !== "commit" || !isAway) return query(text, parameters);
      await query("commit", []);
      throw connectionLost();
    });
    const pools = money.writer({ database });
    assert.deepEqual(told(await pools.submit([event(cus1, "a")])), ["overloaded"]);
    isAway = false;
    assert.deepEqual(told(await pools.submit([event(cus1, "a"), event(cus1, "b")])), [
      "duplicate of 2, now 2: 9",
      "3: 8",
    ]);
  });

  test("a failed transaction that answers a commit with ROLLBACK is not taken for committed", async () => {
    const [cus1] = money.customers();
    await money.writer().submit([grant(cus1, 10n)]);
    let failures = 0;
    const database = meddledWith(money.database, async (text, parameters, query) => {
      if (text !== "commit" || failures === 1) return query(text, parameters);
      failures += 1;
      await query("rollback", []);
      return { command: "ROLLBACK", rowCount: 0, rows: [] };
    });
    const pools = money.writer({ database });
    const words = told(await pools.submit([event(cus1, "a"), event(cus1, "b")]));
    assert.deepEqual(words, ["2: 9", "3: 8"]);
    assert.equal(money.errors.length, 1);
  });

  for (const code of ["40001", "40P01", "CK002", "23505"]) {
    test(`a race that was lost (${code}) is run again on fresh facts`, async () => {
      const [cus1] = money.customers();
      await money.writer().submit([grant(cus1, 10n)]);
      let races = 0;
      const database = meddledWith(money.database, async (text, parameters, query) => {
        if (!text.includes("insert into ledger") || races === 3) return query(text, parameters);
        races += 1;
        throw Object.assign(new Error("lost a race"), { code });
      });
      assert.deepEqual(told(await money.writer({ database }).submit([event(cus1, "a")])), ["2: 9"]);
      assert.equal(races, 3);
    });
  }

  test("what the database refuses is answered alone, and everything else is carried out in order", async () => {
    const [cus1, cus2] = money.customers();
    const pools = money.writer();
    await pools.submit([grant(cus1, 100n), grant(cus2, 100n)]);
    const commands = Array.from({ length: 40 }, (_, n) => event(n % 2 ? cus1 : cus2, `e${n}`));
    const poisoned = event(cus1, "poison", { dimensions: { text: "\u0000" } });
    const words = told(await pools.submit([...commands.slice(0, 13), poisoned, ...commands.slice(13)]));
    assert.equal(words[13], "internal");
    const seqs = new Map<string, number>();
    for (const [index, word] of words.toSpliced(13, 1).entries()) {
      const customerId = index % 2 ? cus1 : cus2;
      const seq = (seqs.get(customerId) ?? 1) + 1;
      assert.equal(word, `${seq}: ${101 - seq}`);
      seqs.set(customerId, seq);
    }
    assert.deepEqual(told(await pools.submit([event(cus1, "poison")])), ["22: 79"]);
  });

  if (engine.name === "Postgres") {
    test("connections that are cut at every other commit lose nothing and double nothing", async () => {
      const [cus1] = money.customers();
      await money.writer().submit([grant(cus1, 100n)]);
      let commits = 0;
      const database = meddledWith(money.database, async (text, parameters, query) => {
        if (text === "commit" && (commits += 1) % 2 === 1) await cutConnections(money.url ?? "");
        return query(text, parameters);
      });
      const pools = money.writer({ database });
      for (let n = 0; n < 10; n += 1) await pools.submit([event(cus1, `e${n}`)]);
      assert.deepEqual(told(await pools.submit([event(cus1, "e0"), event(cus1, "last")])), [
        "duplicate of 2, now 11: 90",
        "12: 89",
      ]);
      assert.ok(money.errors.length >= 5);
    });
  }
});
