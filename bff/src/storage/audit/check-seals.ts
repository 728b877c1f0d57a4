import { sql } from "kysely";
import { type Finding, findFirst, type Slice, within } from "./finding.ts";
import { opening } from "./openings.ts";
import type { Snapshot } from "./snapshot.ts";

/**
 * Computes every seal again (I-22): each follows the one before it, and its hash is the one of the entries that it was
 * made for, unless they are archived: then the checkpoint is the one that was made. The first broken one of a pool is named; what came after the last seal is not sealed yet, and no fault.
 */
export function checkSeals(snapshot: Snapshot, slice: Slice): Promise<Finding[]> {
  return findFirst(
    snapshot,
    sql`
    with ${opening(slice)}, chain as (
      select *, lag(to_seq, 1, 0::bigint) over pool as before_seq, lag(hash, 1, ''::bytea) over pool as before_hash
      from ledger_seals where ${within(slice)}
      window pool as (partition by customer_id, pool_no order by from_seq)
    ), judged as (
      select chain.*, from_seq <> before_seq + 1 as loose, form <> 1 as is_unknown,
        to_seq > coalesce(o.seq, 0)
          and hash is distinct from seal_hash(before_hash, chain.customer_id, chain.pool_no, from_seq, to_seq) as broken
      from chain left join opening o on o.customer_id = chain.customer_id and o.pool_no = chain.pool_no
    )
    select customer_id, pool_no, 'I-22' as invariant, from_seq as seq, case
        when is_unknown then format('entries %s to %s are sealed in a form that this release does not know', from_seq, to_seq)
        when loose then format('the seal from %s does not follow the one up to %s', from_seq, before_seq)
        else format('entries %s to %s are not the ones that were sealed', from_seq, to_seq) end as detail
    from judged where loose or broken or is_unknown
    union all
    select customer_id, pool_no, 'I-22', seq, format('the checkpoint at entry %s is not the one that was made', seq)
    from ledger_openings where ${within(slice)} and not is_whole`,
  );
}
