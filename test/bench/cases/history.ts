import { event } from "../../../bff/src/pools/test-support/commands.ts";
import type { PoolWriter } from "../../../bff/src/pools/pool-writer.ts";
import type { Database } from "../../../bff/src/storage/database.ts";
import { seedCustomers } from "../../../bff/src/storage/test-support/seed-customers.ts";
import type { BenchCase } from "../context.ts";
import { entriesOf, type HistoryShape, shapeOf } from "../histories/shape.ts";
import { writeHistories } from "../histories/write-histories.ts";
import { asOwner } from "../owner.ts";
import { ratioFigures, round } from "../report.ts";
import { type Contender, measured, measureRounds } from "../rounds.ts";
import { compare, type Comparison, median } from "../statistics.ts";
import { applyAll, openPools, openWritePath } from "../write-path.ts";

const BATCH = 100;
/** A sample is a median of many batches, on few enough for each pool that they do not become its history. */
const WARM = { pools: 3, batches: 15 } as const;
const COLD_STARTS = 10;

/** What is behind the pools of these customers, one each. */
interface Past {
  readonly name: string;
  readonly shape: HistoryShape;
  readonly customerIds: readonly string[];
}

/**
 * What an event costs on one pool by what is behind it, in batches of 100: on a running write path, and in the first
 * batch of one that remembers nothing. What is live is the same everywhere: ten grants. The short history is the
 * baseline; it is one of many pools, each of which is used once, as it does not stay short.
 */
export const history: BenchCase = {
  name: "history",
  async run(context) {
    const url = await context.postgres.createDatabase();
    const { database, close } = await openWritePath(url);
    const pasts = pastsOf(context.entries, (WARM.pools + 1) * (context.rounds + 1));
    await seedCustomers(database, pasts.flatMap(({ customerIds }) => customerIds).length);
    await asOwner(url, async (owner) => {
      for (const past of pasts) {
        const entries = await writeHistories(owner, { ...past, creditTypeId: "tok" });
        context.log(`${past.name}: ${entries} entries of ${past.customerIds.length} pools`);
      }
      await owner.query("vacuum analyze");
    });

    const contenders = new Map<string, Contender>();
    for (const { name, customerIds } of pasts) {
      const turns = takeTurns(customerIds);
      contenders.set(`${name}Warm`, () => measureWarm(database, turns));
      contenders.set(`${name}Cold`, () => measureCold(database, turns()));
    }
    for (const warmUp of contenders.values()) await warmUp();
    const samples = await measureRounds<string>(context, Object.fromEntries(contenders), " µs an event");
    await close();

    const of = (name: string) => measured(samples(name));
    const longer = pasts.slice(1).flatMap(({ name }) => [`${name}Warm`, `${name}Cold`]);
    const toShort = longer.map((name): [string, Comparison] => {
      const short = name.endsWith("Warm") ? "shortWarm" : "shortCold";
      return [`${name}ToShort`, compare(of(name), of(short))];
    });
    return {
      ...Object.fromEntries(pasts.map(({ name, shape }) => [`${name}Entries`, entriesOf(shape)])),
      ...Object.fromEntries(pasts.map(({ name, shape }) => [`${name}Grants`, shape.reserves + shape.cycles])),
      ...Object.fromEntries(
        [...contenders.keys()].map((name) => [`${name}MicrosPerEvent`, round(median(of(name)))]),
      ),
      ...ratioFigures(Object.fromEntries(toShort)),
    };
  },
};

/** A thousandth, a tenth and all of the entries; and a tenth of them with a hundred times as many grants. */
function pastsOf(entries: number, shortPools: number): Past[] {
  const shapes = {
    short: shapeOf(entries / 1000, 1000),
    medium: shapeOf(entries / 10, 1000),
    long: shapeOf(entries, 1000),
    manyGrants: shapeOf(entries / 10, 10),
  };
  let used = 0;
  return Object.entries(shapes).map(([name, shape]) => {
    const count = name === "short" ? shortPools : 1;
    const customerIds = Array.from({ length: count }, () => `cus_${(used += 1) - 1}`);
    return { name, shape, customerIds };
  });
}

/** Microseconds an event, on a write path that knows the pool. */
async function measureWarm(database: Database, nextCustomer: () => string): Promise<number> {
  const batches: number[] = [];
  for (let pool = 0; pool < WARM.pools; pool += 1) {
    const customerId = nextCustomer();
    const pools = openPools(database);
    await report(pools, customerId);
    for (let batch = 0; batch < WARM.batches; batch += 1) batches.push(await report(pools, customerId));
    await pools.close();
  }
  return median(batches);
}

/** Microseconds an event, in the first batch of a write path that remembers nothing. */
async function measureCold(database: Database, customerId: string): Promise<number> {
  const batches: number[] = [];
  for (let start = 0; start < COLD_STARTS; start += 1) {
    const pools = openPools(database);
    batches.push(await report(pools, customerId));
    await pools.close();
  }
  return median(batches);
}

let lastId = 0;

/** Reports a batch of events. Microseconds an event. */
async function report(pools: PoolWriter, customerId: string): Promise<number> {
  const events = Array.from({ length: BATCH }, () => event(customerId, `now-${(lastId += 1)}`));
  const startedAt = performance.now();
  await applyAll(pools, events);
  return ((performance.now() - startedAt) * 1000) / BATCH;
}

/** Gives one after the other, and the first again after the last. */
function takeTurns(customerIds: readonly string[]): () => string {
  let turn = 0;
  return () => customerIds[turn++ % customerIds.length] ?? "";
}
