/** Past this many, customers are not remembered. */
const MOST_WAITING = 50_000;
/** Who changed so often since they were looked at go before all others: among many quiet customers, one may be hot. */
const BUSY = 8;

/** The customers whose pools changed, each once, and who of them is next. */
export class WaitingCustomers {
  /** Who changed, and how often. */
  readonly #changes = new Map<string, number>();
  readonly #busy = new Set<string>();
  /** Whose statement failed together with others': each is tried alone. */
  readonly #suspects = new Set<string>();

  get isEmpty(): boolean {
    return this.#changes.size === 0 && this.#suspects.size === 0;
  }

  /** Notes that customers changed; answers false when there are too many to remember, and all were forgotten. */
  add(customerIds: Iterable<string>): boolean {
    for (const customerId of customerIds) {
      const times = (this.#changes.get(customerId) ?? 0) + 1;
      this.#changes.set(customerId, times);
      if (times === BUSY) this.#busy.add(customerId);
    }
    if (this.#changes.size <= MOST_WAITING) return true;
    this.#changes.clear();
    this.#busy.clear();
    return false;
  }

  /** Notes that one of these is at fault. */
  suspect(customerIds: Iterable<string>): void {
    for (const customerId of customerIds) this.#suspects.add(customerId);
  }

  /** Takes the next, at most so many: one alone where one of several was at fault. */
  take(most: number): string[] {
    for (const customerId of this.#suspects) {
      this.#suspects.delete(customerId);
      return [customerId];
    }
    const batch: string[] = [];
    for (const source of [this.#busy.keys(), this.#changes.keys()]) {
      for (const customerId of source) {
        if (batch.length === most) return batch;
        this.#busy.delete(customerId);
        if (this.#changes.delete(customerId)) batch.push(customerId);
      }
    }
    return batch;
  }
}
