import { formatCredits, ONE_CREDIT, parseCredits } from "@credits-kit/amounts";
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
    available: formatCredits(balance - BigInt(row.held)),
    held: formatCredits(BigInt(row.held)),
    overage: formatCredits(BigInt(row.overage)),
    granted: formatCredits(BigInt(row.granted)),
    used: formatCredits(BigInt(row.used)),
    pending: formatCredits(BigInt(row.pending)),
    scheduled: formatCredits(BigInt(row.scheduled)),
    seq: Number(row.seq),
    low: row.low_balance_thresholds.some((threshold) => isBelow(threshold, balance, row)),
    nextExpiry: row.next_expiry_at
      ? { at: row.next_expiry_at.toISOString(), amount: formatCredits(BigInt(row.next_expiry_amount ?? "0")) }
      : null,
    nextRefreshAt: row.next_refresh_at?.toISOString() ?? null,
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

/** At or below a threshold: credits, or a percentage of the active grants' amounts once there ever was a grant. */
function isBelow(threshold: string, balance: bigint, row: BalanceRow): boolean {
  if (!threshold.endsWith("%")) return balance <= parseCredits(threshold);
  const percentage = parseCredits(threshold.slice(0, -1));
  return row.ever_granted && balance * PERCENT * ONE_CREDIT <= BigInt(row.active_amount) * percentage;
}
