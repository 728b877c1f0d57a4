import type { WidgetBalance, WidgetBalances } from "@credits-kit/client/widget";

const DAY_MS = 86_400_000;

/** A pool with a little history. */
export function poolOf(change: Partial<WidgetBalance> = {}): WidgetBalance {
  const { available = "1240", seq = 3 } = change;
  const at = (daysAgo: number) => new Date(Date.now() - daysAgo * DAY_MS).toISOString();
  return {
    creditTypeId: "tokens",
    resourceId: null,
    name: "AI Tokens",
    symbol: null,
    autoTopUp: null,
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
    asOf: at(0),
    history: [
      { seq: seq - 2, at: at(12), balance: "2000" },
      { seq: seq - 1, at: at(4), balance: "1500" },
      { seq, at: at(0), balance: available },
    ].filter((point) => point.seq > 0),
    ...change,
  };
}

export function balancesOf(balances: WidgetBalance[], change: Partial<WidgetBalances> = {}): WidgetBalances {
  return { customerId: "acme", canTopUp: true, canChangeSettings: false, balances, ...change };
}
