import type { BalancePoint, WidgetBalance, WidgetBalances } from "@credits-kit/client/widget";

/** What the pools of one customer are, as far as this page knows. */
export interface Pools extends Omit<WidgetBalances, "balances"> {
  balances: readonly WidgetBalance[];
}

const HISTORY_POINTS = 40;

export function poolKey({ creditTypeId, resourceId }: WidgetBalance): string {
  return JSON.stringify([creditTypeId, resourceId]);
}

/** Keeps the newest known state of every pool of one customer; never steps back, never mixes customers. */
export class PoolStore {
  #pools: Pools | undefined;
  #newest = new Map<string, WidgetBalance>();

  get pools(): Pools | undefined {
    return this.#pools && { ...this.#pools, balances: [...this.#newest.values()] };
  }

  /** Forgets everything. */
  wipe(): void {
    this.#pools = undefined;
    this.#newest.clear();
  }

  /** Takes over all pools. A pool that is known in a later state keeps that one: answers may overtake each other. */
  replace(pools: WidgetBalances): void {
    if (this.#pools?.customerId !== pools.customerId) this.wipe();
    this.#pools = pools;
    this.#newest = new Map(pools.balances.map((pool) => [poolKey(pool), this.#newer(pool)]));
  }

  /** Takes over one pool. */
  update(pool: WidgetBalance): void {
    this.#newest.set(poolKey(pool), this.#newer(pool));
  }

  #newer(pool: WidgetBalance): WidgetBalance {
    const shown = this.#newest.get(poolKey(pool));
    if (!shown) return pool;
    return pool.seq < shown.seq ? shown : { ...pool, history: append(shown.history, pool) };
  }
}

/** An update may come with its whole history, the end of it or none: then the pool itself is the newest point. */
function append(
  known: readonly BalancePoint[],
  { seq, asOf: at, balance, history }: WidgetBalance,
): BalancePoint[] {
  const news = history.length > 0 ? history : [{ seq, at, balance }];
  return [...known.filter((point) => point.seq < (news[0]?.seq ?? 0)), ...news].slice(-HISTORY_POINTS);
}
