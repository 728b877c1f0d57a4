import { idArray } from "./array-literal.ts";
import { type Connection, run, statement } from "./connection.ts";
import { HOLD_RECORD_COLUMNS, type HoldRecord, type HoldRecordRow, toHoldRecord } from "./hold-record.ts";

/** A hold that a command is about, and the number of the last entry of its pool. */
export interface FoundHold {
  readonly record: HoldRecord;
  readonly poolSeq: number;
}

const FIND = statement<HoldRecordRow & { n: string; pool_seq: string }>(`
  select q.n, p.seq as pool_seq, ${HOLD_RECORD_COLUMNS}
  from unnest($1::text[], $2::text[]) with ordinality as q (customer_id, hold_id, n)
  cross join lateral (
    select * from holds h where h.customer_id = q.customer_id and h.hold_id = q.hold_id limit 1
  ) h
  cross join lateral (
    select * from pools p where p.customer_id = h.customer_id and p.pool_no = h.pool_no limit 1
  ) p
  left join lateral (
    select * from customer_users u where u.customer_id = h.customer_id and u.user_no = h.user_no limit 1
  ) u on true`);

/** Looks holds up by their ids, by position in the list; unknown ones are absent. */
export async function findHolds(
  connection: Connection,
  asked: readonly { readonly customerId: string; readonly holdId: string }[],
): Promise<Map<number, FoundHold>> {
  const rows = await run(connection, FIND, [
    idArray(asked.map((each) => each.customerId)),
    idArray(asked.map((each) => each.holdId)),
  ]);
  return new Map(
    rows.map((row) => [Number(row.n) - 1, { record: toHoldRecord(row), poolSeq: Number(row.pool_seq) }]),
  );
}
