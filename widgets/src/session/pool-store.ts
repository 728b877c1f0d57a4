import type { BalancePoint, WidgetBalance, WidgetBalances } from "@credits-kit/client/widget";

/** What the pools of one customer are, as far as this page knows. */
export interface Pools {
  customerId: string;
  canTopUp: boolean;
  balances: readonly WidgetBalance[];
}

const HISTORY_POINTS = 40;

/** Keeps the newest known state of every pool of one customer; never steps back, never mixes customers. */
export class PoolStore {
  #pools: Pools | undefined;

  get pools(): Pools | undefined {
    return this.#pools;
  }

  /** Forgets everything. */
  wipe(): void {
    this.#pools = undefined;
  }

  /** Takes over all pools. A pool that is known in a later state keeps that one: answers may overtake each other. */
  replace({ customerId, canTopUp, balances }: WidgetBalances): void {
    if (this.#pools && this.#pools.customerId !== customerId) this.wipe();
    this.#pools = { customerId, canTopUp, balances: balances.map((pool) => this.#newest(pool)) };
  }

  /** Takes over one pool. */
  update(pool: WidgetBalance): void {
    if (!this.#pools) return;
    const newest = this.#newest(pool);
    const { balances } = this.#pools;
    const known = balances.some((other) => isSamePool(other, pool));
    const next = known ? balances.map((other) => (isSamePool(other, pool) ? newest : other)) : [...balances, newest];
    this.#pools = { ...this.#pools, balances: next };
  }

  #newest(pool: WidgetBalance): WidgetBalance {
    const shown = this.#pools?.balances.find((other) => isSamePool(other, pool));
    if (shown && isOlder(pool, shown)) return shown;
    return { ...pool, history: mergeHistory(shown?.history ?? [], pool) };
  }
}

/** At the same `seq` only names, thresholds or forecasts differ: the later reading counts. */
function isOlder(pool: WidgetBalance, shown: WidgetBalance): boolean {
  if (pool.seq !== shown.seq) return pool.seq < shown.seq;
  return Date.parse(pool.asOf) < Date.parse(shown.asOf);
}

/** An update may come with its whole history, a part of it or none: the pool's own state is the last point either way. */
function mergeHistory(known: readonly BalancePoint[], pool: WidgetBalance): BalancePoint[] {
  const { seq, asOf: at, balance, history = [] } = pool;
  const points = new Map([...known, { seq, at, balance }, ...history].map((point) => [point.seq, point]));
  return [...points.values()]
    .filter((point) => point.seq > 0 && point.seq <= seq)
    .sort((left, right) => left.seq - right.seq)
    .slice(-HISTORY_POINTS);
}

function isSamePool(left: WidgetBalance, right: WidgetBalance): boolean {
  return left.creditTypeId === right.creditTypeId && left.resourceId === right.resourceId;
}
