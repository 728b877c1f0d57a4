import { type Kysely, type Selectable, sql } from "kysely";
import type { StripeEventsTable } from "../payment-tables.ts";
import type { Tables } from "../tables.ts";

export type StripeEventRow = Selectable<StripeEventsTable>;

/** What is stored of an event: never its content. */
export type NewStripeEvent = Pick<
  StripeEventRow,
  "event_id" | "type" | "object_id" | "is_live" | "api_version" | "account" | "happened_at"
>;

/** Stores an event, in one statement. @returns whether it is new */
export async function insertStripeEvent(db: Kysely<Tables>, event: NewStripeEvent): Promise<boolean> {
  const row = await db
    .insertInto("stripe_events")
    .values(event)
    .onConflict((conflict) => conflict.doNothing())
    .returning("event_id")
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Takes an event that is due, the longest waiting first, for a lease: should the process die, it is due again then. Nobody
 * else gets it meanwhile.
 */
export async function takeStripeEvent(
  db: Kysely<Tables>,
  leaseSeconds: number,
): Promise<StripeEventRow | undefined> {
  const { rows } = await sql<StripeEventRow>`
    update stripe_events set tries = tries + 1,
      next_try_at = clock_timestamp() + ${leaseSeconds} * interval '1 second'
    where event_id in (
      select event_id from stripe_events where status = 'waiting' and next_try_at <= clock_timestamp()
      order by next_try_at, event_id limit 1 for update skip locked)
    returning *`.execute(db);
  return rows[0];
}

/** Ends an event: it was dealt with, is none of ours, or is given up. */
export async function settleStripeEvent(
  db: Kysely<Tables>,
  { eventId, status, outcome }: { eventId: string; status: "done" | "ignored" | "dead"; outcome: string },
): Promise<void> {
  await db
    .updateTable("stripe_events")
    .set({ status, outcome, settled_at: sql<Date>`clock_timestamp()` })
    .where("event_id", "=", eventId)
    .where("status", "=", "waiting")
    .execute();
}

/** Lets an event wait for another try. */
export async function postponeStripeEvent(
  db: Kysely<Tables>,
  { eventId, seconds, outcome }: { eventId: string; seconds: number; outcome: string },
): Promise<void> {
  await db
    .updateTable("stripe_events")
    .set({ outcome, next_try_at: sql<Date>`clock_timestamp() + ${seconds} * interval '1 second'` })
    .where("event_id", "=", eventId)
    .where("status", "=", "waiting")
    .execute();
}

/** How long until an event is due, in milliseconds; null while none waits. */
export async function msUntilStripeEvent(db: Kysely<Tables>): Promise<number | null> {
  const { rows } = await sql<{ ms: string | null }>`
    select (extract(epoch from min(next_try_at) - clock_timestamp()) * 1000)::bigint as ms
    from stripe_events where status = 'waiting'`.execute(db);
  const ms = rows[0]?.ms;
  return ms === null || ms === undefined ? null : Math.max(0, Number(ms));
}

/** The inbox in numbers. */
export interface InboxState {
  readonly waiting: number;
  readonly oldestWaitingAt: Date | null;
  readonly dead: number;
  readonly lastReceivedAt: Date | null;
}

export async function readInboxState(db: Kysely<Tables>): Promise<InboxState> {
  const { rows } = await sql<{
    waiting: string;
    oldest: Date | null;
    dead: string;
    last: Date | null;
  }>`
    select (select count(*) from stripe_events where status = 'waiting') as waiting,
      (select min(received_at) from stripe_events where status = 'waiting') as oldest,
      (select count(*) from stripe_events where status = 'dead') as dead,
      (select max(received_at) from stripe_events) as last`.execute(db);
  const [row] = rows;
  return {
    waiting: Number(row?.waiting ?? 0),
    oldestWaitingAt: row?.oldest ?? null,
    dead: Number(row?.dead ?? 0),
    lastReceivedAt: row?.last ?? null,
  };
}
