import type { CreditTypeInput } from "@credits-kit/contract";
import type { Kysely, Selectable } from "kysely";
import type { Database } from "../database.ts";
import { byKeyset, cutPage, type PageOf, type PageRequest } from "../keyset.ts";
import type { CreditTypesTable, Tables } from "../tables.ts";

export type CreditTypeRow = Selectable<CreditTypesTable>;

/** Adds a credit type, unless its id is taken. */
export function insertCreditType(
  transaction: Kysely<Tables>,
  { id, input }: { id: string; input: CreditTypeInput },
): Promise<CreditTypeRow | undefined> {
  return transaction
    .insertInto("credit_types")
    .values({
      id,
      name: input.name,
      description: input.description ?? null,
      unit_singular: input.unit.singular,
      unit_plural: input.unit.plural,
      symbol: input.symbol ?? null,
      low_balance_thresholds: JSON.stringify(input.lowBalanceThresholds ?? []),
      grant_usage_thresholds: JSON.stringify(input.grantUsageThresholds ?? []),
      tracked_dimensions: JSON.stringify(input.trackedDimensions ?? []),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
}

export function findCreditType(db: Kysely<Tables>, id: string): Promise<CreditTypeRow | undefined> {
  return db.selectFrom("credit_types").selectAll().where("id", "=", id).executeTakeFirst();
}

export async function pageOfCreditTypes(
  database: Database,
  page: PageRequest,
): Promise<PageOf<CreditTypeRow>> {
  const query = database.writer.selectFrom("credit_types").selectAll();
  return cutPage(await byKeyset(query, { time: "created_at", id: "id" }, page).execute(), page);
}
