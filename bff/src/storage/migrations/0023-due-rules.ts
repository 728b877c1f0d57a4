import { type Kysely, sql } from "kysely";

/**
 * Which rules' pauses end, and which are looked at again, at about a moment: so that whoever looks every few seconds walks
 * through those, and through all rules now and then only.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create index auto_top_ups_paused on auto_top_ups (paused_until)
    where enabled and paused_until is not null`.execute(db);
  await sql`
    create index auto_top_ups_look_again on auto_top_ups (look_again_at)
    where enabled and look_again_at is not null`.execute(db);
}
