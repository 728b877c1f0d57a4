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

/** The rows of a page. The query must not be ordered or limited yet; the filters of every page must be the same. */
export async function fetchPage<DB, TB extends keyof DB, Row>(
  query: SelectQueryBuilder<DB, TB, Row>,
  columns: KeysetColumns<DB, TB>,
  request: PageRequest,
): Promise<PageOf<Row>> {
  const backwards = request.from?.direction === "prev";
  const order = sql.raw(backwards ? "asc" : "desc");
  const time = sql.ref(columns.time);
  const id = sql.ref(columns.id);
  const bounded = request.from === null ? query : query.where(behind(columns, request.from));
  const found: Row[] = [];
  const positions: Position[] = [];
  const rows = await bounded
    .select([
      sql<string>`(extract(epoch from ${time}) * 1000000)::bigint::text`.as("keyset_micros"),
      sql<string>`${id}::text`.as("keyset_id"),
    ])
    .orderBy(sql`${time} ${order}, ${id} ${order}`)
    .limit(request.limit + 1)
    .execute();
  for (const { keyset_micros: micros, keyset_id: keysetId, ...row } of rows.slice(0, request.limit)) {
    found.push(row);
    positions.push({ micros, id: keysetId });
  }
  const more = rows.length > request.limit;
  if (backwards) {
    found.reverse();
    positions.reverse();
  }
  const hasNewer = request.from !== null && (backwards ? more : true);
  const hasOlder = backwards || more;
  return {
    rows: found,
    prev: hasNewer ? (positions.at(0) ?? null) : null,
    next: hasOlder ? (positions.at(-1) ?? null) : null,
  };
}

function behind<DB, TB extends keyof DB>(
  columns: KeysetColumns<DB, TB>,
  { direction, position }: NonNullable<PageRequest["from"]>,
) {
  const comparison = sql.raw(direction === "prev" ? ">" : "<");
  const time = sql`timestamptz 'epoch' + ${position.micros}::bigint * interval '1 microsecond'`;
  return sql<SqlBool>`(${sql.ref(columns.time)}, ${sql.ref(columns.id)}) ${comparison} (${time}, ${position.id}::text)`;
}
