import { setImmediate, setTimeout } from "node:timers/promises";
import type { RawBuilder } from "kysely";
import type { Database } from "../../database.ts";

/** A turn of the event loop that takes longer than this has others' work in it. */
const BUSY_MS = 2;
/** How long an export rests beside others, by how long it worked, and at most. */
const REST = { share: 2, mostMs: 250 } as const;

/**
 * Runs a statement of an export, by itself, as the read-only role, then lets the event loop turn: the embedded database
 * answers without ever leaving it, so that statement upon statement would keep the write path from its turn. Where
 * others are at work, it rests besides: an export has time, usage has not.
 */
export async function readRows<Row>({ reader }: Database, query: RawBuilder<Row>): Promise<Row[]> {
  const startedAt = performance.now();
  const { rows } = await query.execute(reader);
  const readAt = performance.now();
  await setImmediate();
  if (performance.now() - readAt > BUSY_MS) {
    await setTimeout(Math.min((readAt - startedAt) * REST.share, REST.mostMs));
  }
  return rows;
}
