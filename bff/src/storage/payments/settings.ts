import { type Kysely, sql } from "kysely";
import type { Tables } from "../tables.ts";

/** What was set; what never was is absent. */
export async function readSettings(db: Kysely<Tables>): Promise<Record<string, unknown>> {
  const rows = await db.selectFrom("settings").select(["name", "value"]).execute();
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
}

/** Waits for whoever changes settings, until this transaction ends. */
export async function lockSettings(transaction: Kysely<Tables>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('settings', 21))`.execute(transaction);
}

export async function storeSetting(
  transaction: Kysely<Tables>,
  { name, value }: { name: string; value: unknown },
): Promise<void> {
  const text = JSON.stringify(value);
  await transaction
    .insertInto("settings")
    .values({ name, value: text })
    .onConflict((conflict) =>
      conflict.column("name").doUpdateSet({ value: text, updated_at: sql<Date>`clock_timestamp()` }),
    )
    .execute();
}

/** Who changed what, for ever. */
export async function addSettingsChange(
  transaction: Kysely<Tables>,
  change: {
    readonly changeId: string;
    readonly actor: { readonly kind: string; readonly id: string };
    readonly requestId: string;
    readonly before: object;
    readonly after: object;
  },
): Promise<void> {
  await transaction
    .insertInto("settings_changes")
    .values({
      change_id: change.changeId,
      actor_kind: change.actor.kind,
      actor_id: change.actor.id,
      request_id: change.requestId,
      before: JSON.stringify(change.before),
      after: JSON.stringify(change.after),
    })
    .execute();
}
