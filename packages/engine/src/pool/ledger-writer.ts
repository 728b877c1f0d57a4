import { continuePool, deltaOf } from "./apply.ts";
import { changeGrant } from "./change-grant.ts";
import type { Entry, Grant, Pool } from "./types.ts";

/** An entry as its cause knows it; the writer adds what follows from the pool. */
export type EntryDraft = Omit<Entry, "seq" | "endBalance" | "delta">;

/** Collects the entries of one decision, each applied before the next is made. */
export class LedgerWriter {
  readonly entries: Entry[] = [];
  pool: Pool;
  /** The grants that ceased to matter during this decision, as they were left. */
  closed: Grant[] = [];

  constructor(pool: Pool) {
    this.pool = pool;
  }

  /** Appends an entry: its delta is what its draws move, less what it adds to the overage. */
  append(draft: EntryDraft): void {
    const delta = deltaOf(draft);
    const entry: Entry = { ...draft, seq: this.pool.seq + 1, delta, endBalance: this.pool.balance + delta };
    if (this.closed.length > 0) this.closed = closedAfter(this.closed, entry);
    this.pool = continuePool(this.pool, entry, this.closed);
    this.entries.push(entry);
  }

  /**
   * A grant as it stands: in the pool, or as it was left, be it by this very decision or before.
   * @throws Error when whoever asks did not hand over a grant that the pool no longer carries.
   */
  grant(key: number, closedBefore: readonly (Grant | null)[]): Grant {
    const isIt = (grant: Grant | null) => grant?.key === key;
    const grant = this.pool.grants.find(isIt) ?? this.closed.find(isIt) ?? closedBefore.find(isIt);
    if (!grant) throw new Error(`the pool does not carry grant ${key}, and nobody says how it was left`);
    return grant;
  }
}

/** The closed grants after an entry: without those that it brings back, and with what it changes of one. */
function closedAfter(closed: readonly Grant[], { reopens, change }: Entry): Grant[] {
  const left = closed.filter((grant) => !reopens?.some((each) => each.key === grant.key));
  return change
    ? left.map((grant) => (grant.key === change.grantKey ? changeGrant(grant, change) : grant))
    : left;
}
