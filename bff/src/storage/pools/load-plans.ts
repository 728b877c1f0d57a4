import { parseCredits } from "@credits-kit/amounts";
import type { PeriodLength } from "@credits-kit/engine";
import { idArray, numberArray } from "./array-literal.ts";
import type { StoredIncluded, StoredRate } from "../catalogue/plans-stored.ts";
import { type Connection, run, statement } from "./connection.ts";
import { PlanRates, type RatesByFeature } from "./plan-rates.ts";

/** The credits that come with each period of a subscription. */
export interface IncludedFacts {
  /** For the whole subscription, or for each seat. In micro-credits. */
  readonly credits: bigint;
  readonly every: PeriodLength;
  /** What lives on in the next period; amounts in micro-credits. */
  readonly rollover: "none" | "all" | { readonly upTo: bigint };
  readonly priority: number;
  readonly costBasis: { readonly amount: string; readonly currency: string } | null;
  readonly perSeat: boolean;
}

/** A version of a plan, which never changes. */
export interface PlanFacts {
  readonly creditTypeId: string;
  readonly limit: "hard" | "soft";
  readonly rates: RatesByFeature;
  readonly included: IncludedFacts | null;
}

const PLANS = statement<{
  plan_id: string;
  version: number;
  credit_type_id: string;
  limit_mode: "hard" | "soft";
  rates: StoredRate[];
  included: StoredIncluded | null;
}>(`
  select v.plan_id, v.version, v.credit_type_id, v.limit_mode, v.rates, v.included
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
        rates: new PlanRates(row.rates),
        included: row.included ? toIncluded(row.included) : null,
      },
    ]),
  );
}

/** Names a version of a plan. */
export function planKey(planId: string, version: number): string {
  return `${planId}@${version}`;
}

function toIncluded({ credits, rollover, ...rest }: StoredIncluded): IncludedFacts {
  return {
    ...rest,
    credits: parseCredits(credits),
    rollover: typeof rollover === "object" ? { upTo: parseCredits(rollover.upTo) } : rollover,
  };
}
