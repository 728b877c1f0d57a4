import { createPoolWriter, type PoolWriter } from "../../bff/src/pools/pool-writer.ts";
import { grant } from "../../bff/src/pools/test-support/commands.ts";
import { reportEvents } from "../../bff/src/services/events/report.ts";
import { type Database, openDatabase } from "../../bff/src/storage/database.ts";
import { seedCustomers } from "../../bff/src/storage/test-support/seed-customers.ts";
import pg from "pg";

const CUSTOMERS = 10_000;
const GRANTS_EACH = 3;
/** More than any measurement burns. */
const CREDITS = 1_000_000_000n;
const CALL = {
  actor: { kind: "api_key", id: "key_bench" },
  requestId: "req_bench",
  idempotency: null,
} as const;

export interface Load {
  readonly callers: number;
  readonly batch: number;
  /** One customer takes everything, instead of ten thousand. */
  readonly hot: boolean;
  readonly seconds: number;
}

/** The write path in this process, over a database that `prepareIngest` filled. */
export interface Ingest {
  /** Reports events from so many callers, each waiting for its answer before it calls again. Events a second. */
  run(load: Load): Promise<number>;
  close(): Promise<void>;
}

/** Opens the write path as a replica of the BFF does. */
export async function openIngest(url: string): Promise<Ingest> {
  const { pools, close } = await open(url);
  let lastId = 0;
  const idsOf = `bench-${process.pid}-${Date.now().toString(36)}`;
  return {
    close,
    async run({ callers, batch, hot, seconds }) {
      const startedAt = performance.now();
      const endsAt = startedAt + seconds * 1000;
      let applied = 0;
      const call = async (): Promise<void> => {
        while (performance.now() < endsAt) {
          const events = Array.from({ length: batch }, () => ({
            id: `${idsOf}-${(lastId += 1)}`,
            customerId: `cus_${hot ? 0 : Math.floor(Math.random() * CUSTOMERS)}`,
            featureId: "image",
          }));
          const results = await reportEvents({ pools }, CALL, events);
          const failed = results.find((result) => result.status !== "applied");
          if (failed) throw new Error(`an event of the bench was not applied: ${JSON.stringify(failed)}`);
          applied += batch;
        }
      };
      await Promise.all(Array.from({ length: callers }, call));
      return applied / ((performance.now() - startedAt) / 1000);
    },
  };
}

/** Fills an empty database: ten thousand customers with three grants each. */
export async function prepareIngest(url: string): Promise<void> {
  const { database, pools, close } = await open(url);
  await seedCustomers(database, CUSTOMERS);
  const grants = Array.from({ length: CUSTOMERS * GRANTS_EACH }, (_, n) =>
    grant(`cus_${n % CUSTOMERS}`, CREDITS),
  );
  const outcomes = await pools.submit(grants);
  if (outcomes.some((outcome) => outcome.kind !== "applied"))
    throw new Error("a grant of the bench was not made");
  await close();
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  await owner.query("vacuum analyze");
  await owner.end();
}

async function open(url: string): Promise<{ database: Database; pools: PoolWriter; close(): Promise<void> }> {
  const fail = (error: unknown): never => {
    throw error;
  };
  const database = await openDatabase({
    kind: "postgres",
    url,
    migrationUrl: null,
    maxConnections: 4,
    onConnectionError: fail,
  });
  // The bound on what waits protects a server from its callers; here they are part of the measurement.
  const pools = createPoolWriter({
    database,
    onCommitted: () => undefined,
    onError: () => undefined,
    waitingMax: 100_000,
  });
  return {
    database,
    pools,
    close: async () => {
      await pools.close();
      await database.close();
    },
  };
}
