import { idArray, numberArray, timeArray } from "./array-literal.ts";
import { type Connection, run, statement } from "./connection.ts";
import type { Recurrence } from "./load-subscriptions.ts";

/** How far a subscription has come by what a group gave. */
export interface MovedSubscription {
  readonly customerId: string;
  readonly subscriptionId: string;
  readonly recurrence: Recurrence;
}

// The version moves with it, so that no other process goes on from what it remembers.
const MOVE = statement(`
  with moved as (
    update subscriptions s set period_no = q.period_no, next_period_at = q.next_period_at, adjustment = q.adjustment,
      changes = q.changes, carry_limit = q.carry_limit, carried = q.carried
    from unnest($1::text[], $2::text[], $3::int[], $4::timestamptz[], $5::bigint[], $6::int[], $7::bigint[],
      $8::bigint[]) as q (customer_id, subscription_id, period_no, next_period_at, adjustment, changes, carry_limit, carried)
    where s.customer_id = q.customer_id and s.subscription_id = q.subscription_id
  )
  update customers set subscriptions_version = subscriptions_version + 1 where customer_id = any($1::text[])`);

/** Stores how far subscriptions have come. Their customers must be locked. */
export function moveSubscriptions(connection: Connection, moved: readonly MovedSubscription[]) {
  const recurrences = moved.map((each) => each.recurrence);
  return run(connection, MOVE, [
    idArray(moved.map((each) => each.customerId)),
    idArray(moved.map((each) => each.subscriptionId)),
    numberArray(recurrences.map((each) => each.periodNo)),
    timeArray(recurrences.map((each) => each.nextPeriodAt)),
    numberArray(recurrences.map((each) => each.adjustment)),
    numberArray(recurrences.map((each) => each.changes)),
    numberArray(recurrences.map((each) => each.carryLimit)),
    numberArray(recurrences.map((each) => each.carried)),
  ]);
}
