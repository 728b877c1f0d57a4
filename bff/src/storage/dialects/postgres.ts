import { Socket } from "node:net";
import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from "kysely";
import pg from "pg";
import { commandTag } from "./command-tag.ts";
import { preparedName } from "./prepared.ts";

/** Postgres type ids whose text must stay text: int8, date, numeric. */
const KEPT_AS_TEXT = new Set([20, 1082, 1700]);

// Plans are pinned: with empty tables a sequential scan looks cheap, and a plan cached then stays slow for ever. And
// left to itself, Postgres plans a statement anew each time that its arrays are short.
const PINNED = ["set enable_seqscan = off", "set jit = off", "set plan_cache_mode = force_generic_plan"];

// No request may hang on the database. The owner's own work (migrations) may take its time.
const BOUNDED = [
  "set statement_timeout = '10s'",
  "set lock_timeout = '2s'",
  "set idle_in_transaction_session_timeout = '15s'",
];

export interface PostgresOptions {
  readonly url: string;
  readonly maxConnections: number;
  /** The role that the connections work as; none for the owner's own work. */
  readonly role: "credits_kit_writer" | "credits_kit_reader" | null;
  /** Told of connections that die while idle; they are replaced. */
  readonly onConnectionError: (error: Error) => void;
}

/**
 * The driver's pool. Its clients send marked statements as named prepared ones and pipeline what is sent at once; each
 * pins its plans and takes its role before it is first used.
 */
export class PostgresSessions implements PostgresPool {
  readonly options: object = {};
  readonly #session: readonly string[];
  readonly #pool: pg.Pool;
  readonly #clients = new WeakMap<pg.PoolClient, PreparingClient>();

  constructor(options: PostgresOptions) {
    this.#session = options.role ? [...PINNED, ...BOUNDED, `set role ${options.role}`] : [];
    const config: pg.PoolConfig & { pipeline: boolean } = {
      connectionString: options.url,
      max: options.maxConnections,
      connectionTimeoutMillis: 5_000,
      application_name: "credits-kit",
      pipeline: true,
      stream: () => new GatheringSocket(),
      types: {
        getTypeParser: (oid: number): unknown =>
          KEPT_AS_TEXT.has(oid) ? (text: string) => text : pg.types.getTypeParser(oid, "text"),
      },
    };
    this.#pool = new pg.Pool(config);
    // Without a listener, a connection that dies while idle would end the process.
    this.#pool.on("error", options.onConnectionError);
    // One may also die while it is checked out, when the statement in flight reports it, or in the very packet that said
    // it was ready: so before anyone is given it.
    this.#pool.on("connect", (client) => client.on("error", () => undefined));
  }

  async connect(): Promise<PostgresPoolClient> {
    const client = await this.#pool.connect();
    const known = this.#clients.get(client);
    if (known) return known;
    const made = new PreparingClient(client);
    try {
      await Promise.all(this.#session.map((text) => made.query(text, [])));
    } catch (error) {
      client.release(true);
      throw error;
    }
    this.#clients.set(client, made);
    return made;
  }

  end(): Promise<void> {
    return this.#pool.end();
  }
}

/**
 * Sends what one turn of the event loop writes as one packet. The driver sends each statement by itself, which wakes
 * the server for every one of them.
 */
class GatheringSocket extends Socket {
  #gathering = false;

  override cork(): void {
    super.cork();
    if (this.#gathering) return;
    this.#gathering = true;
    super.cork();
    process.nextTick(() => {
      this.#gathering = false;
      super.uncork();
    });
  }
}

class PreparingClient implements PostgresPoolClient {
  readonly processID = undefined;
  readonly #client: pg.PoolClient;

  constructor(client: pg.PoolClient) {
    this.#client = client;
  }

  query<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query<R>(
    query: string | PostgresCursor<R>,
    parameters: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<R>> | PostgresCursor<R> {
    if (typeof query !== "string") throw new Error("cursors are not used here");
    return this.#run<R>(query, [...parameters]);
  }

  release(destroy?: boolean): void {
    this.#client.release(destroy);
  }

  async #run<R>(text: string, values: unknown[]): Promise<PostgresQueryResult<R>> {
    const name = preparedName(text);
    const result = await this.#client.query<R & pg.QueryResultRow>(
      name ? { name, text, values } : { text, values },
    );
    return { command: commandTag(result.command), rowCount: result.rowCount ?? 0, rows: result.rows };
  }
}
