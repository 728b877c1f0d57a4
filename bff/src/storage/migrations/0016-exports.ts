import { type Kysely, sql } from "kysely";

/**
 * Where exports ended, so that the next one goes on there. A cut is a moment of an export; its marks say at which entry
 * each pool stood then. A pool that did not move since an earlier mark gets none: the last mark up to a cut counts.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  // One row an export. The token is what a cursor must know besides the number, which a restored backup gives out again.
  await sql`
    create table export_cuts (
      cut_no bigint primary key check (cut_no > 0),
      token text not null,
      at timestamptz not null default clock_timestamp()
    )`.execute(db);
  await sql`
    create table export_marks (
      customer_id text not null,
      pool_no int not null,
      cut_no bigint not null,
      seq bigint not null check (seq > 0),
      primary key (customer_id, pool_no, cut_no)
    )`.execute(db);
  await sql`revoke all on export_cuts, export_marks from public`.execute(db);
  await sql`grant select on export_cuts, export_marks to credits_kit_writer, credits_kit_reader`.execute(db);
  await sql`grant insert (cut_no, token), delete on export_cuts to credits_kit_writer`.execute(db);
  await sql`grant insert, delete on export_marks to credits_kit_writer`.execute(db);
}
