import { createLiveHub, type LiveHub } from "../live/hub.ts";
import { createPoolWriter, type PoolWriter } from "../pools/pool-writer.ts";
import { readForStreams } from "../services/balances/read.ts";
import type { Database } from "../storage/database.ts";

/** The parts of the app that are not made by it. */
export interface Parts {
  readonly pools: PoolWriter;
  readonly live: LiveHub;
  close(): Promise<void>;
}

/** The real write path and the real hub, as one process of the product runs them. */
export function defaultParts(database: Database): Parts {
  const pools: PoolWriter = createPoolWriter({
    database,
    onCommitted: (customerIds) => live.poolsChanged(customerIds),
    onError: () => undefined,
  });
  const live: LiveHub = createLiveHub({
    read: (customerId) => readForStreams({ database, pools }, customerId),
    onError: () => undefined,
  });
  return {
    pools,
    live,
    close: async () => {
      live.close();
      await pools.close();
    },
  };
}

/** The same, with a hub that only counts what it is told of the catalogue. */
export function countingParts(database: Database): Parts & { readonly catalogueChanges: () => number } {
  const parts = defaultParts(database);
  let count = 0;
  const live: LiveHub = { ...parts.live, catalogueChanged: () => void (count += 1) };
  return { ...parts, live, catalogueChanges: () => count };
}
