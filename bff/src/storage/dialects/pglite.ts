import { PGlite, types } from "@electric-sql/pglite";
import {
  CompiledQuery,
  Kysely,
  PostgresDialect,
  type PostgresCursor,
  type PostgresPool,
  type PostgresPoolClient,
  type PostgresQueryResult,
} from "kysely";
import type { Tables } from "../tables.ts";
import { commandTag } from "./command-tag.ts";

const keepText = (text: string) => text;

/** Opens the embedded database in a directory; without one it lives in memory. */
export function openPGlite(directory: string | null): Promise<PGlite> {
  return PGlite.create({
    ...(directory === null ? {} : { dataDir: directory }),
    parsers: { [types.INT8]: keepText, [types.DATE]: keepText, [types.NUMERIC]: keepText },
  });
}

/** Hands the one session of the embedded database from user to user. */
export class SingleSession {
  readonly #engine: PGlite;
  #tail: Promise<void> = Promise.resolve();

  constructor(engine: PGlite) {
    this.#engine = engine;
  }

  /** Kysely working as `role`, or as the owner. */
  as(role: "credits_kit_writer" | "credits_kit_reader" | null): Kysely<Tables> {
    // Kysely's own dialect for this engine would let a stray query run inside somebody else's transaction.
    return new Kysely<Tables>({
      dialect: new PostgresDialect({
        pool: new SessionPool((release) => new SessionClient(this.#engine, release), () => this.#take()),
        onReserveConnection: async (connection) => {
          await connection.executeQuery(CompiledQuery.raw(role ? `set role ${role}` : "reset role"));
        },
      }),
    });
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

class SessionPool implements PostgresPool {
  readonly options: object = {};
  readonly #client: (release: () => void) => PostgresPoolClient;
  readonly #take: () => Promise<() => void>;

  constructor(client: (release: () => void) => PostgresPoolClient, take: () => Promise<() => void>) {
    this.#client = client;
    this.#take = take;
  }

  async connect(): Promise<PostgresPoolClient> {
    return this.#client(await this.#take());
  }

  async end(): Promise<void> {
    (await this.#take())();
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
