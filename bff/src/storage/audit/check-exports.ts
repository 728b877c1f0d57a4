import { sql } from "kysely";
import { credits, type Finding, findFirst, type Slice, within } from "./finding.ts";
import type { Snapshot } from "./snapshot.ts";

/**
 * Looks whether what is exported can add up to what was written (I-28): value that went on in a rollover was lost by the
 * grant that expired, once and at the same price, or revenue would count it twice; and no export ended behind the end of
 * its pool, or before an earlier one, or the next one would pass entries by, or have them again.
 */
export function checkExports(snapshot: Snapshot, slice: Slice): Promise<Finding[]> {
  return findFirst(
    snapshot,
    sql`
    with rollover as (
      select g.customer_id, g.pool_no, g.key, g.amount, g.source_id, p.grant_id is null as is_orphan, b.expired,
        (g.cost_basis_amount, g.cost_basis_currency) is distinct from (p.cost_basis_amount, p.cost_basis_currency)
          as is_repriced,
        sum(g.amount) over (partition by g.customer_id, g.pool_no, g.source_id order by g.key) as carried
      from (select * from grants where ${within(slice)} and source_kind = 'rollover') g
      left join grants p
        on p.customer_id = g.customer_id and p.pool_no = g.pool_no and p.grant_id = g.source_id and p.key < g.key
      left join grant_balances b on b.customer_id = p.customer_id and b.pool_no = p.pool_no and b.key = p.key
    ), mark as (
      select m.customer_id, m.pool_no, m.seq, p.seq as last_seq,
        lag(m.seq) over (partition by m.customer_id, m.pool_no order by m.cut_no) as before_seq
      from (select * from export_marks where ${within(slice)}) m
      left join pools p on p.customer_id = m.customer_id and p.pool_no = m.pool_no
    )
    select customer_id, pool_no, found.invariant, found.seq, found.detail
    from rollover cross join lateral (values
      ('I-28', key, is_orphan, format('carries on grant %s, which is not there', source_id)),
      ('I-28', key, not is_orphan and is_repriced, format('carries on grant %s at another price', source_id)),
      ('I-28', key, carried > expired, format('with it, %s of grant %s is carried on, of which %s expired',
        ${credits("carried")}, source_id, ${credits("expired")}))
    ) as found (invariant, seq, is_broken, detail)
    where found.is_broken
    union all
    select customer_id, pool_no, 'I-28', null::bigint, case
      when seq > last_seq is not false then format('an export ended at entry %s, the last one is %s', seq, last_seq)
      else format('an export ended at entry %s, an earlier one at %s', seq, before_seq) end
    from mark where seq > last_seq is not false or seq <= before_seq`,
  );
}
