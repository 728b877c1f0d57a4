import type { Kysely } from "kysely";
import type { Tables } from "../tables.ts";
import type { TopUpRow } from "./top-ups.ts";

/** By what purchases are known: the grants that they bought, or their own ids. */
export interface PurchaseNames {
  readonly grantIds: readonly string[];
  readonly topUpIds: readonly string[];
}

/** The purchases of one customer behind some grants, in one statement, whatever these are. */
export async function purchasesOf(
  db: Kysely<Tables>,
  customerId: string,
  { grantIds, topUpIds }: PurchaseNames,
): Promise<TopUpRow[]> {
  return db
    .selectFrom("top_ups")
    .selectAll()
    .where("customer_id", "=", customerId)
    .where(({ or, eb }) =>
      or([
        ...(grantIds.length > 0 ? [eb("grant_id", "in", grantIds)] : []),
        ...(topUpIds.length > 0 ? [eb("top_up_id", "in", topUpIds)] : []),
      ]),
    )
    .execute();
}
