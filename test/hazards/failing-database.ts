import type { PostgresCursor, PostgresPoolClient, PostgresQueryResult } from "kysely";
import type { Database } from "../../bff/src/storage/database.ts";

/** How a database is lost: nobody reaches it, or the connection goes just before a commit took place, or just after. */
export const LOSSES = ["never reached", "lost before the commit", "lost after the commit"] as const;
export type Loss = (typeof LOSSES)[number];

/** What is wrong with a database at the moment. */
export interface Outage {
  loss: Loss | null;
}

/** The same database for a write path that loses it as the outage says. */
export function failing(database: Database, outage: Outage): Database {
  return {
    ...database,
    connect: async () => {
      if (outage.loss === "never reached") throw lost("connect ECONNREFUSED", "ECONNREFUSED");
      return new FailingClient(await database.connect(), outage);
    },
  };
}

function lost(message: string, code: string): Error {
  return Object.assign(new Error(message), { code });
}

class FailingClient implements PostgresPoolClient {
  readonly processID = undefined;
  readonly #client: PostgresPoolClient;
  readonly #outage: Outage;

  constructor(client: PostgresPoolClient, outage: Outage) {
    this.#client = client;
    this.#outage = outage;
  }

  query<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query<R>(
    query: string | PostgresCursor<R>,
    parameters: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<R>> | PostgresCursor<R> {
    if (typeof query !== "string") throw new Error("cursors are not used here");
    const { loss } = this.#outage;
    return query === "commit" && loss !== null ? this.#lose(loss) : this.#client.query<R>(query, parameters);
  }

  release(): void {
    this.#client.release();
  }

  async #lose(loss: Loss): Promise<never> {
    await this.#client.query(loss === "lost after the commit" ? "commit" : "rollback", []);
    throw lost("read ECONNRESET", "ECONNRESET");
  }
}
