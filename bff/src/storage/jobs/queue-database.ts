import type { Database } from "../database.ts";
import { isConnectionError } from "../pools/connection.ts";
import { splitStatements } from "./split-statements.ts";

/** The database as the queue's library wants it. */
export interface QueueDatabase {
  executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

/**
 * Lets the library work as the writer role, on whatever connection is free: on the embedded database it takes its turn
 * like everybody. It sends transactions as one text, which our connections do not take, so they are run one statement
 * after the other.
 */
export function queueDatabase(database: Database): QueueDatabase {
  return {
    async executeSql(text, values = []) {
      const connection = await database.connect();
      let broken = false;
      try {
        if (values.length > 0 || !/^\s*begin\s*;/iu.test(text)) return await connection.query(text, values);
        const rows: unknown[] = [];
        for (const statement of splitStatements(text)) {
          rows.push(...(await connection.query(statement, [])).rows);
        }
        return { rows };
      } catch (error) {
        // Also outside of a transaction, where it does nothing but warn: the next user must find none.
        broken =
          isConnectionError(error) ||
          (await connection.query("rollback", []).then(
            () => false,
            () => true,
          ));
        throw error;
      } finally {
        connection.release(broken);
      }
    },
  };
}
