import { type Kysely, sql } from "kysely";
import { JOBS_SCHEMA } from "../jobs/schema.ts";

/**
 * What the job runner needs: an index by which old answers are found, and the tables of the queue in a schema of their
 * own, made by the owner, so that the writer can work the queue and change nothing of how it is built.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index idempotent_answers_age on idempotent_answers using brin (created_at)`.execute(db);
  await createQueue(db);
  const schema = sql.id(JOBS_SCHEMA);
  await sql`grant usage on schema ${schema} to credits_kit_writer`.execute(db);
  for (const [tables, rights] of [
    [["version"], "select, update"],
    [["queue"], "select, insert, update"],
    [["subscription"], "select"],
    [["schedule", "job", "job_common", "job_dependency"], "select, insert, update, delete"],
  ] as const) {
    for (const table of tables) {
      await sql`grant ${sql.raw(rights)} on ${schema}.${sql.id(table)} to credits_kit_writer`.execute(db);
    }
  }
}

/**
 * Runs the library's own plan for a new schema inside this migration's transaction. A library that wants another schema
 * comes with a later migration, which runs `getMigrationPlans` from the version that the table `version` tells.
 */
async function createQueue(db: Kysely<unknown>): Promise<void> {
  // Loaded here only: most starts have nothing to migrate, and the library takes a while.
  const { getConstructionPlans } = await import("pg-boss");
  const plan = /^\s*BEGIN;(?:\s*SET LOCAL [^;]+;)*(.*)COMMIT;\s*$/su.exec(
    getConstructionPlans(JOBS_SCHEMA),
  )?.[1];
  if (plan === undefined) throw new Error("the queue's construction plan has an unknown form");
  // As one statement: the embedded database takes no more at once.
  await sql`do language plpgsql ${sql.lit(`begin execute ${quoted(plan)}; end`)}`.execute(db);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
