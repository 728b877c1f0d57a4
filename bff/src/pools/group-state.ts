import { EMPTY_POOL, type Pool } from "@credits-kit/engine";
import type { KnownCommand, EarlierEntry } from "../storage/pools/find-commands.ts";
import type { GrantFacts } from "../storage/pools/insert-grants.ts";
import type { Attribution, CommandRow, EntryRow } from "../storage/pools/insert-group.ts";
import type { PoolKey, StoredPool } from "../storage/pools/load-pools.ts";
import type { UserKey } from "../storage/pools/users.ts";
import { poolId } from "./memory.ts";

/** A pool in the course of a group: as it was loaded, and as it is after the commands decided so far. */
export interface WorkingPool {
  readonly key: PoolKey;
  readonly poolNo: number;
  readonly isNew: boolean;
  pool: Pool;
}

/** A command of an earlier transaction under the same id. */
export interface Precedent {
  readonly command: KnownCommand;
  readonly entry: EarlierEntry | null;
}

/** What a group works on and what it will write. Lives for one transaction. */
export class GroupState {
  readonly entries: EntryRow[] = [];
  readonly commands: CommandRow[] = [];
  readonly grants: GrantFacts[] = [];
  readonly newUsers: (UserKey & { userNo: number })[] = [];
  /** Pools whose next due time may have moved. */
  readonly rescheduled = new Set<WorkingPool>();
  readonly #pools = new Map<string, WorkingPool>();
  readonly #lastPoolNo: Map<string, number>;

  constructor(lastPoolNo: Map<string, number>) {
    this.#lastPoolNo = lastPoolNo;
  }

  addPool(key: PoolKey, stored: StoredPool): void {
    this.#pools.set(poolId(key), { key, poolNo: stored.poolNo, isNew: false, pool: stored.pool });
  }

  findPool(key: PoolKey): WorkingPool | undefined {
    return this.#pools.get(poolId(key));
  }

  /** The pool, made if the customer has none yet. */
  ensurePool(key: PoolKey): WorkingPool {
    const known = this.findPool(key);
    if (known) return known;
    const poolNo = (this.#lastPoolNo.get(key.customerId) ?? 0) + 1;
    this.#lastPoolNo.set(key.customerId, poolNo);
    const made: WorkingPool = { key, poolNo, isNew: true, pool: EMPTY_POOL };
    this.#pools.set(poolId(key), made);
    return made;
  }

  pools(): IterableIterator<WorkingPool> {
    return this.#pools.values();
  }

  write(pool: WorkingPool, entry: EntryRow["entry"], by: Attribution): void {
    this.entries.push({ customerId: pool.key.customerId, poolNo: pool.poolNo, entry, by });
  }
}
