import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Database } from "../storage/database.ts";
import { readBalances } from "../storage/pools/read-balances.ts";
import { eachEngine, openTestPostgres } from "../test-support/engines.ts";
import type { PoolCommand } from "./command.ts";
import type { PoolWriter } from "./pool-writer.ts";
import { capture, consume, event, grant, hold, release, revoke } from "./test-support/commands.ts";
import { setUpMoney, told } from "./test-support/money-test.ts";

const CREDIT = 1_000_000n;
const CLIENTS = 8;

/*
 * Eight clients on one grant of 100 credits, over many rounds, each round a pool of its own: on one process, and on two
 * that share the database. After each test the audit replays every pool, so that whatever happened at once has an order
 * in which the engine does the same (RELIABILITY.md F-14, F-15).
 */
eachEngine((engine) => {
  describe("one process", () => races(1));
  // The embedded database belongs to one process.
  if (engine.name === "Postgres") describe("two processes", () => races(2));

  function races(processes: number): void {
    const money = setUpMoney(engine);
    // The embedded database works off one group after the other whatever comes: it has less to show, and is slower.
    const roundCount = engine.name === "Postgres" ? 100 : 15;
    const others: Database[] = [];
    let writers: PoolWriter[] = [];
    before(async () => {
      for (let more = 1; more < processes; more += 1) others.push(await openTestPostgres(money.url ?? ""));
    });
    after(() => Promise.all(others.map((database) => database.close())));
    const open = () => {
      writers = [money.writer(), ...others.map((database) => money.writer({ database }))];
    };
    /** Eight clients at once, on the processes in turn, each sending its commands one after the other. */
    const race = async (of: (client: number) => PoolCommand[]): Promise<string[]> => {
      const calls = Array.from({ length: CLIENTS }, async (_, client) => {
        const outcomes: string[] = [];
        for (const command of of(client)) {
          outcomes.push(...told((await writers[client % processes]?.submit([command])) ?? []));
        }
        return outcomes;
      });
      return (await Promise.all(calls)).flat();
    };
    /** A pool of its own for each round. */
    const rounds = Array.from({ length: roundCount }, (_, round) => ({ round, resourceId: `r${round}` }));

    test("of 16 debits of 10 against 100 credits exactly ten succeed", async () => {
      const [customerId] = money.customers();
      open();
      for (const { round, resourceId } of rounds) {
        await writers[0]?.submit([grant(customerId, 100n, { resourceId })]);
        const outcomes = await race((client) => [
          consume(customerId, `${round}-${client}-a`, { credits: 10n, resourceId }),
          consume(customerId, `${round}-${client}-b`, { credits: 10n, resourceId }),
        ]);
        assert.equal(outcomes.filter((each) => each === "insufficient_credits").length, 6, `round ${round}`);
      }
      assert.deepEqual(await balances(customerId), Array(roundCount).fill("0"));
    });

    test("of 16 events of 10 against 100 credits exactly ten succeed, whoever sends them twice", async () => {
      const [customerId] = money.customers();
      open();
      for (const { round, resourceId } of rounds) {
        await writers[0]?.submit([grant(customerId, 100n, { resourceId })]);
        const quantity = 10n * CREDIT;
        const outcomes = await race((client) =>
          [client, client + CLIENTS].map((n) =>
            event(customerId, `${round}-${n % 16}`, { quantity, resourceId }),
          ),
        );
        assert.equal(outcomes.filter((each) => each === "insufficient_credits").length, 6, `round ${round}`);
      }
      assert.deepEqual(await balances(customerId), Array(roundCount).fill("0"));
    });

    test("of 16 holds of 10 against 100 credits exactly ten are placed; what is captured is burned once", async () => {
      const [customerId] = money.customers();
      open();
      for (const { round, resourceId } of rounds) {
        await writers[0]?.submit([grant(customerId, 100n, { resourceId })]);
        const place = (client: number, which: string) =>
          hold(customerId, `${round}-${client}-${which}`, { credits: 10n, resourceId });
        const outcomes = await race((client) => [place(client, "a"), place(client, "b")]);
        assert.equal(outcomes.filter((each) => each === "insufficient_credits").length, 6, `round ${round}`);
        const ends = await race((client) => [
          capture(customerId, `${round}-${client}-a`, 10n),
          capture(customerId, `${round}-${client}-a`, 10n),
          release(customerId, `${round}-${client}-b`),
          release(customerId, `${round}-${client}-b`),
        ]);
        const codes = new Set(ends.filter((each) => !/^\d/.test(each)));
        assert.ok(
          [...codes].every((code) => ["hold_closed", "not_found"].includes(code)),
          [...codes].join(),
        );
        assert.equal(ends.filter((each) => /^\d/.test(each)).length, 10, `round ${round}`);
      }
    });

    test("debits, holds, revocation, expiry and a new grant at once leave what some order would", async () => {
      const [customerId] = money.customers();
      open();
      for (const { round, resourceId } of rounds) {
        const first = grant(customerId, 60n, { resourceId });
        const expiresAt = Date.now() + 40 + (round % 20);
        await writers[0]?.submit([first, grant(customerId, 40n, { resourceId, expiresAt, priority: 1 })]);
        await race((client) => {
          const id = `${round}-${client}`;
          if (client === 0) return [revoke(customerId, first.grantId, null)];
          if (client === 1) return [grant(customerId, 30n, { resourceId })];
          if (client === 2) return [revoke(customerId, first.grantId, 7n)];
          if (client < 5)
            return [hold(customerId, id, { credits: 10n, resourceId }), capture(customerId, id, 6n)];
          return [1, 2, 3].map((n) => consume(customerId, `${id}-${n}`, { credits: 10n, resourceId }));
        });
      }
      const over = await balances(customerId);
      assert.ok(
        over.every((balance) => !balance.startsWith("-")),
        over.join(),
      );
    });

    async function balances(customerId: string): Promise<string[]> {
      const rows = await readBalances(money.database.writer, { customerId, historyLength: 0 });
      return rows.filter((row) => row.resource_id !== "").map((row) => row.balance);
    }
  }
});
