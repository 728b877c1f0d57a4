import { formatCredits, ONE_CREDIT, parseCredits } from "@credits-kit/amounts";
import type { Balance, WidgetBalance } from "@credits-kit/contract";
import type { BalanceRow } from "../../storage/pools/read-balances.ts";

const PERCENT = 100n;

/** When pools run out, by their rows, in milliseconds since 1970; nothing of those that it is not said of. */
export type RunsOut = ReadonlyMap<BalanceRow, number>;

/** A pool as the API shows it. */
export function balanceView(row: BalanceRow, runsOut: RunsOut): Balance {
  const balance = BigInt(row.balance);
  const runsOutAt = runsOut.get(row);
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
    low: isLow(row),
    nextExpiry: row.next_expiry_at
      ? { at: row.next_expiry_at.toISOString(), amount: formatCredits(BigInt(row.next_expiry_amount ?? "0")) }
      : null,
    nextRefreshAt: row.next_refresh_at?.toISOString() ?? null,
    runsOutAt: runsOutAt === undefined ? null : new Date(runsOutAt).toISOString(),
    asOf: row.as_of.toISOString(),
  };
}

/** A pool as widgets draw it, with its settings, which are not for every session. */
export function widgetBalanceView(row: BalanceRow, runsOut: RunsOut): WidgetBalance {
  return {
    ...balanceView(row, runsOut),
    name: row.name,
    symbol: row.symbol,
    autoTopUp: row.auto_top_up,
    history: (row.history ?? []).map((point) => ({
      seq: point.seq,
      at: new Date(point.at).toISOString(),
      balance: formatCredits(BigInt(point.balance)),
    })),
  };
}

/** Whether a pool is at or below one of its thresholds. */
export function isLow(row: BalanceRow): boolean {
  const balance = BigInt(row.balance);
  return row.low_balance_thresholds.some((threshold) => isBelow(threshold, balance, row));
}

/** At or below a threshold: credits, or a percentage of the active grants' amounts once there ever was a grant. */
function isBelow(threshold: string, balance: bigint, row: BalanceRow): boolean {
  if (!threshold.endsWith("%")) return balance <= parseCredits(threshold);
  const percentage = parseCredits(threshold.slice(0, -1));
  return row.ever_granted && balance * PERCENT * ONE_CREDIT <= BigInt(row.active_amount) * percentage;
}
