import { type Kysely, sql } from "kysely";
import type { Tables } from "../tables.ts";

/** A command that revokes credits of a grant. */
export interface RevokingCommand {
  readonly customer_id: string;
  readonly command_id: string;
}

/** What the ledger says that a command revoked; null for a command that was not carried out. */
export async function revokedBy(
  db: Kysely<Tables>,
  { customer_id, command_id }: RevokingCommand,
): Promise<bigint | null> {
  const { rows } = await sql<{ revoked: string | null }>`
    select l.details ->> 'revoked' as revoked from commands c
    join ledger l on l.customer_id = c.customer_id and l.pool_no = c.pool_no and l.seq = c.seq
    where c.customer_id = ${customer_id} and c.id = ${command_id}`.execute(db);
  const [row] = rows;
  return row ? BigInt(row.revoked ?? 0) : null;
}

/** What was revoked of the same grant after a command: what holds had reserved of it, as it came free. */
export async function revokedAfter(
  db: Kysely<Tables>,
  { customer_id, command_id }: RevokingCommand,
): Promise<bigint> {
  const { rows } = await sql<{ revoked: string | null }>`
    select sum((l.details ->> 'revoked')::bigint) as revoked from commands c
    join ledger first on first.customer_id = c.customer_id and first.pool_no = c.pool_no and first.seq = c.seq
    join ledger l on l.customer_id = c.customer_id and l.pool_no = c.pool_no and l.seq > c.seq
      and l.type = 'revoked' and l.about_seq = first.about_seq
    where c.customer_id = ${customer_id} and c.id = ${command_id}`.execute(db);
  return BigInt(rows[0]?.revoked ?? 0);
}
