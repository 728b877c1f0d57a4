import { event } from "../../../bff/src/pools/test-support/commands.ts";
import { runCallers } from "../callers.ts";
import { anyCustomer, CUSTOMERS } from "../ingest-load.ts";
import { sum } from "../statistics.ts";
import { applyAll, openPools, openWritePath } from "../write-path.ts";
import { type Layer, LAYERS } from "./layer-of.ts";
import { Stopwatch, timeDatabase } from "./timed-database.ts";

/** Groups of so many events, of one customer or of any. */
export interface Workload {
  readonly name: string;
  readonly size: number;
  readonly hot: boolean;
}

/** Groups of events on a write path, one after the other; each is one transaction. */
export interface Groups {
  /** Microseconds an event, as it is. */
  run(workload: Workload, seconds: number): Promise<number>;
  /** Microseconds an event by layer. @throws Error when the write path lacks one */
  time(workload: Workload, seconds: number): Promise<ReadonlyMap<Layer, number>>;
  close(): Promise<void>;
}

/** Opens a write path on the customers of a database, and lets it come to know all of them. */
export async function openGroups(url: string): Promise<Groups> {
  const { database, close } = await openWritePath(url);
  const stopwatch = new Stopwatch();
  const pools = openPools(timeDatabase(database, stopwatch));
  let lastId = 0;
  // Soft, as one of the databases is of customers who have nothing.
  const eventOf = (customerId: string) => event(customerId, `e${(lastId += 1)}`, { limit: "soft" });
  await applyAll(
    pools,
    Array.from({ length: CUSTOMERS }, (_, index) => eventOf(`cus_${index}`)),
  );

  const run = async ({ size, hot }: Workload, seconds: number): Promise<number> => {
    const perSecond = await runCallers({ callers: 1, seconds }, () =>
      applyAll(
        pools,
        Array.from({ length: size }, () => eventOf(anyCustomer(hot))),
      ),
    );
    return 1_000_000 / perSecond;
  };
  const time = async (workload: Workload, seconds: number) => {
    const firstId = lastId;
    stopwatch.isRunning = true;
    const timed = await run(workload, seconds);
    stopwatch.isRunning = false;
    const layers = new Map<Layer, number>([["other", 0]]);
    for (const [layer, milliseconds] of stopwatch.take()) {
      layers.set(layer, (milliseconds * 1000) / (lastId - firstId));
    }
    layers.set("intake", timed - sum(layers.values()));
    const missing = LAYERS.find((layer) => !layers.has(layer));
    if (missing) throw new Error(`the write path no longer has the layer ${missing}`);
    return layers;
  };
  return {
    run,
    time,
    close: async () => {
      await pools.close();
      await close();
    },
  };
}
