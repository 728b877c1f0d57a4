import { sql } from "kysely";
import { credits, type Finding, findFirst, type Slice, within } from "./finding.ts";
import { opening } from "./openings.ts";
import type { Snapshot } from "./snapshot.ts";

/**
 * Looks at every entry beside the one before it: I-3, I-4 and I-5; and at each on its own: that its draws and its
 * overage are its delta, and that what it reserves or frees belongs to its draws (I-12).
 */
export function checkChain(snapshot: Snapshot, slice: Slice): Promise<Finding[]> {
  return findFirst(
    snapshot,
    // Sums are numeric: a corrupt amount must be named, not overflow.
    sql`
    with ${opening(slice)}, step as (
      select l.customer_id, l.pool_no, l.seq, l.at, l.decided_at, delta, end_balance, overage_change,
        cardinality(draw_keys) = cardinality(draw_amounts)
          and coalesce(cardinality(draw_held) = cardinality(draw_keys), true) as paired,
        case when cardinality(draw_amounts) <= 1 then coalesce(draw_amounts[1], 0)::numeric
          else (select coalesce(sum(amount), 0) from unnest(draw_amounts) as amount) end as drawn,
        draw_held is not null and (about_seq is null or type not in ('hold_placed', 'hold_released', 'consumed'))
          as unheld,
        lag(l.seq, 1, coalesce(o.seq, 0)) over pool as before_seq,
        lag(end_balance, 1, coalesce(o.balance, 0)) over pool as before_balance,
        lag(l.at, 1, o.at) over pool as before_at, lag(l.decided_at, 1, o.decided_at) over pool as before_decided_at
      from ledger l left join opening o on o.customer_id = l.customer_id and o.pool_no = l.pool_no
      where ${within(slice, "l.customer_id")}
      window pool as (partition by l.customer_id, l.pool_no order by l.seq)
    ), judged as (
      select *, end_balance <> before_balance::numeric + delta as unchained, seq <> before_seq + 1 as gap,
        at < before_at as backwards, decided_at > at or decided_at < before_decided_at as misdecided,
        not paired or delta <> drawn - overage_change as unexplained
      from step
    )
    select customer_id, pool_no, found.invariant, judged.seq, found.detail
    from judged cross join lateral (values
      ('I-3', unchained, format('%s and a delta of %s end at %s',
        ${credits("before_balance")}, ${credits("delta")}, ${credits("end_balance")})),
      ('I-4', gap, format('entry %s follows entry %s', judged.seq, before_seq)),
      ('I-5', backwards, format('written at %s, the entry before it at %s', at, before_at)),
      ('I-5', misdecided, format('decided at %s, written at %s, the entry before it decided at %s', decided_at, at,
        coalesce(before_decided_at::text, 'no time'))),
      ('I-12', unexplained, case when paired then format('a delta of %s, draws of %s and an overage of %s',
        ${credits("delta")}, ${credits("drawn")}, ${credits("overage_change")}) else 'draws without a grant or amount' end),
      ('I-12', unheld, 'reserves or frees credits for no hold')
    ) as found (invariant, is_broken, detail)
    where (unchained or gap or backwards or misdecided or unexplained or unheld) and found.is_broken`,
  );
}
