import { changeGrant, type Decision, type Grant } from "@credits-kit/engine";
import type { WorkingPool } from "../group-customer.ts";

/** A grant as a decision left it, whether or not it still matters. @param about its key, and how it was if it was there */
export function grantAfter(
  { pool }: WorkingPool,
  { closed, entries }: Decision,
  { key, before }: { key: number; before?: Grant },
): Grant {
  const after =
    pool.grants.find((grant) => grant.key === key) ?? closed.findLast((grant) => grant.key === key);
  if (after) return after;
  if (!before) throw new Error("a decision lost the grant that it is about");
  // A grant that the pool did not carry before and does not now: only its terms changed.
  return entries.reduce(
    (grant, { change }) => (change?.grantKey === key ? changeGrant(grant, change) : grant),
    before,
  );
}
