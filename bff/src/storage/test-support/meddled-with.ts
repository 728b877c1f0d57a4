import type { PostgresCursor, PostgresPoolClient, PostgresQueryResult } from "kysely";
import type { Database } from "../database.ts";

type Query<R> = (text: string, parameters: readonly unknown[]) => Promise<PostgresQueryResult<R>>;
type Meddle = <R>(
  text: string,
  parameters: readonly unknown[],
  query: Query<R>,
) => Promise<PostgresQueryResult<R>>;

/** The database, with somebody between it and the write path. */
export function meddledWith(database: Database, meddle: Meddle): Database {
  return {
    ...database,
    connect: async () => new MeddledClient(await database.connect(), meddle),
  };
}

class MeddledClient implements PostgresPoolClient {
  readonly processID = undefined;
  readonly #client: PostgresPoolClient;
  readonly #meddle: Meddle;

  constructor(client: PostgresPoolClient, meddle: Meddle) {
    this.#client = client;
    this.#meddle = meddle;
  }

  query<R>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query<R>(
    query: string | PostgresCursor<R>,
    parameters: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<R>> | PostgresCursor<R> {
    if (typeof query !== "string") return this.#client.query(query);
    return this.#meddle<R>(query, parameters, (text, given) => this.#client.query<R>(text, given));
  }

  release(): void {
    this.#client.release();
  }
}

/** What a driver throws when the database is gone. */
export const connectionLost = () => Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });
