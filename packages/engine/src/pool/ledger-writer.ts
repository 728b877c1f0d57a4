import { apply } from "./apply.ts";
import type { Entry, Pool } from "./types.ts";

/** An entry as its cause knows it; the writer adds what follows from the pool. */
export type EntryDraft = Omit<Entry, "seq" | "endBalance" | "delta">;

/** Collects the entries of one decision, each applied before the next is made. */
export class LedgerWriter {
  readonly entries: Entry[] = [];
  pool: Pool;

  constructor(pool: Pool) {
    this.pool = pool;
  }

  /** Appends an entry: its delta is what its draws move, less what it adds to the overage. */
  append(draft: EntryDraft): void {
    const delta = draft.draws.reduce((sum, draw) => sum + draw.amount, -draft.overageChange);
    const entry: Entry = { ...draft, seq: this.pool.seq + 1, delta, endBalance: this.pool.balance + delta };
    this.pool = apply(this.pool, entry);
    this.entries.push(entry);
  }
}
