import type { PostgresCursor, PostgresQueryResult } from "kysely";
import type { Database } from "../../../bff/src/storage/database.ts";
import type { Connection } from "../../../bff/src/storage/pools/connection.ts";
import { type Layer, layerOf, splitInsert, writesEntries } from "./layer-of.ts";

/** Adds up how long layers take, in milliseconds, while it runs. */
export class Stopwatch {
  isRunning = false;
  #layers = new Map<Layer, number>();

  add(layer: Layer, milliseconds: number): void {
    this.#layers.set(layer, (this.#layers.get(layer) ?? 0) + milliseconds);
  }

  /** What was added up since it was last taken. */
  take(): ReadonlyMap<Layer, number> {
    const taken = this.#layers;
    this.#layers = new Map();
    return taken;
  }
}

/**
 * A database whose write path is timed while the stopwatch runs: each statement waits for the one before it, and the one
 * that writes entries runs under EXPLAIN ANALYZE, which carries it out. What passes between two statements of a
 * transaction is `decide`.
 */
export function timeDatabase(database: Database, stopwatch: Stopwatch): Database {
  const known = new WeakMap<Connection, Connection>();
  const connect = async (): Promise<Connection> => {
    const connection = await database.connect();
    const timed = known.get(connection) ?? new TimedConnection(connection, stopwatch);
    known.set(connection, timed);
    return timed;
  };
  return { ...database, connect };
}

class TimedConnection implements Connection {
  readonly processID = undefined;
  readonly #connection: Connection;
  readonly #stopwatch: Stopwatch;
  #last: Promise<unknown> = Promise.resolve();
  /** When the last statement of the open transaction was answered. */
  #answeredAt: number | null = null;

  constructor(connection: Connection, stopwatch: Stopwatch) {
    this.#connection = connection;
    this.#stopwatch = stopwatch;
  }

  query<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query<R>(
    query: string | PostgresCursor<R>,
    parameters: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<R>> | PostgresCursor<R> {
    if (typeof query !== "string") throw new Error("cursors are not used here");
    if (!this.#stopwatch.isRunning) return this.#connection.query<R>(query, parameters);
    const result = this.#last.then(() => this.#time<R>(query, parameters));
    this.#last = result.catch(() => undefined);
    return result;
  }

  release(destroy?: boolean): void {
    this.#connection.release(destroy);
  }

  async #time<R>(statement: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>> {
    const startedAt = performance.now();
    if (this.#answeredAt !== null) this.#stopwatch.add("decide", startedAt - this.#answeredAt);
    const result = writesEntries(statement)
      ? await this.#explain<R>(statement, parameters)
      : await this.#connection.query<R>(statement, parameters);
    const now = performance.now();
    if (!writesEntries(statement)) this.#stopwatch.add(layerOf(statement), now - startedAt);
    this.#answeredAt = result.command === "COMMIT" ? null : now;
    return result;
  }

  async #explain<R>(statement: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>> {
    const startedAt = performance.now();
    const { rows, ...result } = await this.#connection.query(
      `explain (analyze, format json) ${statement}`,
      parameters,
    );
    const layers = splitInsert(rows, performance.now() - startedAt);
    for (const [layer, milliseconds] of layers) this.#stopwatch.add(layer, milliseconds);
    return { ...result, rows: [] };
  }
}
