import { parseCredits } from "@credits-kit/amounts";
import type { UnitRate } from "@credits-kit/engine";
import { idArray, numberArray } from "./array-literal.ts";
import { type Connection, run, statement } from "./connection.ts";

/** A version of a plan, which never changes. */
export interface PlanFacts {
  readonly creditTypeId: string;
  readonly limit: "hard" | "soft";
  readonly rates: ReadonlyMap<string, UnitRate>;
}

const PLANS = statement<{
  plan_id: string;
  version: number;
  credit_type_id: string;
  limit_mode: "hard" | "soft";
  rates: { featureId: string; creditsPerUnit: string }[];
}>(`
  select v.plan_id, v.version, v.credit_type_id, v.limit_mode, v.rates
  from unnest($1::text[], $2::int[]) as q (plan_id, version)
  cross join lateral (
    select * from plan_versions v where v.plan_id = q.plan_id and v.version = q.version limit 1
  ) v`);

/** Versions of plans, by \`planKey\`. */
export async function loadPlans(
  connection: Connection,
  plans: readonly { planId: string; planVersion: number }[],
): Promise<Map<string, PlanFacts>> {
  const rows = await run(connection, PLANS, [
    idArray(plans.map((plan) => plan.planId)),
    numberArray(plans.map((plan) => plan.planVersion)),
  ]);
  return new Map(
    rows.map((row) => [
      planKey(row.plan_id, row.version),
      {
        creditTypeId: row.credit_type_id,
        limit: row.limit_mode,
        rates: new Map(
          row.rates.map((rate) => [
            rate.featureId,
            { featureId: rate.featureId, creditsPerUnit: parseCredits(rate.creditsPerUnit) },
          ]),
        ),
      },
    ]),
  );
}

/** Names a version of a plan. */
export function planKey(planId: string, version: number): string {
  return `${planId}@${version}`;
}
