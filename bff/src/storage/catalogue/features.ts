import type { FeatureChange, FeatureInput } from "@credits-kit/contract";
import type { Kysely, Selectable } from "kysely";
import type { Database } from "../database.ts";
import { byKeyset, cutPage, type PageOf, type PageRequest } from "../keyset.ts";
import type { FeaturesTable, Tables } from "../tables.ts";
import { archivedAt, isArchived } from "./archived.ts";

export type FeatureRow = Selectable<FeaturesTable>;

/** Adds a feature, unless its id is taken. */
export function insertFeature(
  transaction: Kysely<Tables>,
  { id, input }: { id: string; input: FeatureInput },
): Promise<FeatureRow | undefined> {
  return transaction
    .insertInto("features")
    .values({
      id,
      name: input.name,
      unit_singular: input.unit?.singular ?? null,
      unit_plural: input.unit?.plural ?? null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
}

export function findFeature(db: Kysely<Tables>, id: string): Promise<FeatureRow | undefined> {
  return db.selectFrom("features").selectAll().where("id", "=", id).executeTakeFirst();
}

/** Changes what is given. @returns the feature, or nothing if there is none */
export function updateFeatureRow(
  transaction: Kysely<Tables>,
  { id, change }: { id: string; change: FeatureChange },
): Promise<FeatureRow | undefined> {
  const { name, unit } = change;
  return transaction
    .updateTable("features")
    .set({
      ...(name === undefined ? {} : { name }),
      ...(unit === undefined
        ? {}
        : { unit_singular: unit?.singular ?? null, unit_plural: unit?.plural ?? null }),
    })
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirst();
}

/** The feature, for whoever archives it: waits for those who are about to name it, and nobody begins to meanwhile. */
export function lockFeature(transaction: Kysely<Tables>, id: string): Promise<FeatureRow | undefined> {
  return transaction.selectFrom("features").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
}

/** Which of these features can be used; they then stay so until this transaction ends. */
export async function keepFeaturesUsable(
  transaction: Kysely<Tables>,
  ids: readonly string[],
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await transaction
    .selectFrom("features")
    .select("id")
    .where("id", "in", [...ids])
    .where("archived_at", "is", null)
    .orderBy("id")
    .forKeyShare()
    .execute();
  return new Set(rows.map((row) => row.id));
}

/** Archives a feature, or brings it back. @returns the row, or nothing if there is none */
export function setFeatureArchived(
  transaction: Kysely<Tables>,
  { id, archived }: { id: string; archived: boolean },
): Promise<FeatureRow | undefined> {
  return transaction
    .updateTable("features")
    .set({ archived_at: archivedAt(archived) })
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirst();
}

/** @param archived whether archived ones are wanted, or the others; undefined for both */
export async function pageOfFeatures(
  database: Database,
  archived: boolean | undefined,
  page: PageRequest,
): Promise<PageOf<FeatureRow>> {
  const query = database.writer.selectFrom("features").selectAll().where(isArchived(archived));
  return cutPage(await byKeyset(query, { time: "created_at", id: "id" }, page).execute(), page);
}
