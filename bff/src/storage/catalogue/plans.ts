import type { PlanChange, PlanInput } from "@credits-kit/contract";
import { type Kysely, sql } from "kysely";
import type { Database } from "../database.ts";
import { byKeyset, cutPage, type PageOf, type PageRequest } from "../keyset.ts";
import type { Tables } from "../tables.ts";
import { storeIncluded, storeRate, storeTopUp } from "./plans-content.ts";
import type { StoredIncluded, StoredRate, StoredTopUp } from "./plans-stored.ts";

/** What a version of a plan says. */
export interface PlanContent {
  readonly name: string;
  readonly credit_type_id: string;
  readonly limit_mode: "hard" | "soft";
  readonly top_up: StoredTopUp | null;
  readonly rates: StoredRate[];
  readonly included: StoredIncluded | null;
}

/** A plan in one of its versions. */
export interface PlanRow extends PlanContent {
  readonly id: string;
  readonly version: number;
  readonly created_at: Date;
  /** When this version was made. */
  readonly updated_at: Date;
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
  const content = {
    name: input.name,
    credit_type_id: input.creditTypeId,
    limit_mode: input.limit,
    top_up: input.topUp ? storeTopUp(input.topUp) : null,
    rates: input.rates.map(storeRate),
    included: input.included ? storeIncluded(input.included) : null,
  };
  return { ...plan, ...(await insertVersion(transaction, plan, content)) };
}

/**
 * The plan in its last version, for whoever makes the next one: waits for those who do so already, and nobody else
 * begins to until this transaction ends.
 */
export async function lockPlan(transaction: Kysely<Tables>, id: string): Promise<PlanRow | undefined> {
  const locked = await transaction
    .selectFrom("plans")
    .select("id")
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  // A statement of its own, which sees what the one before it waited for.
  return locked && findPlan(transaction, id);
}

/** Adds the version after the last one: what the change leaves out stays. The plan must be locked. */
export async function insertNextVersion(
  transaction: Kysely<Tables>,
  last: PlanRow,
  change: PlanChange,
): Promise<PlanRow> {
  const { name = last.name, limit = last.limit_mode, topUp, rates, included } = change;
  const next = { id: last.id, version: last.version + 1, created_at: last.created_at };
  const content = {
    name,
    credit_type_id: last.credit_type_id,
    limit_mode: limit,
    top_up: topUp === undefined ? last.top_up : topUp && storeTopUp(topUp),
    rates: rates === undefined ? last.rates : rates.map(storeRate),
    included: included === undefined ? last.included : included && storeIncluded(included),
  };
  const version = await insertVersion(transaction, next, content);
  await transaction.updateTable("plans").set({ version: next.version }).where("id", "=", next.id).execute();
  return { ...next, ...version };
}

function insertVersion(
  transaction: Kysely<Tables>,
  { id, version }: { id: string; version: number },
  content: PlanContent,
) {
  const { top_up, rates, included, ...plain } = content;
  return transaction
    .insertInto("plan_versions")
    .values({
      plan_id: id,
      version,
      ...plain,
      top_up: top_up && JSON.stringify(top_up),
      rates: JSON.stringify(rates),
      included: included && JSON.stringify(included),
    })
    .returning([
      "name",
      "credit_type_id",
      "limit_mode",
      "top_up",
      "rates",
      "included",
      "created_at as updated_at",
    ])
    .executeTakeFirstOrThrow();
}

/** A plan in its last version. */
export function findPlan(db: Kysely<Tables>, id: string): Promise<PlanRow | undefined> {
  return versions(db)
    .whereRef("plan_versions.version", "=", "plans.version")
    .where("plans.id", "=", id)
    .executeTakeFirst();
}

/** A plan in a version of those that it has. */
export function findPlanVersion(
  db: Kysely<Tables>,
  { id, version }: { id: string; version: number },
): Promise<PlanRow | undefined> {
  return versions(db)
    .where("plans.id", "=", id)
    .where("plan_versions.version", "=", version)
    .executeTakeFirst();
}

export async function pageOfPlans(database: Database, page: PageRequest): Promise<PageOf<PlanRow>> {
  const query = versions(database.writer).whereRef("plan_versions.version", "=", "plans.version");
  return cutPage(await byKeyset(query, { time: "plans.created_at", id: "plans.id" }, page).execute(), page);
}

/** The versions of a plan, the last one first. */
export async function pageOfPlanVersions(
  database: Database,
  id: string,
  page: PageRequest,
): Promise<PageOf<PlanRow>> {
  const query = versions(database.writer).where("plans.id", "=", id);
  const number = sql<number>`plan_versions.version`;
  return cutPage(await byKeyset(query, { number, id: "plans.id" }, page).execute(), page);
}

function versions(db: Kysely<Tables>) {
  return db
    .selectFrom("plans")
    .innerJoin("plan_versions", "plan_versions.plan_id", "plans.id")
    .select([
      "plans.id",
      "plan_versions.version",
      "plans.created_at",
      "plan_versions.created_at as updated_at",
      "plan_versions.name",
      "plan_versions.credit_type_id",
      "plan_versions.limit_mode",
      "plan_versions.top_up",
      "plan_versions.rates",
      "plan_versions.included",
    ]);
}
