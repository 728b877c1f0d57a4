import type { BenchCase } from "../context.ts";
import { openIngest, prepareIngest } from "../ingest-load.ts";
import { runNaive } from "../naive.ts";
import { ratioFigures, round } from "../report.ts";
import { measured, measureRounds } from "../rounds.ts";
import { compare, median } from "../statistics.ts";
import { runTpcb } from "../tpcb.ts";

const CALLERS = 64;

/** Our contenders: batches of 100 have the plain names, as they are what the goals speak of. */
const loads = {
  spread: { batch: 100, hot: false },
  hot: { batch: 100, hot: true },
  singleSpread: { batch: 1, hot: false },
  singleHot: { batch: 1, hot: true },
  bulkSpread: { batch: 1000, hot: false },
  bulkHot: { batch: 1000, hot: true },
} as const;
type Name = keyof typeof loads;

/** Events through the write path in this process, beside both baselines on the same server. */
export const ingest: BenchCase = {
  name: "ingest",
  async run(context) {
    const { postgres, seconds } = context;
    const [url, naiveUrl] = [await postgres.createDatabase(), await postgres.createDatabase()];
    await prepareIngest(url);
    const path = await openIngest(url);
    const run = (name: Name) => path.run({ ...loads[name], callers: CALLERS, seconds });
    for (const name of names) await path.run({ ...loads[name], callers: CALLERS, seconds: 1 });

    const samples = await measureRounds(context, {
      tpcb: async () => (await runTpcb({ postgres, clients: 8, seconds }))?.tps ?? null,
      ...byName(names, (name) => () => run(name)),
      naiveSpread: () => runNaive({ url: naiveUrl, callers: 8, seconds, hot: false }),
      naiveHot: () => runNaive({ url: naiveUrl, callers: 8, seconds, hot: true }),
    });
    await path.close();

    const of = (name: Name | "naiveSpread" | "naiveHot") => measured(samples(name));
    const tpcb = samples("tpcb").filter((sample) => sample !== null);
    return {
      tpcbPerSecond: tpcb.length > 0 ? round(median(tpcb)) : null,
      ...Object.fromEntries(names.map((name) => [`${name}PerSecond`, round(median(of(name)))])),
      ...ratioFigures({
        ...Object.fromEntries(names.map((name) => [`${name}ToTpcb`, compare(of(name), samples("tpcb"))])),
        spreadToNaive: compare(of("spread"), of("naiveSpread")),
        hotToNaive: compare(of("hot"), of("naiveHot")),
        singleSpreadToNaive: compare(of("singleSpread"), of("naiveSpread")),
        singleHotToNaive: compare(of("singleHot"), of("naiveHot")),
      }),
    };
  },
};

const names: readonly Name[] = ["spread", "hot", "singleSpread", "singleHot", "bulkSpread", "bulkHot"];

function byName<Key extends string, Value>(
  keys: readonly Key[],
  valueOf: (key: Key) => Value,
): Record<Key, Value>;
function byName<Value>(keys: readonly string[], valueOf: (key: string) => Value): Record<string, Value> {
  return Object.fromEntries(keys.map((key) => [key, valueOf(key)]));
}
