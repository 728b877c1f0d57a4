import {
  type Insertable,
  type Kysely,
  type RawBuilder,
  type Selectable,
  sql,
  type UpdateObject,
} from "kysely";
import { availableIn } from "../pools/available.ts";
import type { Tables } from "../tables.ts";
import type { AutoTopUpsTable } from "./tables.ts";

export type RuleRow = Selectable<AutoTopUpsTable>;

/** A pool that may have a rule. */
export type PoolKey = Pick<RuleRow, "customer_id" | "credit_type_id" | "resource_id">;

/** The database's clock, for what goes by real time. */
export const REAL_NOW = sql<Date>`clock_timestamp()`;

/** What a person sets; the rest is where the rule stands. */
export type RuleSettings = Omit<
  Insertable<AutoTopUpsTable>,
  "failures" | "paused_until" | "suspended_reason" | "failed_at" | "failed_card_id"
>;

export function findRule(db: Kysely<Tables>, key: PoolKey): Promise<RuleRow | undefined> {
  return select(db, key).executeTakeFirst();
}

/** The rule, which stays as it is until the transaction ends. */
export function lockRule(transaction: Kysely<Tables>, key: PoolKey): Promise<RuleRow | undefined> {
  return select(transaction, key).forUpdate().executeTakeFirst();
}

export function rulesOf(db: Kysely<Tables>, customerId: string): Promise<RuleRow[]> {
  return db.selectFrom("auto_top_ups").selectAll().where("customer_id", "=", customerId).execute();
}

/** Sets a rule; where it stands stays, except for what kept it from being looked at. */
export async function putRule(transaction: Kysely<Tables>, rule: RuleSettings): Promise<RuleRow> {
  const { customer_id: _customer, credit_type_id: _type, resource_id: _resource, ...settings } = rule;
  return transaction
    .insertInto("auto_top_ups")
    .values(rule)
    .onConflict((conflict) =>
      conflict.columns(["customer_id", "credit_type_id", "resource_id"]).doUpdateSet({
        ...settings,
        limited_in: null,
        look_again_at: null,
        priced_at: REAL_NOW,
        updated_at: REAL_NOW,
      }),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Changes where a rule stands. */
export async function storeRule(
  db: Kysely<Tables>,
  key: PoolKey,
  change: Omit<UpdateObject<Tables, "auto_top_ups">, keyof PoolKey>,
): Promise<void> {
  await db
    .updateTable("auto_top_ups")
    .set(change)
    .where("customer_id", "=", key.customer_id)
    .where("credit_type_id", "=", key.credit_type_id)
    .where("resource_id", "=", key.resource_id)
    .execute();
}

/** Keeps what the threshold comes to in credits now. */
export async function storeWatch(db: Kysely<Tables>, key: PoolKey, watchBelow: bigint): Promise<void> {
  await storeRule(db, key, { watch_below: watchBelow, priced_at: REAL_NOW });
}

export async function deleteRule(transaction: Kysely<Tables>, key: PoolKey): Promise<void> {
  await transaction
    .deleteFrom("auto_top_ups")
    .where("customer_id", "=", key.customer_id)
    .where("credit_type_id", "=", key.credit_type_id)
    .where("resource_id", "=", key.resource_id)
    .execute();
}

/** The rules that charge a card by its name. */
export function rulesNaming(db: Kysely<Tables>, paymentMethodId: string): Promise<RuleRow[]> {
  return db
    .selectFrom("auto_top_ups")
    .selectAll()
    .where("payment_method_id", "=", paymentMethodId)
    .where("method", "=", "charge")
    .execute();
}

/** Customers with an enabled rule that was set at or after a moment, and the latest such moment in microseconds. */
export async function watchedSince(
  db: Kysely<Tables>,
  sinceMicros: string | null,
): Promise<{ customerIds: string[]; latest: string | null }> {
  const { rows } = await sql<{ customer_id: string; micros: string }>`
    select customer_id, (extract(epoch from max(updated_at)) * 1000000)::bigint::text as micros
    from auto_top_ups
    where enabled and (${sinceMicros}::bigint is null
      or updated_at >= timestamptz 'epoch' + ${sinceMicros}::bigint * interval '1 microsecond' - interval '1 minute')
    group by customer_id`.execute(db);
  const latest = rows.reduce<string | null>(
    (last, { micros }) => (last === null || BigInt(micros) > BigInt(last) ? micros : last),
    sinceMicros,
  );
  return { customerIds: rows.map((row) => row.customer_id), latest };
}

/** The pool of a rule `r`. */
const OF_RULE = {
  customerId: sql.ref("r.customer_id"),
  creditTypeId: sql.ref("r.credit_type_id"),
  resourceId: sql.ref("r.resource_id"),
};

interface Page {
  readonly after: PoolKey | null;
  readonly limit: number;
}

/** How long a price is taken for granted by whoever looks for due rules, in minutes. */
const PRICED_FOR_MINUTES = 5;

/**
 * Some of the rules that may have something to buy, in the order of their keys: those whose pool stands below the
 * threshold, and those whose threshold has to be priced again. A superset: who evaluates them decides.
 * @param overForMs only those whose pause, or whose wait for another look, is over for so long at most; all if null
 * @param after the last one of the page before
 */
export async function dueRules(
  db: Kysely<Tables>,
  { now, after, limit, overForMs }: Page & { now: Date; overForMs: number | null },
): Promise<PoolKey[]> {
  const { rows } = await sql<PoolKey>`
    select r.customer_id, r.credit_type_id, r.resource_id
    from auto_top_ups r
    where r.enabled and (r.look_again_at is null or r.look_again_at <= ${now})
      ${overForMs === null ? sql`` : sql`and ${isJustOver(now, overForMs)}`}
      and (${after === null}::boolean or (r.customer_id, r.credit_type_id, r.resource_id)
        > (${after?.customer_id ?? ""}, ${after?.credit_type_id ?? ""}, ${after?.resource_id ?? ""}))
      and (
        ${availableIn(OF_RULE)} < r.watch_below
        or (r.threshold_minor is not null
          and r.priced_at < clock_timestamp() - ${PRICED_FOR_MINUTES} * interval '1 minute')
      )
      and not exists (
        select from auto_top_up_attempts a where a.customer_id = r.customer_id
          and a.credit_type_id = r.credit_type_id and a.resource_id = r.resource_id
          and a.status in ('in_flight', 'action_required'))
      and (r.suspended_reason is null or ${topUpAfter(sql.ref("r.customer_id"), sql.ref("r.failed_at"))})
      and (r.paused_until is null or r.paused_until <= clock_of(r.customer_id)
        or ${topUpAfter(sql.ref("r.customer_id"), sql.ref("r.failed_at"))})
      and (r.limited_in is null
        or r.limited_in <> to_char(clock_of(r.customer_id) at time zone 'UTC', 'YYYY-MM'))
    order by r.customer_id, r.credit_type_id, r.resource_id limit ${limit}`.execute(db);
  return rows;
}

/** Written so that indexes find it. Pauses by a test clock are left to whoever looks at all rules. */
function isJustOver(now: Date, overForMs: number): RawBuilder<boolean> {
  const since = new Date(now.getTime() - overForMs);
  return sql<boolean>`(
    r.paused_until between now() - ${overForMs} * interval '1 millisecond' and now()
    or r.look_again_at between ${since} and ${now})`;
}

/** Whether the customer has paid for credits by themselves since the rule last failed: also an invoice that it sent. */
export async function hasBoughtSince(
  db: Kysely<Tables>,
  customerId: string,
  failedAt: Date,
): Promise<boolean> {
  const { rows } = await sql<{
    bought: boolean;
  }>`select ${topUpAfter(sql`${customerId}`, sql`${failedAt}::timestamptz`)} as bought`.execute(db);
  return rows[0]?.bought === true;
}

function topUpAfter(customerId: RawBuilder<unknown>, at: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`exists (
    select from top_ups t
    join top_up_history h on h.customer_id = t.customer_id and h.top_up_id = t.top_up_id
    where t.customer_id = ${customerId} and (t.source_kind <> 'auto_top_up' or t.method = 'invoice') and t.status = 'paid'
      and h.status = 'paid' and h.at > ${at})`;
}

function select(db: Kysely<Tables>, key: PoolKey) {
  return db
    .selectFrom("auto_top_ups")
    .selectAll()
    .where("customer_id", "=", key.customer_id)
    .where("credit_type_id", "=", key.credit_type_id)
    .where("resource_id", "=", key.resource_id);
}
