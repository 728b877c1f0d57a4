import { idArray, numberArray } from "./array-literal.ts";
import { type Connection, run, statement } from "./connection.ts";
import {
  GRANT_RECORD_COLUMNS,
  type GrantRecord,
  type GrantRecordRow,
  toGrantRecord,
} from "./grant-record.ts";

/** A grant that a command is about, and the number of the last entry of its pool. */
export interface FoundGrant {
  readonly record: GrantRecord;
  readonly poolSeq: number;
}

const FIND = statement<GrantRecordRow & { n: string; pool_seq: string }>(`
  select q.n, p.seq as pool_seq, ${GRANT_RECORD_COLUMNS}
  from unnest($1::text[], $2::text[]) with ordinality as q (customer_id, grant_id, n)
  cross join lateral (
    select * from grants g where g.customer_id = q.customer_id and g.grant_id = q.grant_id limit 1
  ) g
  cross join lateral (
    select * from grant_balances b where b.customer_id = g.customer_id and b.pool_no = g.pool_no and b.key = g.key limit 1
  ) b
  cross join lateral (
    select * from pools p where p.customer_id = g.customer_id and p.pool_no = g.pool_no limit 1
  ) p`);

/** Looks grants up by their ids, by position in the list; unknown ones are absent. */
export async function findGrants(
  connection: Connection,
  asked: readonly { readonly customerId: string; readonly grantId: string }[],
): Promise<Map<number, FoundGrant>> {
  const rows = await run(connection, FIND, [
    idArray(asked.map((each) => each.customerId)),
    idArray(asked.map((each) => each.grantId)),
  ]);
  return new Map(
    rows.map((row) => [Number(row.n) - 1, { record: toGrantRecord(row), poolSeq: Number(row.pool_seq) }]),
  );
}

const FIND_BY_KEY = statement<GrantRecordRow>(`
  select ${GRANT_RECORD_COLUMNS}
  from unnest($1::text[], $2::int[], $3::bigint[]) as q (customer_id, pool_no, key)
  cross join lateral (
    select * from grants g where g.customer_id = q.customer_id and g.pool_no = q.pool_no and g.key = q.key limit 1
  ) g
  cross join lateral (
    select * from grant_balances b where b.customer_id = q.customer_id and b.pool_no = q.pool_no and b.key = q.key limit 1
  ) b
  cross join lateral (
    select * from pools p where p.customer_id = q.customer_id and p.pool_no = q.pool_no limit 1
  ) p`);

/** Reads grants by their keys; those that are not there are absent. */
export async function readGrantsByKey(
  connection: Connection,
  asked: readonly { readonly customerId: string; readonly poolNo: number; readonly key: number }[],
): Promise<GrantRecord[]> {
  const rows = await run(connection, FIND_BY_KEY, [
    idArray(asked.map((each) => each.customerId)),
    numberArray(asked.map((each) => each.poolNo)),
    numberArray(asked.map((each) => each.key)),
  ]);
  return rows.map(toGrantRecord);
}
