import { formatCredits } from "@credits-kit/amounts";
import type { PlanInput } from "@credits-kit/contract";
import type { Kysely } from "kysely";
import type { Database } from "../database.ts";
import { byKeyset, cutPage, type PageOf, type PageRequest } from "../keyset.ts";
import type { StoredIncluded, StoredTopUp, Tables } from "../tables.ts";

/** A plan in its current version. */
export interface PlanRow {
  readonly id: string;
  readonly version: number;
  readonly created_at: Date;
  readonly name: string;
  readonly credit_type_id: string;
  readonly limit_mode: "hard" | "soft";
  readonly top_up: StoredTopUp | null;
  readonly rates: { featureId: string; creditsPerUnit: string }[];
  readonly included: StoredIncluded | null;
}

/** Adds a plan with its first version, unless its id is taken. */
export async function insertPlan(
  transaction: Kysely<Tables>,
  { id, input }: { id: string; input: PlanInput },
): Promise<PlanRow | undefined> {
  const plan = await transaction
    .insertInto("plans")
    .values({ id, version: 1 })
    .onConflict((conflict) => conflict.doNothing())
    .returning(["id", "version", "created_at"])
    .executeTakeFirst();
  if (!plan) return undefined;
  const version = await transaction
    .insertInto("plan_versions")
    .values({
      plan_id: id,
      version: plan.version,
      name: input.name,
      credit_type_id: input.creditTypeId,
      limit_mode: input.limit,
      top_up: input.topUp ? JSON.stringify(storedTopUp(input.topUp)) : null,
      rates: JSON.stringify(
        input.rates.map(({ featureId, creditsPerUnit }) => ({
          featureId,
          creditsPerUnit: formatCredits(creditsPerUnit),
        })),
      ),
      included: input.included ? JSON.stringify(storedIncluded(input.included)) : null,
    })
    .returning(["name", "credit_type_id", "limit_mode", "top_up", "rates", "included"])
    .executeTakeFirstOrThrow();
  return { ...plan, ...version };
}

export function findPlan(db: Kysely<Tables>, id: string): Promise<PlanRow | undefined> {
  return currentPlans(db).where("plans.id", "=", id).executeTakeFirst();
}

export async function pageOfPlans(database: Database, page: PageRequest): Promise<PageOf<PlanRow>> {
  const query = currentPlans(database.writer);
  return cutPage(await byKeyset(query, { time: "plans.created_at", id: "plans.id" }, page).execute(), page);
}

function currentPlans(db: Kysely<Tables>) {
  return db
    .selectFrom("plans")
    .innerJoin("plan_versions", (join) =>
      join
        .onRef("plan_versions.plan_id", "=", "plans.id")
        .onRef("plan_versions.version", "=", "plans.version"),
    )
    .select([
      "plans.id",
      "plans.version",
      "plans.created_at",
      "plan_versions.name",
      "plan_versions.credit_type_id",
      "plan_versions.limit_mode",
      "plan_versions.top_up",
      "plan_versions.rates",
      "plan_versions.included",
    ]);
}

function storedTopUp(topUp: NonNullable<PlanInput["topUp"]>): StoredTopUp {
  return {
    prices: topUp.prices,
    min: topUp.min === undefined ? null : formatCredits(topUp.min),
    max: topUp.max === undefined ? null : formatCredits(topUp.max),
    packages: (topUp.packages ?? []).map(({ credits, price, label }) => ({
      credits: formatCredits(credits),
      price,
      label: label ?? null,
    })),
  };
}

function storedIncluded(included: NonNullable<PlanInput["included"]>): StoredIncluded {
  const { credits, every, rollover = "none", priority = 0, costBasis = null, perSeat = false } = included;
  return {
    credits: formatCredits(credits),
    every,
    rollover: typeof rollover === "object" ? { upTo: formatCredits(rollover.upTo) } : rollover,
    priority,
    costBasis,
    perSeat,
  };
}
