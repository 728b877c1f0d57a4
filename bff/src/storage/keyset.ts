import { type ReferenceExpression, type SelectQueryBuilder, sql, type SqlBool } from "kysely";

/** Where a page begins: behind the row that was created then and has this id. */
export interface Position {
  /** Microseconds since 1970, in digits: a Date would lose the last three of them. */
  readonly micros: string;
  readonly id: string;
}

/** Asks for a page of a list, newest first: the rows older (`next`) or newer (`prev`) than a position. */
export interface PageRequest {
  readonly limit: number;
  readonly from: { readonly direction: "next" | "prev"; readonly position: Position } | null;
}

/** A page, newest first, with the positions from which its neighbours are found. */
export interface PageOf<Row> {
  readonly rows: Row[];
  readonly next: Position | null;
  readonly prev: Position | null;
}

/** The columns that order a list: when a row was created, and its id. */
export interface KeysetColumns<DB, TB extends keyof DB> {
  readonly time: ReferenceExpression<DB, TB> & string;
  readonly id: ReferenceExpression<DB, TB> & string;
}

/** What `byKeyset` adds to each row; `cutPage` reads it. */
interface KeysetRow {
  readonly keyset_micros: string;
  readonly keyset_id: string;
}

/**
 * Orders and bounds a list's query, and asks for one row more than fits, which tells whether there is more. The query
 * must not be ordered or limited yet.
 */
export function byKeyset<DB, TB extends keyof DB, Row>(
  query: SelectQueryBuilder<DB, TB, Row>,
  columns: KeysetColumns<DB, TB>,
  request: PageRequest,
) {
  const order = sql.raw(request.from?.direction === "prev" ? "asc" : "desc");
  const time = sql.ref(columns.time);
  const id = sql.ref(columns.id);
  const bounded = request.from === null ? query : query.where(behind(columns, request.from));
  return bounded
    .select([
      sql<string>`(extract(epoch from ${time}) * 1000000)::bigint::text`.as("keyset_micros"),
      sql<string>`${id}::text`.as("keyset_id"),
    ])
    .orderBy(sql`${time} ${order}, ${id} ${order}`)
    .limit(request.limit + 1);
}

/** Makes the page of the rows that `byKeyset` found. */
export function cutPage<Row extends KeysetRow>(found: readonly Row[], request: PageRequest): PageOf<Row> {
  const backwards = request.from?.direction === "prev";
  const more = found.length > request.limit;
  const rows = found.slice(0, request.limit);
  if (backwards) rows.reverse();
  const hasNewer = backwards ? more : request.from !== null;
  const hasOlder = backwards || more;
  return {
    rows,
    prev: hasNewer ? positionOf(rows.at(0)) : null,
    next: hasOlder ? positionOf(rows.at(-1)) : null,
  };
}

function positionOf(row: KeysetRow | undefined): Position | null {
  return row ? { micros: row.keyset_micros, id: row.keyset_id } : null;
}

function behind<DB, TB extends keyof DB>(
  columns: KeysetColumns<DB, TB>,
  { direction, position }: NonNullable<PageRequest["from"]>,
) {
  const comparison = sql.raw(direction === "prev" ? ">" : "<");
  const time = sql`timestamptz 'epoch' + ${position.micros}::bigint * interval '1 microsecond'`;
  return sql<SqlBool>`(${sql.ref(columns.time)}, ${sql.ref(columns.id)}) ${comparison} (${time}, ${position.id}::text)`;
}
