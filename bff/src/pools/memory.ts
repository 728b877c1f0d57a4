import type { StoredPool } from "../storage/pools/load-pools.ts";
import type { PlanFacts } from "../storage/pools/load-plans.ts";
import type { SubscriptionFacts } from "../storage/pools/load-subscriptions.ts";

/** A customer's committed state as this process last saw it. */
export interface RememberedCustomer {
  /** At which version of theirs the subscriptions were read; null before. */
  subscriptionsVersion: number | null;
  subscriptions: readonly SubscriptionFacts[];
  /** By `poolName`. */
  readonly pools: Map<string, StoredPool>;
}

const MAX_REMEMBERED = 50_000;

/**
 * What this process remembers of committed state, to spare the database from telling it again. Never trusted: a pool
 * counts only when its seq is still the stored one under the customer's lock, subscriptions only at the version that
 * the lock returned. Every change of a pool is an entry, so an equal seq means an equal pool.
 */
export class Memory {
  readonly customers = new BoundedMap<RememberedCustomer>(MAX_REMEMBERED);
  readonly userNumbers = new BoundedMap<number>(MAX_REMEMBERED);
  /** Versions of plans never change. */
  readonly plans = new BoundedMap<PlanFacts>(MAX_REMEMBERED);

  /** What is known of a customer; nothing yet of one that is new here. */
  customer(customerId: string): RememberedCustomer {
    const known = this.customers.get(customerId);
    return known ?? { subscriptionsVersion: null, subscriptions: [], pools: new Map() };
  }
}

/** Names a pool among its customer's. Ids hold no spaces, so the parts cannot run together. */
export function poolName({ creditTypeId, resourceId }: { creditTypeId: string; resourceId: string }): string {
  return resourceId === "" ? creditTypeId : `${creditTypeId} ${resourceId}`;
}

/**
 * A map of about `limit` values that forgets what was not used for long. It keeps two generations: what is used moves
 * to the young one, and once that is full, the old one goes as a whole, which costs less than keeping an order.
 */
export class BoundedMap<Value> {
  #young = new Map<string, Value>();
  #old = new Map<string, Value>();
  readonly #generation: number;

  constructor(limit: number) {
    this.#generation = Math.ceil(limit / 2);
  }

  get(key: string): Value | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(key);
    if (old !== undefined) this.set(key, old);
    return old;
  }

  set(key: string, value: Value): void {
    this.#young.set(key, value);
    if (this.#young.size < this.#generation) return;
    this.#old = this.#young;
    this.#young = new Map();
  }

  delete(key: string): void {
    this.#young.delete(key);
    this.#old.delete(key);
  }
}
