import { formatCredits, parseCredits } from "@credits-kit/amounts";
import type { Balance, WidgetBalance } from "@credits-kit/contract";
import type { BalanceRow } from "../../storage/pools/read-balances.ts";

const PERCENT = 100n;

/** A pool as the API shows it. */
export function balanceView(row: BalanceRow): Balance {
  const balance = BigInt(row.balance);
  return {
    creditTypeId: row.credit_type_id,
    resourceId: row.resource_id === "" ? null : row.resource_id,
    unit: { singular: row.unit_singular, plural: row.unit_plural },
    balance: formatCredits(balance),
    available: formatCredits(balance),
    held: "0",
    overage: formatCredits(BigInt(row.overage)),
    granted: formatCredits(BigInt(row.granted)),
    used: formatCredits(BigInt(row.used)),
    pending: "0",
    scheduled: formatCredits(BigInt(row.scheduled)),
    seq: Number(row.seq),
    low: isLow(balance, BigInt(row.granted), row.low_balance_thresholds),
    nextExpiry: row.next_expiry_at
      ? { at: row.next_expiry_at.toISOString(), amount: formatCredits(BigInt(row.next_expiry_amount ?? "0")) }
      : null,
    nextRefreshAt: null,
    runsOutAt: null,
    asOf: row.as_of.toISOString(),
  };
}

/** A pool as widgets draw it. */
export function widgetBalanceView(row: BalanceRow): WidgetBalance {
  return {
    ...balanceView(row),
    name: row.name,
    symbol: row.symbol,
    history: (row.history ?? []).map((point) => ({
      seq: point.seq,
      at: new Date(point.at).toISOString(),
      balance: formatCredits(BigInt(point.balance)),
    })),
  };
}

/** At or below any threshold: credits, or a percentage of the active grants' amounts. */
function isLow(balance: bigint, granted: bigint, thresholds: readonly string[]): boolean {
  return thresholds.some((threshold) =>
    threshold.endsWith("%")
      ? balance * PERCENT * 1_000_000n <= granted * parseCredits(threshold.slice(0, -1)) && granted > 0n
      : balance <= parseCredits(threshold),
  );
}
