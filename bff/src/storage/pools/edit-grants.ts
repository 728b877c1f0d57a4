import { idArray, numberArray, textArray, timeArray } from "./array-literal.ts";
import { type Connection, run, statement } from "./connection.ts";

/** What of a grant is no money: whole, as it is after the change. */
export interface GrantEdit {
  readonly customerId: string;
  readonly poolNo: number;
  readonly key: number;
  readonly reason: string | null;
  readonly externalReference: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly updatedAt: number;
}

const EDIT = statement(`
  update grants g set reason = e.reason, external_reference = e.external_reference, metadata = e.metadata::jsonb,
    updated_at = e.updated_at
  from unnest($1::text[], $2::int[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::timestamptz[])
    as e (customer_id, pool_no, key, reason, external_reference, metadata, updated_at)
  where g.customer_id = e.customer_id and g.pool_no = e.pool_no and g.key = e.key`);

/** Writes what changed of grants besides their terms and amounts. The customers must be locked; a grant is named once. */
export function editGrants(connection: Connection, edits: readonly GrantEdit[]) {
  return run(connection, EDIT, [
    idArray(edits.map((edit) => edit.customerId)),
    numberArray(edits.map((edit) => edit.poolNo)),
    numberArray(edits.map((edit) => edit.key)),
    textArray(edits.map((edit) => edit.reason)),
    textArray(edits.map((edit) => edit.externalReference)),
    textArray(edits.map((edit) => JSON.stringify(edit.metadata))),
    timeArray(edits.map((edit) => edit.updatedAt)),
  ]);
}
