/** A place in the list of all pools. */
export interface SweepCursor {
  readonly customerId: string;
  readonly poolNo: number;
}

/** Before the first pool. */
export const FIRST_POOL: SweepCursor = { customerId: "", poolNo: 0 };

/** A run of pools, and who of their customers is behind. */
export interface SweptPage {
  readonly behind: readonly string[];
  /** Where to go on; null at the end of the list. */
  readonly next: SweepCursor | null;
}

/** A pool that a sweep came by. */
export interface SweptPool {
  readonly customer_id: string;
  readonly pool_no: number;
}

/** Makes a page of the pools that a statement answered when it was asked for at most so many. */
export function toSweptPage<Pool extends SweptPool>(
  rows: readonly Pool[],
  { pools, isBehind }: { pools: number; isBehind: (pool: Pool) => boolean },
): SweptPage {
  const behind = rows.filter(isBehind).map((row) => row.customer_id);
  const last = rows.length < pools ? undefined : rows.at(-1);
  const next = last ? { customerId: last.customer_id, poolNo: last.pool_no } : null;
  return { behind: [...new Set(behind)], next };
}
