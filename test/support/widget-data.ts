import type { BalancePoint, WidgetBalance, WidgetBalances } from "@credits-kit/contract";

const DAY_MS = 86_400_000;

/** A pool with a fortnight of history. */
export function poolOf(change: Partial<WidgetBalance> = {}): WidgetBalance {
  const nowMs = Date.now();
  const available = change.available ?? "1240";
  const seq = change.seq ?? 12;
  return {
    creditTypeId: "tokens",
    resourceId: null,
    name: "AI Tokens",
    symbol: null,
    unit: { singular: "token", plural: "tokens" },
    balance: available,
    available,
    held: "0",
    overage: "0",
    granted: "2000",
    used: "760",
    pending: "0",
    scheduled: "0",
    seq,
    low: false,
    nextExpiry: null,
    nextRefreshAt: null,
    runsOutAt: null,
    asOf: new Date(nowMs).toISOString(),
    history: historyOf(Number(available), seq, nowMs),
    ...change,
  };
}

export function balancesOf(balances: WidgetBalance[], change: Partial<WidgetBalances> = {}): WidgetBalances {
  return { customerId: "acme", canTopUp: true, balances, ...change };
}

function historyOf(end: number, lastSeq: number, nowMs: number): BalancePoint[] {
  const steps = [0, 40, 70, 120, 180, -420, -390, -310, -250, -130, -60, 0];
  return steps.slice(-lastSeq).map((step, index, all) => ({
    seq: lastSeq - all.length + index + 1,
    at: new Date(nowMs - (all.length - index) * DAY_MS).toISOString(),
    balance: String(index === all.length - 1 ? end : end - step),
  }));
}
