import { EMPTY_POOL, type Pool } from "@credits-kit/engine";
import type { GrantFacts } from "../storage/pools/grant-record.ts";
import type { Recurrence, SubscriptionFacts } from "../storage/pools/load-subscriptions.ts";
import type { PoolKey, PoolPosition, StoredPool } from "../storage/pools/load-pools.ts";
import type { RememberedCustomer } from "./memory.ts";
import type { EntryPosition } from "./outcome.ts";

type CostBasis = NonNullable<GrantFacts["costBasis"]>;

/** Which pool of a customer is meant. */
export type PoolOfCustomer = Omit<PoolKey, "customerId">;

/** A pool that a group touches, and where the database says that it stands. */
export interface TouchedPool extends PoolKey {
  /** Undefined until it was asked for, null when there is no such pool. */
  position: PoolPosition | null | undefined;
}

/** A pool in the course of a group: as it was loaded, and as it is after the commands decided so far. */
export interface WorkingPool extends PoolKey {
  readonly customer: GroupCustomer;
  readonly poolNo: number;
  readonly isNew: boolean;
  pool: Pool;
  /** Whether the group wrote entries of it: what was read of its grants outside `pool` may no longer hold. */
  isWritten: boolean;
  /** Whether something next happens to it at another time than before. */
  isRescheduled: boolean;
}

/** What became of a command within this group, for those that come after it under the same id. */
export interface GroupPrecedent {
  readonly contentHash: string;
  /** Null for a command that was denied: then the answer says how. */
  readonly entry: EntryPosition | null;
  readonly answer: string | null;
}

/** A customer of a group, with everything that the group knows and changes of it. Lives for one transaction. */
export class GroupCustomer {
  readonly customerId: string;
  /** What this process knew when the group began, brought up to date as the group learns more. */
  readonly remembered: RememberedCustomer;
  /** What time it is for the customer, in milliseconds since 1970: this process's guess until the database says it. */
  now = Date.now();
  /** The same, if it is a test clock's. */
  testClock: number | null = null;
  /** Whether this group holds it. One that it does not hold is held by somebody else, or does not exist. */
  isLocked = false;
  exists = true;
  /** Whether a command of theirs has to wait for the next group, and so all that come after it. */
  isDeferred = false;
  /** How many commands of the group are for it. */
  commandCount = 0;
  /** The highest number of a pool that it has; known where a new pool may be made. */
  lastPoolNo = 0;
  // Lists, not maps: a group touches few pools of a customer, and mostly one.
  readonly touched: TouchedPool[] = [];
  readonly pools: WorkingPool[] = [];
  /** What the credits of plan grants are worth that may live on when they expire, by grant id. */
  readonly costBases = new Map<string, CostBasis | null>();
  #decided: Map<string, GroupPrecedent> | null = null;
  #subscriptions: readonly SubscriptionFacts[] | null = null;
  readonly #moved = new Set<string>();

  constructor(customerId: string, remembered: RememberedCustomer) {
    this.customerId = customerId;
    this.remembered = remembered;
  }

  /** The subscriptions as the group leaves them so far, the latest start first. */
  get subscriptions(): readonly SubscriptionFacts[] {
    return this.#subscriptions ?? this.remembered.subscriptions;
  }

  /** Those that came further in this group. */
  get movedSubscriptions(): readonly SubscriptionFacts[] {
    if (this.#moved.size === 0) return [];
    return this.subscriptions.filter((each) => this.#moved.has(each.subscriptionId));
  }

  /** Keeps what the commit made true of them: whoever moves a subscription moves the version by one. */
  rememberSubscriptions(): void {
    const { remembered, subscriptions } = this;
    if (this.#moved.size === 0 || remembered.subscriptionsVersion === null) return;
    remembered.subscriptions = subscriptions;
    remembered.subscriptionsVersion += 1;
  }

  /** Notes how far a subscription came. */
  moveSubscription(subscriptionId: string, recurrence: Recurrence): void {
    this.#moved.add(subscriptionId);
    this.#subscriptions = this.subscriptions.map((each) =>
      each.subscriptionId === subscriptionId ? { ...each, recurrence } : each,
    );
  }

  /** Notes that the group needs this pool, and where it stands if that is known. */
  touch({ creditTypeId, resourceId }: PoolOfCustomer, position?: PoolPosition): void {
    const known = find(this.touched, { creditTypeId, resourceId });
    if (known) known.position ??= position;
    else this.touched.push({ customerId: this.customerId, creditTypeId, resourceId, position });
  }

  addPool(
    { creditTypeId, resourceId }: PoolOfCustomer,
    { poolNo, pool }: StoredPool,
    isNew = false,
  ): WorkingPool {
    const { customerId } = this;
    const state = { isNew, isWritten: false, isRescheduled: false };
    const added = { customer: this, customerId, creditTypeId, resourceId, poolNo, pool, ...state };
    this.pools.push(added);
    return added;
  }

  findPool(pool: PoolOfCustomer): WorkingPool | undefined {
    return find(this.pools, pool);
  }

  /** The pool, made if the customer has none yet. */
  ensurePool(pool: PoolOfCustomer): WorkingPool {
    const known = this.findPool(pool);
    if (known) return known;
    this.lastPoolNo += 1;
    return this.addPool(pool, { poolNo: this.lastPoolNo, pool: EMPTY_POOL }, true);
  }

  /** What became of an earlier command of this group under the same id. */
  precedent(commandId: string): GroupPrecedent | undefined {
    return this.#decided?.get(commandId);
  }

  setPrecedent(commandId: string, precedent: GroupPrecedent): void {
    if (this.commandCount === 1) return;
    this.#decided ??= new Map();
    this.#decided.set(commandId, precedent);
  }
}

function find<Item extends PoolOfCustomer>(
  items: readonly Item[],
  { creditTypeId, resourceId }: PoolOfCustomer,
) {
  return items.find((item) => item.creditTypeId === creditTypeId && item.resourceId === resourceId);
}
