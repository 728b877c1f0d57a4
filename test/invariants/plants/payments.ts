import { type RawBuilder, sql } from "kysely";
import { own, type Plant } from "./plant.ts";

/** An order of the customer's that is paid. */
function paidOrder(
  customerId: string,
  more: { id: string; grant: RawBuilder<unknown>; credits: RawBuilder<unknown> },
) {
  return sql`
    insert into top_ups (customer_id, top_up_id, credit_type_id, credits, currency, price_per_credit, subtotal_minor,
      total_minor, method, status, grant_id, actor_kind, actor_id, request_id, order_key, content_hash, stripe_key,
      paid_minor, payment_intent_id)
    select ${customerId}, ${more.id}, 'images', ${more.credits}, 'usd', '0.01', 100, 100, 'checkout', 'paid',
      ${more.grant}, 'system', 'test', 'req', ${more.id}, 'hash', ${more.id}, 100, 'pi_one'`;
}

const first = (id: string, column: string) =>
  sql`(select ${sql.ref(column)} from grants where ${own(id)} order by pool_no, key limit 1)`;

/** What payments claim to have bought. */
export const payments: readonly Plant[] = [
  {
    what: "a paid order without its grant",
    invariant: "I-14",
    seq: null,
    alone: true,
    corrupt: (id) => paidOrder(id, { id: "top_a", grant: sql`'gr_none'`, credits: sql`1` }),
  },
  {
    what: "a paid order of another amount than was granted",
    invariant: "I-14",
    seq: null,
    alone: true,
    corrupt: (id) =>
      paidOrder(id, { id: "top_a", grant: first(id, "grant_id"), credits: sql`${first(id, "amount")} + 1` }),
  },
  {
    what: "a paid order that claims a grant which it did not buy",
    invariant: "I-14",
    seq: null,
    alone: true,
    corrupt: (id) =>
      paidOrder(id, { id: "top_a", grant: first(id, "grant_id"), credits: first(id, "amount") }),
  },
];
