import { sql } from "kysely";
import type { Database } from "../database.ts";

/** Something that grows for ever unless somebody takes the old of it away. */
export interface Leftover {
  readonly name: string;
  /** Takes at most so many away. Answers with how many those were. */
  readonly remove: (database: Database, most: number) => Promise<number>;
}

/**
 * Answers are kept for 30 days. A claim is free again after a minute, but only for the same request: what a process left
 * behind that died is gone after a day, so that the key can be used for another one. Claims are looked for among the young
 * alone, as the daily round comes by each of them.
 */
async function removeAnswers({ writer }: Database, most: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from idempotent_answers where ctid = any (array(
      select ctid from idempotent_answers
      where created_at < clock_timestamp() - interval '30 days'
      union all
      select ctid from idempotent_answers
      where created_at > clock_timestamp() - interval '4 days' and body is null
        and claimed_at < clock_timestamp() - interval '1 day'
      limit ${most}))`.execute(writer);
  return Number(numAffectedRows ?? 0);
}

/** Test clocks by which nobody lives, 30 days after they were last set. */
async function removeTestClocks({ writer }: Database, most: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from test_clocks where test_clock_id in (
      select t.test_clock_id from test_clocks t
      where t.advanced_at < clock_timestamp() - interval '30 days'
        and not exists (select from customers c where c.test_clock_id = t.test_clock_id)
      order by t.test_clock_id limit ${most} for update skip locked)`.execute(writer);
  return Number(numAffectedRows ?? 0);
}

/**
 * What Stripe told, 30 days after it was dealt with: Stripe sends nothing again after so long. Events that wait, or that a
 * person has to look at, stay.
 */
async function removeStripeEvents({ writer }: Database, most: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from stripe_events where ctid = any (array(
      select ctid from stripe_events
      where received_at < clock_timestamp() - interval '30 days' and status in ('done', 'ignored')
      limit ${most}))`.execute(writer);
  return Number(numAffectedRows ?? 0);
}

/** All there is to take away, in order. */
export const LEFTOVERS: readonly Leftover[] = [
  { name: "idempotent answers", remove: removeAnswers },
  { name: "test clocks", remove: removeTestClocks },
  { name: "Stripe's events", remove: removeStripeEvents },
];
