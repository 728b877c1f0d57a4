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
    return shown && isOlder(pool, shown) ? shown : { ...pool, history: mergeHistory(pool, shown) };
  }
}

/** At the same `seq` only names, thresholds or forecasts differ: the later reading counts. */
function isOlder(pool: WidgetBalance, shown: WidgetBalance): boolean {
  return pool.seq < shown.seq || (pool.seq === shown.seq && Date.parse(pool.asOf) < Date.parse(shown.asOf));
}

/** An update may come with its whole history, a part of it or none: the pool's own state is the last point either way. */
function mergeHistory({ seq, asOf: at, balance, history = [] }: WidgetBalance, shown?: WidgetBalance): BalancePoint[] {
  const points = [...(shown?.history ?? []), { seq, at, balance }, ...history].filter((point) => point.seq > 0);
  return [...new Map(points.map((point) => [point.seq, point])).values()]
    .sort((left, right) => left.seq - right.seq)
    .slice(-HISTORY_POINTS);
}
