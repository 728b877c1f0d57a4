import { sql } from "kysely";
import type { OwnedDatabase } from "./owned-database.ts";

/** Runs statements in a transaction and undoes it; answers the code they failed with, or that they were taken. */
export type Attempt = (as: "owner" | "writer" | "reader", statements: string) => Promise<string>;

class Taken extends Error {}

/** Attempts on a database, as any of its roles. */
export function attemptAs({ owner, database }: OwnedDatabase): Attempt {
  return async (as, statements) => {
    const role = as === "owner" ? owner : database[as];
    try {
      await role.transaction().execute(async (transaction) => {
        const each = statements.startsWith("do ") ? [statements] : statements.split(";");
        for (const statement of each) await sql.raw(statement).execute(transaction);
        throw new Taken();
      });
    } catch (error) {
      if (error instanceof Taken) return "taken";
      if (error instanceof Error && "code" in error) return String(error.code);
      throw error;
    }
    return "taken";
  };
}
