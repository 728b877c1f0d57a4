import type { LiveHub } from "../live/hub.ts";
import type { PoolWriter } from "../pools/pool-writer.ts";
import type { Database } from "../storage/database.ts";

/** The parts of the app that are not made by it. */
export interface Parts {
  readonly pools: PoolWriter;
  readonly live: LiveHub;
  close(): Promise<void>;
}

/** The parts that tests run with unless they bring their own. */
export function defaultParts(_database: Database): Parts {
  const pools: PoolWriter = {
    submit: () => Promise.reject(new Error("this test has no write path")),
    close: () => Promise.resolve(),
  };
  return { pools, live: new RecordingLive(), close: () => pools.close() };
}

/** Notes what open streams would be told; nobody listens. */
export class RecordingLive implements LiveHub {
  readonly customers: string[] = [];
  catalogueChanges = 0;

  poolsChanged(customerIds: Iterable<string>): void {
    this.customers.push(...customerIds);
  }

  catalogueChanged(): void {
    this.catalogueChanges += 1;
  }

  listen(): () => void {
    return () => undefined;
  }

  listenersOf(): number {
    return 0;
  }

  refreshAll(): void {}

  close(): void {}
}
