import {
  changeGrant,
  type Decision,
  EMPTY_POOL,
  type Entry,
  type Grant,
  type HoldPart,
  type Pool,
} from "@credits-kit/engine";

/** A pool of the book, with what commands about its past need to know. */
export class BookPool {
  readonly customerId: string;
  readonly poolNo: number;
  readonly creditTypeId: string;
  readonly resourceId: string;
  pool: Pool = EMPTY_POOL;
  /** Everything that was ever granted, by key. */
  readonly keys: number[] = [];
  /** What was consumed without a hold and not taken back. */
  consumed: Entry[] = [];
  readonly #closed = new Map<number, Grant>();
  readonly #repaid = new Map<number, bigint>();

  constructor(place: { customerId: string; poolNo: number; creditTypeId: string; resourceId: string }) {
    this.customerId = place.customerId;
    this.poolNo = place.poolNo;
    this.creditTypeId = place.creditTypeId;
    this.resourceId = place.resourceId;
  }

  /** A grant that the pool no longer carries, as it was left. */
  closed(key: number): Grant | null {
    return this.#closed.get(key) ?? null;
  }

  /** What grants repaid and did not get back, the newest first. */
  repaid(): HoldPart[] {
    return [...this.#repaid]
      .map(([grantKey, amount]) => ({ grantKey, amount }))
      .filter(({ amount }) => amount > 0n)
      .sort((left, right) => right.grantKey - left.grantKey);
  }

  /** Forgets what was consumed up to an entry. */
  forgetConsumed(upTo: number): void {
    this.consumed = this.consumed.filter(({ seq }) => seq > upTo);
  }

  /** Takes in what was decided. */
  follow({ entries, pool, closed }: Decision): void {
    for (const entry of entries) this.#note(entry);
    for (const grant of closed) this.#closed.set(grant.key, grant);
    this.pool = pool;
  }

  #note(entry: Entry): void {
    const { type, grant, change, reopens, reverses, draws, hold } = entry;
    if (grant) this.keys.push(grant.key);
    if (type === "consumed" && !hold) this.consumed.push(entry);
    const taken = this.consumed.findIndex(({ seq }) => seq === reverses);
    if (taken >= 0) this.consumed.splice(taken, 1);
    for (const each of reopens ?? []) this.#closed.delete(each.key);
    const left = change && this.closed(change.grantKey);
    if (left) this.#closed.set(left.key, changeGrant(left, change));
    if (type !== "overage_repaid") return;
    for (const { grantKey, amount } of draws) {
      this.#repaid.set(grantKey, (this.#repaid.get(grantKey) ?? 0n) - amount);
    }
  }
}
