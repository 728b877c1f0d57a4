import { changeGrant, type Decision, type Entry, type Grant, type HoldPart } from "@credits-kit/engine";

/**
 * What a replay keeps of a pool beside the pool: grants that it no longer carries, as they were left, and what each
 * grant repaid of the overage. Commands about the past need both.
 */
export class LeftGrants {
  readonly #left = new Map<number, Grant>();
  readonly #repaid = new Map<number, bigint>();

  /** A grant that the pool no longer carries; null if it never ceased to matter. */
  find(key: number): Grant | null {
    return this.#left.get(key) ?? null;
  }

  /** Those of these grants that the pool no longer carries. */
  those(keys: readonly number[]): Grant[] {
    return keys.flatMap((key) => this.#left.get(key) ?? []);
  }

  /** All that the pool no longer carries. */
  all(): Iterable<Grant> {
    return this.#left.values();
  }

  /** What grants repaid and did not get back, the newest grant first. */
  repaid(): HoldPart[] {
    const parts = [...this.#repaid].map(([grantKey, amount]) => ({ grantKey, amount }));
    return parts.filter(({ amount }) => amount > 0n).sort((left, right) => right.grantKey - left.grantKey);
  }

  /** Takes in what a decision did. */
  follow({ entries, closed }: Decision): void {
    for (const entry of entries) this.#followEntry(entry);
    for (const grant of closed) this.#left.set(grant.key, grant);
  }

  #followEntry({ type, draws, change, reopens }: Entry): void {
    for (const grant of reopens ?? []) this.#left.delete(grant.key);
    const left = change && this.#left.get(change.grantKey);
    if (left) this.#left.set(left.key, changeGrant(left, change));
    if (type !== "overage_repaid") return;
    for (const { grantKey, amount } of draws) {
      this.#repaid.set(grantKey, (this.#repaid.get(grantKey) ?? 0n) - amount);
    }
  }
}
