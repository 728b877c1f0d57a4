import type { Database } from "../database.ts";

/** The deployment's secret of that name; `proposal` becomes it if there is none yet. All replicas get the same. */
export async function deploymentSecret(
  database: Database,
  { name, proposal }: { name: string; proposal: string },
): Promise<string> {
  await database.writer
    .insertInto("deployment_secrets")
    .values({ name, value: proposal })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await database.writer
    .selectFrom("deployment_secrets")
    .select("value")
    .where("name", "=", name)
    .executeTakeFirstOrThrow();
  return row.value;
}
