import type { CreditTypeChange, CreditTypeInput } from "@credits-kit/contract";
import type { Kysely, Selectable } from "kysely";
import type { Database } from "../database.ts";
import { byKeyset, cutPage, type PageOf, type PageRequest } from "../keyset.ts";
import type { CreditTypesTable, Tables } from "../tables.ts";
import { archivedAt, isArchived } from "./archived.ts";

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

/** Changes what is given. @returns the credit type, or nothing if there is none */
export function updateCreditTypeRow(
  transaction: Kysely<Tables>,
  { id, change }: { id: string; change: CreditTypeChange },
): Promise<CreditTypeRow | undefined> {
  return transaction
    .updateTable("credit_types")
    .set({
      ...(change.name === undefined ? {} : { name: change.name }),
      ...(change.description === undefined ? {} : { description: change.description }),
      ...(change.unit === undefined
        ? {}
        : { unit_singular: change.unit.singular, unit_plural: change.unit.plural }),
      ...(change.symbol === undefined ? {} : { symbol: change.symbol }),
      ...asJson("low_balance_thresholds", change.lowBalanceThresholds),
      ...asJson("grant_usage_thresholds", change.grantUsageThresholds),
      ...asJson("tracked_dimensions", change.trackedDimensions),
    })
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirst();
}

function asJson<Column extends string>(column: Column, list: readonly string[] | undefined) {
  return list === undefined ? {} : { [column]: JSON.stringify(list) };
}

/**
 * The credit type, for whoever archives it: waits for those who are about to use it, and nobody begins to until this
 * transaction ends.
 */
export function lockCreditType(transaction: Kysely<Tables>, id: string): Promise<CreditTypeRow | undefined> {
  return transaction
    .selectFrom("credit_types")
    .selectAll()
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
}

/** Whether the credit type can be used; it then stays so until this transaction ends. */
export async function keepCreditTypeUsable(transaction: Kysely<Tables>, id: string): Promise<boolean> {
  const row = await transaction
    .selectFrom("credit_types")
    .select("id")
    .where("id", "=", id)
    .where("archived_at", "is", null)
    .forKeyShare()
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether the credit type can be used at this moment. */
export async function isCreditTypeUsable(db: Kysely<Tables>, id: string): Promise<boolean> {
  const row = await findCreditType(db, id);
  return row !== undefined && row.archived_at === null;
}

/** Archives a credit type, or brings it back. @returns the row, or nothing if there is none */
export function setCreditTypeArchived(
  transaction: Kysely<Tables>,
  { id, archived }: { id: string; archived: boolean },
): Promise<CreditTypeRow | undefined> {
  return transaction
    .updateTable("credit_types")
    .set({ archived_at: archivedAt(archived) })
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirst();
}

/** @param archived whether archived ones are wanted, or the others; undefined for both */
export async function pageOfCreditTypes(
  database: Database,
  archived: boolean | undefined,
  page: PageRequest,
): Promise<PageOf<CreditTypeRow>> {
  const query = database.writer.selectFrom("credit_types").selectAll().where(isArchived(archived));
  return cutPage(await byKeyset(query, { time: "created_at", id: "id" }, page).execute(), page);
}
