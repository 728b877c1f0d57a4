import { Kysely, PostgresDialect, sql, type Transaction } from "kysely";
import type { Database, Tables } from "../../database.ts";
import { PostgresSessions } from "../../dialects/postgres.ts";

/** Does what only the owner of the tables may, in transactions. */
export interface LedgerOwner {
  transaction<Result>(work: (transaction: Transaction<Tables>) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/** The owner of the embedded database: its one session is the owner's, and only takes the writer's role. */
export function ownerOfEmbedded({ writer }: Database): LedgerOwner {
  return {
    transaction: (work) =>
      writer.transaction().execute(async (transaction) => {
        await sql`set local role none`.execute(transaction);
        return work(transaction);
      }),
    close: () => Promise.resolve(),
  };
}

/** The owner of a Postgres database, on a connection of its own. */
export function ownerOfPostgres({
  url,
  migrationUrl,
}: {
  url: string;
  migrationUrl: string | null;
}): LedgerOwner {
  const pool = new PostgresSessions({
    url: migrationUrl ?? url,
    maxConnections: 1,
    role: null,
    onConnectionError: () => undefined,
  });
  const owner = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return {
    transaction: (work) =>
      owner.transaction().execute(async (transaction) => {
        // The writers of a customer wait meanwhile, so it does not wait long for them.
        await sql`set local lock_timeout = '10s'`.execute(transaction);
        return work(transaction);
      }),
    close: () => owner.destroy(),
  };
}
