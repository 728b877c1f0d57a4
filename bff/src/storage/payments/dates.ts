import { type Kysely, sql } from "kysely";
import type { Tables } from "../tables.ts";

/**
 * When credits that begin now, or at a later moment, end after a period of the calendar; by the customer's clock.
 * Months are those of UTC.
 */
export async function readGrantDates(
  db: Kysely<Tables>,
  { customerId, effectiveAt, after }: { customerId: string; effectiveAt: Date | null; after: string | null },
): Promise<{ now: Date; endsAt: Date | null }> {
  const { rows } = await sql<{ now: Date; ends_at: Date | null }>`
    select now, (greatest(now, ${effectiveAt}::timestamptz) at time zone 'UTC' + ${after}::interval)
      at time zone 'UTC' as ends_at
    from (select clock_of(${customerId}) as now) clock`.execute(db);
  const [row] = rows;
  if (!row) throw new Error("a clock tells the time");
  return { now: row.now, endsAt: row.ends_at };
}
