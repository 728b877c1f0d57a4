import {
  type RawBuilder,
  type ReferenceExpression,
  type SelectQueryBuilder,
  sql,
  type SqlBool,
} from "kysely";

/** Where a page begins: beside the row with this key and this id. */
export interface Position {
  /** What the list is ordered by, in digits. Of a time its microseconds since 1970: a Date would lose the last three. */
  readonly key: string;
  readonly id: string;
}

/** Asks for a page of a list: the rows behind (`next`) or before (`prev`) a position. */
export interface PageRequest {
  readonly limit: number;
  readonly from: { readonly direction: "next" | "prev"; readonly position: Position } | null;
}

/** A page in the order of its list, with the positions from which its neighbours are found. */
export interface PageOf<Row> {
  readonly rows: Row[];
  readonly next: Position | null;
  readonly prev: Position | null;
}

/** What orders a list: when a row was created, or a bigint that is never negative or null; among equals the id. */
export type KeysetOrder<DB, TB extends keyof DB> = {
  readonly id: ReferenceExpression<DB, TB> & string;
  /** The greatest, or newest, comes first unless this is set. */
  readonly isAscending?: boolean;
} & (
  | { readonly time: ReferenceExpression<DB, TB> & string }
  | { readonly number: RawBuilder<string | number | bigint> }
);

/** What `byKeyset` adds to each row; `cutPage` reads it. */
export interface KeysetRow {
  readonly keyset_key: string;
  readonly keyset_id: string;
}

/**
 * Orders and bounds a list's query, and asks for one row more than fits, which tells whether there is more. The query
 * must not be ordered or limited yet.
 */
export function byKeyset<DB, TB extends keyof DB, Row>(
  query: SelectQueryBuilder<DB, TB, Row>,
  order: KeysetOrder<DB, TB>,
  request: PageRequest,
) {
  const { from } = request;
  const isAscending = (order.isAscending ?? false) !== (from?.direction === "prev");
  const direction = sql.raw(isAscending ? "asc" : "desc");
  const key = "time" in order ? sql.ref(order.time) : order.number;
  const id = sql.ref(order.id);
  const bounded = from === null ? query : query.where(isBehind(order, from.position, isAscending));
  return bounded
    .select([
      sql<string>`${"time" in order ? microsOf(key) : sql`${key}::bigint`}::text`.as("keyset_key"),
      sql<string>`${id}::text`.as("keyset_id"),
    ])
    .orderBy(sql`${key} ${direction}, ${id} ${direction}`)
    .limit(request.limit + 1);
}

/** Makes the page of the rows that were found: one more than fits, turned round where the page was asked backwards. */
export function cutPage<Row extends KeysetRow>(found: readonly Row[], request: PageRequest): PageOf<Row> {
  const isBackwards = request.from?.direction === "prev";
  const isCut = found.length > request.limit;
  const rows = found.slice(0, request.limit);
  if (isBackwards) rows.reverse();
  const hasBefore = isBackwards ? isCut : request.from !== null;
  const hasBehind = isBackwards || isCut;
  return {
    rows,
    prev: hasBefore ? positionOf(rows.at(0)) : null,
    next: hasBehind ? positionOf(rows.at(-1)) : null,
  };
}

/** Rows of a page of which nobody reads the position; the embedded database works in this very event loop. */
const WALKED = { postgres: 500, pglite: 250 } as const;

/** Reads a list from its beginning to its end, page after page. */
export async function* pagesOf<Row>(
  engine: keyof typeof WALKED,
  read: (page: PageRequest) => Promise<PageOf<Row>>,
): AsyncGenerator<Row[]> {
  let from: PageRequest["from"] = null;
  do {
    const { rows, next }: PageOf<Row> = await read({ limit: WALKED[engine], from });
    if (rows.length > 0) yield rows;
    from = next && { direction: "next", position: next };
  } while (from !== null);
}

/** A time as `Position` writes it, as a bigint. */
export function microsOf(time: RawBuilder<unknown>): RawBuilder<string> {
  return sql<string>`(extract(epoch from ${time}) * 1000000)::bigint`;
}

/** The time that a position's key stands for. */
export function timeOf({ key }: Position): RawBuilder<Date> {
  return sql<Date>`(timestamptz 'epoch' + ${key}::bigint * interval '1 microsecond')`;
}

function positionOf(row: KeysetRow | undefined): Position | null {
  return row ? { key: row.keyset_key, id: row.keyset_id } : null;
}

function isBehind<DB, TB extends keyof DB>(
  order: KeysetOrder<DB, TB>,
  position: Position,
  isAscending: boolean,
) {
  const comparison = sql.raw(isAscending ? ">" : "<");
  const key = "time" in order ? sql.ref(order.time) : order.number;
  const value = "time" in order ? timeOf(position) : sql`${position.key}::bigint`;
  return sql<SqlBool>`(${key}, ${sql.ref(order.id)}) ${comparison} (${value}, ${position.id}::text)`;
}
