import { sql } from "kysely";
import { type Finding, findFirst, type Slice, within } from "./finding.ts";
import type { Snapshot } from "./snapshot.ts";

/**
 * Computes every seal again (I-22): each follows the one before it, and its hash is the one of the entries that it was
 * made for. The first broken one of a pool is named; what came after the last seal is not sealed yet, and no fault.
 */
export function checkSeals(snapshot: Snapshot, slice: Slice): Promise<Finding[]> {
  return findFirst(
    snapshot,
    sql`
    with chain as (
      select *, lag(to_seq, 1, 0::bigint) over pool as before_seq, lag(hash, 1, ''::bytea) over pool as before_hash
      from ledger_seals where ${within(slice)}
      window pool as (partition by customer_id, pool_no order by from_seq)
    ), judged as (
      select *, from_seq <> before_seq + 1 as loose, form <> 1 as is_unknown,
        hash is distinct from seal_hash(before_hash, customer_id, pool_no, from_seq, to_seq) as broken
      from chain
    )
    select customer_id, pool_no, 'I-22' as invariant, from_seq as seq, case
        when is_unknown then format('entries %s to %s are sealed in a form that this release does not know', from_seq, to_seq)
        when loose then format('the seal from %s does not follow the one up to %s', from_seq, before_seq)
        else format('entries %s to %s are not the ones that were sealed', from_seq, to_seq) end as detail
    from judged where loose or broken or is_unknown`,
  );
}
