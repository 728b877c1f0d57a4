import assert from "node:assert/strict";
import { before, test } from "node:test";
import { grantIdsOf } from "../../storage/pools/test-support/ledger-lines.ts";
import { moveToMonthlyPlan, seedMonthlyPlan } from "../../storage/test-support/seed-recurring.ts";
import { eachEngine, openTestPostgres } from "../../test-support/engines.ts";
import { consume, settle } from "../test-support/commands.ts";
import { connectionLost, meddledWith } from "../../storage/test-support/meddled-with.ts";
import { setUpMoney, told } from "../test-support/money-test.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
/** Three months and a bit: four periods have begun since. */
const SINCE_MS = 100 * DAY_MS;

eachEngine((engine) => {
  const money = setUpMoney(engine);

  before(() => seedMonthlyPlan(money.database));

  /** A customer to whom nothing was given of what recurs since then. */
  function subscribe(customerId: string): Promise<void> {
    return moveToMonthlyPlan(money.database, customerId, new Date(Date.now() - SINCE_MS));
  }
  const granted = (customerId: string) => grantIdsOf(money.database, customerId);

  const FOUR_PERIODS = [".0", ".0.r2", ".1", ".1.r6", ".2", ".2.r10", ".3"];

  test("whoever touches the customer first carries out what recurs, each period once", async () => {
    const [cus1] = money.customers();
    await subscribe(cus1);
    const pools = money.writer();
    const outcomes = await pools.submit([consume(cus1, "a", 50n), settle(cus1), consume(cus1, "b", 50n)]);
    assert.deepEqual(told(outcomes), ["13: 150", "settled", "14: 100"]);
    assert.deepEqual(await granted(cus1), FOUR_PERIODS);
    assert.deepEqual(told(await pools.submit([settle(cus1), consume(cus1, "c", 1n)])), ["settled", "15: 99"]);
  });

  test("another process notices what was given, though it remembers how it was before", async () => {
    const [cus1] = money.customers();
    const [one, other] = [money.writer(), money.writer()];
    // Both know the customer from before anything recurred.
    await Promise.all([one.submit([settle(cus1)]), other.submit([settle(cus1)])]);
    await subscribe(cus1);
    await one.submit([settle(cus1)]);
    assert.deepEqual(told(await other.submit([consume(cus1, "a", 1n)])), ["13: 199"]);
    assert.deepEqual(told(await one.submit([consume(cus1, "b", 1n)])), ["14: 198"]);
    assert.deepEqual(await granted(cus1), FOUR_PERIODS);
  });

  test("two processes that come at once do each thing once", async () => {
    const database = money.url === null ? money.database : await openTestPostgres(money.url);
    const [one, other] = [money.writer(), money.writer({ database })];
    try {
      for (let round = 0; round < 5; round += 1) {
        const customers = money.customers();
        await Promise.all(customers.map((each) => subscribe(each)));
        await Promise.all(
          [one, other, one, other].map((pools, turn) =>
            pools.submit(customers.flatMap((each) => [settle(each), consume(each, `c${turn}`, 1n)])),
          ),
        );
        for (const each of customers) assert.deepEqual(await granted(each), FOUR_PERIODS);
      }
      assert.deepEqual(money.errors, []);
    } finally {
      if (database !== money.database) await database.close();
    }
  });

  for (const moment of ["before", "after"] as const) {
    test(`a connection lost ${moment} the commit took place: everything comes once`, async () => {
      const [cus1] = money.customers();
      await subscribe(cus1);
      let losses = 0;
      const database = meddledWith(money.database, async (text, parameters, query) => {
        if (text !== "commit" || losses === 2) return query(text, parameters);
        losses += 1;
        await query(moment === "after" ? "commit" : "rollback", []);
        throw connectionLost();
      });
      const pools = money.writer({ database });
      assert.deepEqual(told(await pools.submit([consume(cus1, "a", 1n)])).length, 1);
      assert.deepEqual(await granted(cus1), FOUR_PERIODS);
      const [outcome] = await pools.submit([consume(cus1, "b", 1n)]);
      assert.equal(outcome && told([outcome])[0], "14: 198");
    });
  }

  test("a group that fails between two writes leaves nothing behind, and the next one does it all", async () => {
    const [cus1] = money.customers();
    await subscribe(cus1);
    const database = meddledWith(money.database, (text, parameters, query) => {
      return text.includes("update subscriptions") ? query("select 1 / 0", []) : query(text, parameters);
    });
    assert.deepEqual(told(await money.writer({ database }).submit([settle(cus1)])), ["internal"]);
    assert.deepEqual(await granted(cus1), []);
    await money.writer().submit([settle(cus1)]);
    assert.deepEqual(await granted(cus1), FOUR_PERIODS);
  });

  test("where nothing recurs now, a plan that gives costs no statement more than one that does not", async () => {
    const [plain, giving] = money.customers();
    await subscribe(giving);
    const sent: string[] = [];
    const pools = money.writer({
      database: meddledWith(money.database, (text, parameters, query) => {
        sent.push(text);
        return query(text, parameters);
      }),
    });
    const burn = async (customerId: string, id: string) => {
      sent.length = 0;
      await pools.submit([consume(customerId, id, { credits: 1n, limit: "soft" })]);
      return sent.toSorted();
    };
    for (const customerId of [plain, giving]) await burn(customerId, "first");
    assert.deepEqual(await burn(giving, "second"), await burn(plain, "second"));
  });
});
