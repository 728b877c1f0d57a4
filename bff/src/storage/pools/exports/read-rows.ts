import { setImmediate } from "node:timers/promises";
import type { RawBuilder } from "kysely";
import type { Database } from "../../database.ts";

/**
 * Runs a statement of an export, by itself, as the read-only role, then lets the event loop turn: the embedded database
 * answers without ever leaving it, so that statement upon statement would keep the write path from its turn.
 */
export async function readRows<Row>({ reader }: Database, query: RawBuilder<Row>): Promise<Row[]> {
  const { rows } = await query.execute(reader);
  await setImmediate();
  return rows;
}
