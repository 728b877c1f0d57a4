import { type RawBuilder, sql } from "kysely";
import type { Plant } from "./plant.ts";

/** An order of ten credits for a dollar, with a refund of some of it. Then comes what the corruption inserts. */
function refunded(customerId: string, { cents, then }: { cents: number; then?: RawBuilder<unknown> }) {
  return sql`
    with placed as (
      insert into top_ups (customer_id, top_up_id, credit_type_id, credits, currency, price_per_credit, subtotal_minor,
        total_minor, method, status, grant_id, actor_kind, actor_id, request_id, order_key, content_hash, stripe_key,
        paid_minor)
      values (${customerId}, 'top_r', 'images', 10000000, 'usd', '0.1', 100, 100, 'checkout', 'failed', 'gr_r', 'system',
        'test', 'req', 'top_r', 'hash', 'top_r', 100)
    ), refund as (
      insert into reversals (customer_id, reversal_id, kind, top_up_id, payment_id, amount_minor, currency, status,
        happened_at, restored_grant_id, restored_credits)
      values (${customerId}, 're_1', 'refund', 'top_r', 'pi_r', ${cents}::bigint, 'usd', 'succeeded', now(), null, null)
    )
    ${then ?? sql`select`}`;
}

/** What is said to have been taken back for the refund. */
const takings = (customerId: string, taken: number) => sql`
  insert into takings (customer_id, command_id, reversal_id, top_up_id, grant_id, amount, taken)
  values (${customerId}, 'refund:re_1', 're_1', 'top_r', 'gr_r', ${taken}::bigint, ${taken}::bigint)`;

/** What went back of payments. */
export const reversals: readonly Plant[] = [
  {
    what: "an order of which more was refunded than paid",
    invariant: "I-18",
    seq: null,
    alone: true,
    corrupt: (id) => refunded(id, { cents: 101 }),
  },
  {
    what: "credits that a refund says it took, and no entry did",
    invariant: "I-18",
    seq: null,
    alone: true,
    corrupt: (id) => refunded(id, { cents: 50, then: takings(id, 5_000_000) }),
  },
  {
    what: "a refund that failed and was made good by a grant that is not there",
    invariant: "I-18",
    seq: null,
    alone: true,
    corrupt: (id) =>
      refunded(id, {
        cents: 50,
        then: sql`
          insert into reversals (customer_id, reversal_id, kind, top_up_id, payment_id, amount_minor, currency, status,
            happened_at, restored_grant_id, restored_credits)
          values (${id}, 're_2', 'refund', 'top_r', 'pi_r', 10, 'usd', 'failed', now(), 'gr_none', 1000000)`,
      }),
  },
];
