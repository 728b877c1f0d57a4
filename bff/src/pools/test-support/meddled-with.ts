import type { Database } from "../../storage/database.ts";
import type { Connection } from "../../storage/pools/connection.ts";

interface Result {
  readonly command: "COMMIT" | "ROLLBACK" | "SELECT" | "INSERT" | "UPDATE" | "DELETE" | "MERGE";
  readonly rowCount: number;
  readonly rows: unknown[];
}
type Query = (text: string, parameters: readonly unknown[]) => Promise<Result>;
type Meddle = (text: string, parameters: readonly unknown[], query: Query) => Promise<Result>;

/** The database, with somebody between it and the write path. */
export function meddledWith(database: Database, meddle: Meddle): Database {
  return {
    ...database,
    async connect() {
      const client = await database.connect();
      const query: Query = (text, parameters) => client.query(text, parameters);
      const meddled = {
        query: (text: string, parameters: readonly unknown[]) => meddle(text, parameters, query),
      };
      // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- stands in for the one method used
      return {
        ...meddled,
        processID: undefined,
        release: () => client.release(),
      } as unknown as Connection;
    },
  };
}

/** What a driver throws when the database is gone. */
export const connectionLost = () => Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });
