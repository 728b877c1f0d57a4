import type { Plan } from "@credits-kit/contract";
import type { PlanRow } from "../../storage/catalogue/plans.ts";

export function toPlan(row: PlanRow): Plan {
  return {
    id: row.id,
    version: row.version,
    name: row.name,
    creditTypeId: row.credit_type_id,
    limit: row.limit_mode,
    topUp: row.top_up && { tiers: [], grantExpiresAfter: null, ...row.top_up },
    rates: row.rates,
    included: row.included,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
