import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { formatAudit } from "../../bff/src/audit/report.ts";
import { runAudit } from "../../bff/src/audit/run-audit.ts";
import { ServiceError } from "../../bff/src/errors.ts";
import { readUsageSeries, type UsageQuery } from "../../bff/src/services/usage/read.ts";
import { ArchivedPast } from "./archived-past.ts";
import { noteFullLife } from "./full-life.ts";
import { LedgerBook } from "./ledger-book.ts";
import { oneOwnedEngine, type OwnedDatabase } from "./owned-database.ts";
import { notePlainLife } from "./plain-life.ts";
import { sealAll } from "./seal-all.ts";
import { sumUpAll } from "./sum-up-all.ts";

const DAY_MS = 86_400_000;
const CUSTOMERS = ["plain", "full", "summed", "half"];

oneOwnedEngine((open) => {
  let owned: OwnedDatabase;
  let past: ArchivedPast;
  const now = Date.now();
  const midnight = Math.floor(now / DAY_MS) * DAY_MS;

  before(async () => {
    owned = await open();
    past = await ArchivedPast.open(owned);
    const book = new LedgerBook(owned.owner);
    for (const customerId of CUSTOMERS)
      (customerId === "full" ? noteFullLife : notePlainLife)(book, customerId);
    await book.write();
    await sealAll(owned.database, CUSTOMERS, 5);
    await sumUpAll(owned.database, ["summed"], 3);
  });
  after(async () => {
    await owned.close();
    await past.close();
  });

  const ask = async (customerId: string, query: Omit<UsageQuery, "customerId">) => {
    const { series, ...rest } = await readUsageSeries(owned, { customerId, ...query });
    return { ...rest, series };
  };
  const everything = {
    from: midnight - 200 * DAY_MS,
    to: midnight + DAY_MS,
    timeZone: "Asia/Kathmandu",
    groupBy: ["feature", "user"],
  };

  test("archiving changes no chart, whether or not the usage was summed up before", async () => {
    const was = await Promise.all(CUSTOMERS.map((customerId) => ask(customerId, everything)));
    assert.ok(was.every(({ events }) => events > 0));
    const report = await past.archive(80);
    assert.ok(report.pools >= CUSTOMERS.length && report.violations.length === 0, JSON.stringify(report));
    for (const [index, customerId] of CUSTOMERS.entries())
      assert.deepEqual(await ask(customerId, everything), was[index]);
    assert.equal(
      formatAudit(await runAudit(owned.database))
        .split(": ")
        .at(-1),
      "nothing wrong",
    );
  });

  test("what is archived is known by quarters of an hour: a boundary within one is refused by its name", async () => {
    const { series } = await ask("plain", everything);
    const used = series[0]?.points.find(({ events }) => events > 0)?.start ?? assert.fail();
    // The first usage lies somewhere in that day: its quarter is the one from which nothing can be cut off.
    const refusals: string[] = [];
    for (let quarter = Date.parse(used); quarter < Date.parse(used) + DAY_MS; quarter += 900_000) {
      const cut = { ...everything, from: quarter + 1_000, interval: "month" } as const;
      await ask("plain", cut).catch((error: unknown) => {
        assert.ok(error instanceof ServiceError);
        refusals.push(error.errors[0]?.path ?? "");
      });
    }
    assert.deepEqual(refusals, ["from"]);
  });
});
