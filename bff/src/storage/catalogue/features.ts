import type { FeatureInput } from "@credits-kit/contract";
import type { Kysely, Selectable } from "kysely";
import type { Database } from "../database.ts";
import { byKeyset, cutPage, type PageOf, type PageRequest } from "../keyset.ts";
import type { FeaturesTable, Tables } from "../tables.ts";

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

/** Which of these features there are. */
export async function knownFeatures(db: Kysely<Tables>, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .selectFrom("features")
    .select("id")
    .where("id", "in", [...ids])
    .execute();
  return new Set(rows.map((row) => row.id));
}

export async function pageOfFeatures(database: Database, page: PageRequest): Promise<PageOf<FeatureRow>> {
  const query = database.writer.selectFrom("features").selectAll();
  return cutPage(await byKeyset(query, { time: "created_at", id: "id" }, page).execute(), page);
}
