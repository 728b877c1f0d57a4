import type { PoolKey, StoredPool } from "../storage/pools/load-pools.ts";
import type { PlanFacts, SubscriptionFacts } from "../storage/pools/load-subscriptions.ts";

/** A customer's subscriptions as they were at a version of theirs. */
export interface RememberedSubscriptions {
  readonly version: number;
  readonly subscriptions: readonly SubscriptionFacts[];
}

const MAX_REMEMBERED = 50_000;

/**
 * What this process remembers of committed state, to spare the database from telling it again. Never trusted: a pool
 * counts only when its seq is still the stored one under the customer's lock, subscriptions only at the version that
 * the lock returned. Every change of a pool is an entry, so an equal seq means an equal pool.
 */
export class Memory {
  readonly subscriptions = new BoundedMap<RememberedSubscriptions>(MAX_REMEMBERED);
  readonly userNumbers = new BoundedMap<number>(MAX_REMEMBERED);
  /** Versions of plans never change. */
  readonly plans = new BoundedMap<PlanFacts>(MAX_REMEMBERED);
  readonly #pools = new BoundedMap<Map<string, StoredPool>>(MAX_REMEMBERED);

  findPool(key: PoolKey): StoredPool | undefined {
    return this.#pools.get(key.customerId)?.get(poolId(key));
  }

  keepPool(key: PoolKey, stored: StoredPool): void {
    const pools = this.#pools.get(key.customerId) ?? new Map<string, StoredPool>();
    pools.set(poolId(key), stored);
    this.#pools.set(key.customerId, pools);
  }

  /** Forgets customers whose last group did not end well. */
  forget(customerIds: Iterable<string>): void {
    for (const customerId of customerIds) {
      this.subscriptions.delete(customerId);
      this.#pools.delete(customerId);
    }
  }
}

/** Names a pool in this process. Ids hold no spaces, so the parts cannot run together. */
export function poolId(key: PoolKey): string {
  return `${key.customerId} ${key.creditTypeId} ${key.resourceId}`;
}

/** A map that drops what was set longest ago. */
class BoundedMap<Value> {
  readonly #map = new Map<string, Value>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get(key: string): Value | undefined {
    return this.#map.get(key);
  }

  set(key: string, value: Value): void {
    this.#map.delete(key);
    this.#map.set(key, value);
    if (this.#map.size <= this.#limit) return;
    for (const oldest of this.#map.keys()) {
      this.#map.delete(oldest);
      return;
    }
  }

  delete(key: string): void {
    this.#map.delete(key);
  }
}
