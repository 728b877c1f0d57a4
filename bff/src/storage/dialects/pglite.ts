import { PGlite, types } from "@electric-sql/pglite";
import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from "kysely";
import { commandTag } from "./command-tag.ts";

const keepText = (text: string) => text;

/** Opens the embedded database in a directory; without one it lives in memory, and may begin as a dump of another. */
export function openPGlite(directory: string | null, dump?: Blob): Promise<PGlite> {
  return PGlite.create({
    ...(directory === null ? {} : { dataDir: directory }),
    ...(dump ? { loadDataDir: dump } : {}),
    parsers: { [types.INT8]: keepText, [types.DATE]: keepText, [types.NUMERIC]: keepText },
  });
}

/** What a user of the database works as; null is the owner. */
export type Role = "credits_kit_writer" | "credits_kit_reader" | null;

/**
 * Hands the one session of the embedded database from user to user. Kysely's own dialect for this engine would let a
 * stray query run inside somebody else's transaction.
 */
export class SingleSession {
  readonly #engine: PGlite;
  #tail: Promise<void> = Promise.resolve();
  #role: Role = null;

  constructor(engine: PGlite) {
    this.#engine = engine;
  }

  /** A pool whose one connection works as `role`. */
  as(role: Role): PostgresPool {
    return {
      options: {},
      connect: async () => {
        const release = await this.#take();
        if (role !== this.#role) await this.#engine.query(role ? `set role ${role}` : "reset role");
        this.#role = role;
        return new SessionClient(this.#engine, release);
      },
      end: async () => (await this.#take())(),
    };
  }

  /** Waits for everyone in the queue, then closes the database. */
  async close(): Promise<void> {
    await this.#take();
    await this.#engine.close();
  }

  /** Waits for the session; what it gives back hands the session on. */
  async #take(): Promise<() => void> {
    const before = this.#tail;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#tail = promise;
    await before;
    return resolve;
  }
}

class SessionClient implements PostgresPoolClient {
  readonly processID = undefined;
  readonly release: () => void;
  readonly #engine: PGlite;

  constructor(engine: PGlite, release: () => void) {
    this.#engine = engine;
    this.release = release;
  }

  query<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query<R>(
    query: string | PostgresCursor<R>,
    parameters: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<R>> | PostgresCursor<R> {
    if (typeof query !== "string") throw new Error("the embedded database has no cursors");
    return this.#run<R>(query, [...parameters]);
  }

  async #run<R>(text: string, values: unknown[]): Promise<PostgresQueryResult<R>> {
    const result = await this.#engine.query<R>(text, values);
    return { command: commandTag(text), rowCount: result.affectedRows ?? 0, rows: result.rows };
  }
}
