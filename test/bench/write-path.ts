import {
  createPoolWriter,
  type PoolWriter,
  type PoolWriterOptions,
} from "../../bff/src/pools/pool-writer.ts";
import type { PoolCommand } from "../../bff/src/pools/command.ts";
import { type Database, openDatabase } from "../../bff/src/storage/database.ts";

/** The write path in this process, as a replica of the BFF opens it. */
export interface WritePath {
  readonly database: Database;
  readonly pools: PoolWriter;
  close(): Promise<void>;
}

/** Opens and migrates a database, and the write path over it. */
export async function openWritePath(
  url: string,
  options: Partial<PoolWriterOptions> = {},
): Promise<WritePath> {
  const database = await openDatabase({
    kind: "postgres",
    url,
    migrationUrl: null,
    maxConnections: 4,
    // The bench ends its Postgres also after an error, which a lost connection must not hide.
    onConnectionError: () => undefined,
  });
  const pools = openPools(database, options);
  return {
    database,
    pools,
    close: async () => {
      await pools.close();
      await database.close();
    },
  };
}

/** A write path with an empty memory, as after a start. */
export function openPools(database: Database, options: Partial<PoolWriterOptions> = {}): PoolWriter {
  // The bound on what waits protects a server from its callers; here they are part of the measurement.
  return createPoolWriter({
    database,
    onCommitted: () => undefined,
    onError: () => undefined,
    waitingMax: 100_000,
    ...options,
  });
}

/** Has commands carried out. Answers how many. @throws Error if one of them was not applied */
export async function applyAll(pools: PoolWriter, commands: readonly PoolCommand[]): Promise<number> {
  const outcomes = await pools.submit(commands);
  const failed = outcomes.find((outcome) => outcome.kind !== "applied");
  if (failed) throw new Error(`a command of the bench was not applied: ${JSON.stringify(failed, toText)}`);
  return commands.length;
}

function toText(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}
