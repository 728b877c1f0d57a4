import type { Database } from "../storage/database.ts";
import { formatAudit } from "./report.ts";
import { runAudit } from "./run-audit.ts";

/** Fails with the list of violations if the database breaks an invariant. Runs after every database test. */
export async function assertInvariants(database: Database): Promise<void> {
  const report = await runAudit(database);
  if (report.violations.length > 0)
    throw new Error(`the database breaks invariants:\n${formatAudit(report)}`);
}
