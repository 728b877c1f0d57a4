import {
  changeGrant,
  type Decision,
  type Entry,
  type Grant,
  type GrantChange,
  type HoldPart,
  type Pool,
} from "@credits-kit/engine";
import type { KeptGrant, ReplayedState } from "./checkpoint-state.ts";
import { matters, type ReplayOpening } from "./replay-opening.ts";

/**
 * What a replay keeps of a pool beside the pool: grants that it no longer carries, as they were left, and what of each
 * grant expired, repaid overage and was revoked before it was paid. Commands about the past, and checkpoints, need it.
 */
export class LeftGrants {
  readonly #left = new Map<number, Grant>();
  readonly #expired = new Map<number, bigint>();
  readonly #repaid = new Map<number, bigint>();
  readonly #unsold = new Map<number, bigint>();
  readonly #unpaid = new Set<number>();

  constructor({ grants }: ReplayOpening) {
    for (const { expired, repaid, unsold, ...grant } of grants) {
      if (!matters(grant)) this.#left.set(grant.key, grant);
      if (expired !== 0n) this.#expired.set(grant.key, expired);
      if (repaid !== 0n) this.#repaid.set(grant.key, repaid);
      if (unsold !== 0n) this.#unsold.set(grant.key, unsold);
      if (grant.isPaymentPending) this.#unpaid.add(grant.key);
    }
  }

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

  /** The pool with everything that is kept of it, as a checkpoint has it. */
  stateOf({ balance, overage, grants, holds }: Pool): ReplayedState {
    const all = [...grants, ...this.#left.values()].sort((left, right) => left.key - right.key);
    const kept = all.map((grant): KeptGrant => {
      const { key } = grant;
      return {
        ...grant,
        expired: this.#expired.get(key) ?? 0n,
        repaid: this.#repaid.get(key) ?? 0n,
        unsold: this.#unsold.get(key) ?? 0n,
      };
    });
    return { balance, overage, grants: kept, holds };
  }

  #followEntry({ type, draws, grant, change, reopens }: Entry): void {
    if (grant?.isPaymentPending) this.#unpaid.add(grant.key);
    if (change) this.#followChange(change);
    for (const grant of reopens ?? []) this.#left.delete(grant.key);
    const left = change && this.#left.get(change.grantKey);
    if (left) this.#left.set(left.key, changeGrant(left, change));
    if (type !== "overage_repaid" && type !== "expired") return;
    const total = type === "expired" ? this.#expired : this.#repaid;
    for (const { grantKey, amount } of draws) total.set(grantKey, (total.get(grantKey) ?? 0n) - amount);
  }

  #followChange({ grantKey, revoked = 0n, isPaymentPending }: GrantChange): void {
    if (isPaymentPending === false) this.#unpaid.delete(grantKey);
    if (this.#unpaid.has(grantKey)) this.#unsold.set(grantKey, (this.#unsold.get(grantKey) ?? 0n) + revoked);
  }
}
