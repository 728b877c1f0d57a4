import { seedCustomers } from "../../../bff/src/storage/test-support/seed-customers.ts";
import type { BenchCase, Figures } from "../context.ts";
import { CUSTOMERS, prepareIngest } from "../ingest-load.ts";
import { type Layer, LAYERS } from "../layers/layer-of.ts";
import { type Groups, openGroups, type Workload } from "../layers/groups.ts";
import { ratioFigures, round } from "../report.ts";
import { type Contender, measured, measureRounds } from "../rounds.ts";
import { compare, type Comparison, median, sum } from "../statistics.ts";
import { openWritePath } from "../write-path.ts";

type Layers = ReadonlyMap<Layer, number>;

const workloads: readonly Workload[] = [
  { name: "bulkSpread", size: 1000, hot: false },
  { name: "fewSpread", size: 64, hot: false },
  { name: "bulkHot", size: 1000, hot: true },
];

/**
 * Where the time of an event goes, in microseconds. The statements of real groups are timed one by one: each waits for
 * the one before it instead of travelling with it, and the one that writes runs under EXPLAIN ANALYZE, which tells the
 * guard and both inserts apart. That costs something itself: `timed` is what it adds up to, `plain` what an event takes
 * without, one group after the other. What the guard spends on draws is what it spends less on customers who have
 * nothing and go below zero, as their entries draw on no grant.
 */
export const layers: BenchCase = {
  name: "layers",
  async run(context) {
    const { postgres, seconds } = context;
    const [url, owingUrl] = [await postgres.createDatabase(), await postgres.createDatabase()];
    await prepareIngest(url);
    await prepareOwing(owingUrl);
    const [owning, owing] = [await openGroups(url), await openGroups(owingUrl)];

    const rounds = new Map<string, Layers[]>();
    const contenders = new Map<string, Contender>();
    const time = (name: string, groups: Groups, workload: Workload) => {
      const all: Layers[] = [];
      rounds.set(name, all);
      contenders.set(name, async () => {
        const layers = await groups.time(workload, seconds);
        all.push(layers);
        return sum(layers.values());
      });
    };
    for (const workload of workloads) {
      const { name } = workload;
      contenders.set(`${name}Plain`, () => owning.run(workload, seconds));
      time(name, owning, workload);
      time(`${name}Owing`, owing, workload);
    }
    for (const workload of workloads) await owning.run(workload, 1);
    const samples = await measureRounds<string>(context, Object.fromEntries(contenders), " µs an event");
    await Promise.all([owning.close(), owing.close()]);

    const figures: Figures = {};
    const comparisons: Record<string, Comparison> = {};
    for (const { name } of workloads) {
      const [timed, plain] = [measured(samples(name)), measured(samples(`${name}Plain`))];
      const [owned, owed] = [rounds.get(name) ?? [], rounds.get(`${name}Owing`) ?? []];
      const guard = medianOf(owed, "guard");
      figures[name] = {
        ...Object.fromEntries(LAYERS.map((layer) => [layer, round(medianOf(owned, layer))])),
        guard: round(guard),
        draws: round(medianOf(owned, "guard") - guard),
        timed: round(median(timed)),
        plain: round(median(plain)),
      };
      comparisons[`${name}TimedToPlain`] = compare(timed, plain);
    }
    return { ...figures, ...ratioFigures(comparisons) };
  },
};

/** Customers without any credits. */
async function prepareOwing(url: string): Promise<void> {
  const { database, close } = await openWritePath(url);
  await seedCustomers(database, CUSTOMERS);
  await close();
}

/** The median of a layer over the rounds. */
function medianOf(rounds: readonly Layers[], layer: Layer): number {
  return median(rounds.map((layers) => layers.get(layer) ?? Number.NaN));
}
