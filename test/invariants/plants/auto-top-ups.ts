import { sql } from "kysely";
import type { Plant } from "./plant.ts";

interface Try {
  readonly id: string;
  readonly cents?: number;
  readonly limit?: number | null;
  readonly status?: "succeeded" | "failed" | "in_flight";
  /** When it began; the second of May if left out. */
  readonly at?: string;
  /** What its order is over; as the try if left out. */
  readonly orderCents?: number;
  readonly orderKey?: string;
  readonly stripeKey?: string;
}

/** Tries of a pool, each with its order, which failed: nothing was bought by it. */
function tried(customerId: string, tries: readonly Try[]) {
  const attempts = tries.map(
    ({ id, cents = 100, limit = null, status = "in_flight", at = "2026-05-02" }, place) => ({
      ...{ attempt_id: id, total_minor: cents, limit_minor: limit, status, started_at: at, place },
    }),
  );
  const orders = tries.map(({ id, cents = 100, orderCents = cents, orderKey, stripeKey }) => ({
    ...{ top_up_id: `top_${id}`, total_minor: orderCents, order_key: orderKey ?? `auto:${id}` },
    stripe_key: stripeKey ?? `top_${id}`,
  }));
  return sql`
    with placed as (
      insert into top_ups (customer_id, top_up_id, credit_type_id, credits, currency, price_per_credit, subtotal_minor,
        total_minor, method, status, source_kind, grant_id, actor_kind, actor_id, request_id, order_key, content_hash,
        stripe_key)
      select ${customerId}, top_up_id, 'images', 10000000, 'usd', '0.1', total_minor, total_minor, 'charge', 'failed',
        'auto_top_up', 'gr_' || top_up_id, 'system', 'auto_top_up', 'req', order_key, 'hash', stripe_key
      from jsonb_to_recordset(${JSON.stringify(orders)}::jsonb)
        as o (top_up_id text, total_minor bigint, order_key text, stripe_key text)
    )
    insert into auto_top_up_attempts (customer_id, attempt_id, credit_type_id, status, top_up_id, credits, currency,
      price_per_credit, total_minor, limit_minor, payment_method_id, started_at, leased_until, created_at)
    select ${customerId}, attempt_id, 'images', status, 'top_' || attempt_id, 10000000, 'usd', '0.1', total_minor,
      limit_minor, 'pm_1', started_at, started_at, started_at + place * interval '1 minute'
    from jsonb_to_recordset(${JSON.stringify(attempts)}::jsonb) as a (attempt_id text, total_minor bigint,
      limit_minor bigint, status text, started_at timestamptz, place int)`;
}

/** What auto top-ups did. */
export const autoTopUps: readonly Plant[] = [
  {
    what: "an auto top-up beyond its month's limit, on its own",
    invariant: "I-16",
    seq: null,
    alone: true,
    corrupt: (id) => tried(id, [{ id: "atu_1", cents: 101, limit: 100 }]),
  },
  {
    what: "an auto top-up that is too much with one before it",
    invariant: "I-16",
    seq: null,
    corrupt: (id) =>
      tried(id, [
        { id: "atu_1", cents: 60, limit: 100, status: "succeeded" },
        { id: "atu_2", cents: 60, limit: 100, at: "2026-05-31T23:59:59Z" },
      ]),
  },
  {
    what: "an auto top-up whose order is over another sum",
    invariant: "I-17",
    seq: null,
    alone: true,
    corrupt: (id) => tried(id, [{ id: "atu_1", cents: 100, orderCents: 200 }]),
  },
  {
    what: "an auto top-up that succeeded and whose order is not paid",
    invariant: "I-17",
    seq: null,
    alone: true,
    corrupt: (id) => tried(id, [{ id: "atu_1", status: "succeeded" }]),
  },
  {
    what: "an order of an auto top-up that was never decided",
    invariant: "I-17",
    seq: null,
    corrupt: (id) => tried(id, [{ id: "atu_1", orderKey: "auto:atu_2" }]),
  },
  {
    what: "an order whose key to Stripe was changed",
    invariant: "I-17",
    seq: null,
    alone: true,
    corrupt: (id) => tried(id, [{ id: "atu_1", stripeKey: "another" }]),
  },
];

/** What looks like too much and is not: of another month, failed, or decided before the limit was lowered. */
export const keptToItsLimit = (customerId: string) =>
  tried(customerId, [
    { id: "atu_1", cents: 90, limit: 100, status: "failed", at: "2026-04-30T23:59:59Z" },
    { id: "atu_2", cents: 90, limit: 100, status: "failed", at: "2026-05-01" },
    { id: "atu_3", cents: 90, limit: 100 },
  ]);
