import { EMPTY_POOL, type Pool } from "@credits-kit/engine";
import type { PoolKey, StoredPool } from "../storage/pools/load-pools.ts";
import type { SubscriptionFacts } from "../storage/pools/load-subscriptions.ts";
import type { EntryPosition } from "./outcome.ts";

/** A pool in the course of a group: as it was loaded, and as it is after the commands decided so far. */
export interface WorkingPool extends PoolKey {
  readonly poolNo: number;
  readonly isNew: boolean;
  pool: Pool;
  /** Whether something next happens to it at another time than before. */
  isRescheduled: boolean;
}

/** What became of a command within this group, for those that come after it under the same id. */
export interface GroupPrecedent {
  readonly contentHash: string;
  readonly entry: EntryPosition;
  readonly answer: string | null;
}

/** A customer of a group, with everything that the group knows and changes of it. Lives for one transaction. */
export class GroupCustomer {
  readonly customerId: string;
  /** Whether this group holds it. One that it does not hold is held by somebody else, or does not exist. */
  isLocked = false;
  exists = true;
  subscriptions: readonly SubscriptionFacts[] = [];
  /** The pools that the group touches: few, mostly one. */
  readonly pools: WorkingPool[] = [];
  /** The highest number of a pool that it has. */
  lastPoolNo = 0;
  /** How many commands of the group are for it. */
  commandCount = 0;
  #decided: Map<string, GroupPrecedent> | null = null;

  constructor(customerId: string) {
    this.customerId = customerId;
  }

  addPool({ creditTypeId, resourceId }: Omit<PoolKey, "customerId">, { poolNo, pool }: StoredPool): void {
    const { customerId } = this;
    this.pools.push({ customerId, creditTypeId, resourceId, poolNo, pool, isNew: false, isRescheduled: false });
  }

  findPool({ creditTypeId, resourceId }: Omit<PoolKey, "customerId">): WorkingPool | undefined {
    return this.pools.find((pool) => pool.creditTypeId === creditTypeId && pool.resourceId === resourceId);
  }

  /** The pool, made if the customer has none yet. */
  ensurePool({ creditTypeId, resourceId }: Omit<PoolKey, "customerId">): WorkingPool {
    const known = this.findPool({ creditTypeId, resourceId });
    if (known) return known;
    const { customerId } = this;
    this.lastPoolNo += 1;
    const poolNo = this.lastPoolNo;
    const made = { customerId, creditTypeId, resourceId, poolNo, pool: EMPTY_POOL, isNew: true, isRescheduled: false };
    this.pools.push(made);
    return made;
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
