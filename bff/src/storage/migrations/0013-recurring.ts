import { type Kysely, sql } from "kysely";

/**
 * Credits that come again with every period of a subscription. The row says how far it has come: which period is next and
 * when, so that whoever touches the customer can carry out what is due, once, however late.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Periods are counted from the anchor (the start, if null), whose period has the number \`anchor_period_no\`.
  // \`next_period_at\` is when something is due next: the next period, or what a change in mid-period still has to give.
  // What may be carried into the current period: up to \`carry_limit\` (null: all), of which \`carried\` was.
  await sql`
    alter table subscriptions
      add seats int not null default 1 check (seats between 1 and 1000000),
      add anchor_at timestamptz,
      add anchor_period_no int not null default 0,
      add period_no int not null default 0 check (period_no >= 0),
      add next_period_at timestamptz,
      add adjustment bigint check (adjustment > 0),
      add changes int not null default 0,
      add carry_limit bigint default 0 check (carry_limit >= 0),
      add carried bigint not null default 0 check (carried >= 0),
      add canceled_at timestamptz,
      add cancel_reason text,
      add updated_at timestamptz,
      add check (adjustment is null or next_period_at is not null),
      drop constraint subscriptions_check,
      add constraint subscriptions_ends_after_start check (ends_at is null or ends_at >= starts_at)`.execute(
    db,
  );
  await sql`
    create index subscriptions_due on subscriptions (next_period_at, customer_id) where next_period_at is not null`.execute(
    db,
  );
  // It changes only when something next happens at another time, so that burns stay HOT updates.
  await sql`create index pools_due on pools (next_due_at, customer_id) where next_due_at is not null`.execute(
    db,
  );
}
