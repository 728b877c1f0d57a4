import type { CreditType } from "@credits-kit/contract";
import type { CreditTypeRow } from "../../storage/catalogue/credit-types.ts";

export function toCreditType(row: CreditTypeRow): CreditType {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    unit: { singular: row.unit_singular, plural: row.unit_plural },
    symbol: row.symbol,
    lowBalanceThresholds: row.low_balance_thresholds,
    grantUsageThresholds: row.grant_usage_thresholds,
    trackedDimensions: row.tracked_dimensions,
    archivedAt: row.archived_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
  };
}
