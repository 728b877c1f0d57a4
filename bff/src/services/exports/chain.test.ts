import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import type { ExportRow } from "@credits-kit/contract";
import { event, grant } from "../../pools/test-support/commands.ts";
import { meddledWith } from "../../storage/test-support/meddled-with.ts";
import { setUpMoney } from "../../pools/test-support/money-test.ts";
import type { PoolWriter } from "../../pools/pool-writer.ts";
import type { Database } from "../../storage/database.ts";
import { oneEngine, openTestPostgres } from "../../test-support/engines.ts";
import { type ExportQuery, openExport } from "./open.ts";

const CALL = {
  requestId: "req_test",
  actor: { kind: "api_key", id: "key_test" },
  idempotency: null,
} as const;

/** The names of an export's rows, and its cursor. */
async function exported(
  deps: { database: Database; pools: PoolWriter },
  query: ExportQuery,
): Promise<{ names: string[]; cursor: string }> {
  const { pages, cursor } = await openExport(deps, CALL, { kind: "ledger", query });
  const rows: ExportRow[] = [];
  for await (const page of pages) rows.push(...page);
  return { names: rows.map((row) => ("seq" in row ? `${row.customer_id} ${row.seq}` : "?")), cursor };
}

/** A database whose commits wait, so that a test can see between a write and its commit. */
function holdingCommits(database: Database): {
  database: Database;
  atCommit: Promise<void>;
  release: () => void;
} {
  const arrived = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const sent: Promise<unknown>[] = [];
  return {
    atCommit: arrived.promise,
    release: released.resolve,
    database: meddledWith(database, async (text, parameters, query) => {
      if (text === "commit") {
        // What is sent before the commit is still on its way when the commit is asked for.
        await Promise.allSettled(sent);
        arrived.resolve();
        await released.promise;
      }
      const answer = query(text, parameters);
      sent.push(answer);
      return answer;
    }),
  };
}

oneEngine((engine) => {
  const money = setUpMoney(engine);

  test("a chain of exports, taken while others write, has every entry exactly once", async () => {
    const customers = money.customers();
    const pools = money.writer({ groupMax: 20 });
    const deps = { database: money.database, pools };
    await pools.submit(customers.map((customerId) => grant(customerId, 1_000n)));
    let isWriting = true;
    const writing = Promise.all(
      customers.map(async (customerId) => {
        for (let n = 0; n < 12; n += 1) {
          await pools.submit([event(customerId, `${n}a`), event(customerId, `${n}b`)]);
          // The embedded database answers without letting anyone else have a turn.
          await setImmediate();
        }
      }),
    ).finally(() => (isWriting = false));
    const seen: string[] = [];
    let since: string | undefined;
    let exports = 0;
    do {
      const { names, cursor } = await exported(deps, { since });
      seen.push(...names);
      since = cursor;
      exports += 1;
    } while (isWriting);
    await writing;
    seen.push(...(await exported(deps, { since })).names);
    assert.ok(exports > 1);
    assert.equal(new Set(seen).size, seen.length, "an entry came twice");
    assert.deepEqual(seen.sort(), (await exported(deps, {})).names.sort());
    for (const customerId of customers)
      assert.equal(seen.filter((name) => name.startsWith(`${customerId} `)).length, 25);
  });

  test("a cursor can be used again, as after a load that failed, and by two at once", async () => {
    const [customerId] = money.customers();
    const pools = money.writer();
    const deps = { database: money.database, pools };
    await pools.submit([grant(customerId, 10n)]);
    const first = await exported(deps, { customerId });
    await pools.submit([event(customerId, "a")]);
    const [one, other] = await Promise.all([
      exported(deps, { customerId, since: first.cursor }),
      exported(deps, { customerId, since: first.cursor }),
    ]);
    assert.deepEqual([one.names, other.names], [[`${customerId} 2`], [`${customerId} 2`]]);
    await pools.submit([event(customerId, "b")]);
    const again = await exported(deps, { customerId, since: first.cursor });
    assert.deepEqual(again.names, [`${customerId} 2`, `${customerId} 3`]);
    for (const { cursor } of [one, other]) {
      assert.deepEqual((await exported(deps, { customerId, since: cursor })).names, [`${customerId} 3`]);
    }
    assert.deepEqual((await exported(deps, { customerId, since: again.cursor })).names, []);
  });

  test("an export that was opened is of that moment, however late it is read", async () => {
    const [customerId] = money.customers();
    const pools = money.writer();
    const deps = { database: money.database, pools };
    await pools.submit([grant(customerId, 10n), event(customerId, "a")]);
    const { pages, cursor } = await openExport(deps, CALL, { kind: "ledger", query: { customerId } });
    await pools.submit([event(customerId, "b")]);
    const rows: ExportRow[] = [];
    for await (const page of pages) rows.push(...page);
    assert.equal(rows.length, 2);
    assert.deepEqual((await exported(deps, { customerId, since: cursor })).names, [`${customerId} 3`]);
  });

  if (engine.name !== "Postgres") return;

  test("an entry that commits behind younger ones is in the next export, once", async () => {
    const [late, prompt] = money.customers();
    const pools = money.writer();
    const deps = { database: money.database, pools };
    await pools.submit([grant(late, 10n), grant(prompt, 10n)]);
    const first = await exported(deps, {});
    const other = await openTestPostgres(money.url ?? "");
    const held = holdingCommits(other);
    const slow = money.writer({ database: held.database });
    const written = slow.submit([event(late, "late")]);
    await held.atCommit;
    await pools.submit([event(prompt, "young")]);
    const second = await exported(deps, { since: first.cursor });
    held.release();
    await written;
    const third = await exported(deps, { since: second.cursor });
    const fourth = await exported(deps, { since: third.cursor });
    assert.deepEqual([second.names, third.names, fourth.names], [[`${prompt} 2`], [`${late} 2`], []]);
    const { pages } = await openExport(deps, CALL, { kind: "ledger", query: {} });
    const at = new Map<string, string>();
    for await (const page of pages) {
      for (const row of page)
        if ("seq" in row && "at" in row) at.set(`${row.customer_id} ${row.seq}`, row.at);
    }
    // What was exported last is the older one: a watermark of time would have passed it by.
    assert.ok((at.get(`${late} 2`) ?? "") <= (at.get(`${prompt} 2`) ?? ""));
    await slow.close();
    await other.close();
  });
});
