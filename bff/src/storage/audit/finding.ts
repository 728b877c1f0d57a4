import { type RawBuilder, sql, type SqlBool } from "kysely";
import { read, type Snapshot } from "./snapshot.ts";

/** The invariants of money, as the reliability document numbers them. */
export const INVARIANTS = [
  "I-1",
  "I-2",
  "I-3",
  "I-4",
  "I-5",
  "I-6",
  "I-7",
  "I-8",
  "I-9",
  "I-10",
  "I-11",
  "I-12",
  "I-13",
  "I-14",
  "I-16",
  "I-17",
  "I-18",
  "I-22",
  "I-27",
  "I-28",
] as const;
export type InvariantId = (typeof INVARIANTS)[number];

/** A place where an invariant does not hold. */
export interface Finding {
  readonly invariant: InvariantId;
  readonly customerId: string;
  /** Null where no pool is to blame: a command that points nowhere. */
  readonly poolNo: number | null;
  /** The first entry at which it shows; null where a stored state disagrees with all of them. */
  readonly seq: number | null;
  readonly detail: string;
}

/**
 * A run of customers, by id: all behind `after`, up to and including `until`; null is the end of the list. It is a
 * range rather than a list, so that rows of customers that should not be there are looked at too.
 */
export interface Slice {
  readonly after: string | null;
  readonly until: string | null;
  /** This customer alone. */
  readonly only?: string;
}

/** Bounds a `customer_id` to a slice. */
export function within(slice: Slice, column = "customer_id"): RawBuilder<SqlBool> {
  const id = sql.ref(column);
  if (slice.only !== undefined) return sql<SqlBool>`${id} = ${slice.only}::text`;
  const behind = slice.after === null ? sql<SqlBool>`true` : sql<SqlBool>`${id} > ${slice.after}::text`;
  return slice.until === null ? behind : sql<SqlBool>`${behind} and ${id} <= ${slice.until}::text`;
}

/** An amount in credits rather than millionths of them, for people to read. */
export function credits(column: string): RawBuilder<string> {
  return sql`trim_scale(${sql.ref(column)}::numeric / 1000000)`;
}

interface FindingRow {
  invariant: InvariantId;
  customer_id: string;
  pool_no: number | null;
  seq: string | null;
  detail: string;
}

/** Runs a check: it selects customer_id, pool_no, invariant, seq and detail. Of each pool, the first of each kind. */
export async function findFirst(snapshot: Snapshot, check: RawBuilder<unknown>): Promise<Finding[]> {
  const rows = await read(
    snapshot,
    sql<FindingRow>`
    select distinct on (customer_id, pool_no, invariant) customer_id, pool_no, invariant, seq, detail
    from (${check}) as found order by customer_id, pool_no, invariant, seq nulls last`,
  );
  return rows.map((row) => ({
    invariant: row.invariant,
    customerId: row.customer_id,
    poolNo: row.pool_no,
    seq: row.seq === null ? null : Number(row.seq),
    detail: row.detail,
  }));
}
