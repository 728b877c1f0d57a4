import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Tables } from "../tables.ts";
import { arePools } from "./pool-walk.ts";
import { timesOf, usageLines, type UsageLinesRequest } from "./usage-lines.ts";

/** Which series are read. */
export interface UsageRequest extends UsageLinesRequest {
  /** The number of the bucket that nobody asks for: what lies between two periods. Zero for none. */
  readonly gap: number;
  /** The first bucket of the period by which series are ordered. */
  readonly first: number;
  /** So many series at most, those with the most usage; all others are one. */
  readonly top: number;
}

/** One thing that usage is broken down by: a value, nothing (\`none\`), or all values that are not told apart. */
export interface UsageGroup {
  readonly kind: "value" | "none" | "other";
  readonly value: string;
  /** What a feature is called, where it is one that is known. */
  readonly name: string | null;
}

/** Usage of a bucket. Amounts are whole micro-credits. */
export interface UsagePoint {
  readonly bucket: number;
  readonly credits: bigint;
  readonly events: number;
}

/** A series: what it is of, and the buckets in which there is usage. */
export interface UsageSeries {
  readonly groups: readonly UsageGroup[];
  readonly points: readonly UsagePoint[];
}

/**
 * The largest series, in that order, and all usage there is, of those that are not among them too; or why that cannot be
 * told: a boundary lies within a quarter of an hour that is archived.
 */
export type UsageRead =
  | { readonly kind: "series"; readonly series: readonly UsageSeries[]; readonly all: readonly UsagePoint[] }
  | { readonly kind: "archived" };

interface SeriesRow {
  kind: "series" | "all" | "archived";
  g1: string | null;
  g2: string | null;
  g3: string | null;
  n1: string | null;
  n2: string | null;
  n3: string | null;
  points: [number, string, number][] | null;
}

const GROUPS = ["g1", "g2", "g3"] as const;

/**
 * Sums up usage in one statement, so that all of it belongs to one moment: sums up to each pool's mark, and the entries
 * after it. It does not matter how far the marks are.
 */
export async function readUsage(db: Kysely<Tables>, request: UsageRequest): Promise<UsageRead> {
  const { pools, boundaries, gap, first, groupBy, top, cutQuarters } = request;
  const g = sql.join(GROUPS.map((name) => sql.ref(name)));
  const isOverflow = sql.join(
    GROUPS.map((name) => sql`${sql.ref(name)} = 'o'`),
    sql` or `,
  );
  const points = sql`json_agg(json_build_array(n, credits::text, events))`;
  const { rows } = await sql<SeriesRow>`
    with pool as materialized (
      select p.customer_id, p.pool_no, p.credit_type_id, p.seq, coalesce(m.seq, 0) as mark
      from pools p
      left join usage_marks m on m.customer_id = p.customer_id and m.pool_no = p.pool_no
      where ${arePools(pools)}
    ), ${usageLines(request)}, grouped as materialized (
      select n, ${g}, sum(credits) as credits, sum(events) as events from line
      where n between 1 and ${boundaries.length - 1}::int and n <> ${gap}::int
      group by n, ${g}
    ), ranked as (
      select ${g}, ${points} as points, row_number() over (order by ${isOverflow},
        coalesce(sum(credits) filter (where n >= ${first}::int), 0) desc, sum(credits) desc, ${g}) as place
      from grouped group by ${g} having bool_or(credits <> 0 or events <> 0)
    ), named as (
      select 'series' as kind, ${g}, ${sql.join([0, 1, 2].map((index) => nameOf(request, index)))}, points, place
      from ranked where place <= ${top}::int
    )
    select * from named
    union all
    select 'all', null, null, null, null, null, null, ${points}, null from (
      select n, sum(credits) as credits, sum(events) as events from grouped group by n
    ) summed
    union all
    select 'archived', null, null, null, null, null, null, null, null where ${isCutInArchive(cutQuarters)}
    order by place`.execute(db);
  if (rows.some(({ kind }) => kind === "archived")) return { kind: "archived" };
  const series = rows.filter(({ kind }) => kind === "series");
  return {
    kind: "series",
    series: series.map((row) => ({ groups: toGroups(row, groupBy.length), points: toPoints(row) })),
    all: rows.filter(({ kind }) => kind === "all").flatMap(toPoints),
  };
}

/** What a feature is called; nobody else has another name than the one that tells it apart. */
function nameOf({ groupBy }: UsageRequest, index: number): RawBuilder<unknown> {
  const name = sql.ref(`n${index + 1}`);
  if (groupBy[index]?.by !== "feature") return sql`null::text as ${name}`;
  const group = sql.ref(`g${index + 1}`);
  return sql`(select f.name from features f where f.id = substr(${group}, 2)) as ${name}`;
}

/** Whether a quarter that is to be divided has entries that are no longer in the ledger. */
function isCutInArchive(cutQuarters: readonly number[]): RawBuilder<unknown> {
  if (cutQuarters.length === 0) return sql`false`;
  return sql`exists (
    select from pool p
    cross join lateral (
      select max(k.seq) as seq from ledger_checkpoints k where k.customer_id = p.customer_id and k.pool_no = p.pool_no
    ) archived
    cross join lateral (
      select * from usage_cells c
      where c.customer_id = p.customer_id and c.pool_no = p.pool_no and c.bucket = any(${timesOf(cutQuarters)})
      offset 0
    ) c
    where c.seqs && int8range(1, archived.seq, '[]') and archived.seq is not null)`;
}

function toPoints({ points }: SeriesRow): UsagePoint[] {
  return (points ?? []).map(([bucket, credits, events]) => ({ bucket, credits: BigInt(credits), events }));
}

function toGroups({ g1, g2, g3, n1, n2, n3 }: SeriesRow, count: number): UsageGroup[] {
  const names = [n1, n2, n3];
  return [g1, g2, g3]
    .slice(0, count)
    .map((text, index) => ({ ...toGroup(text ?? "n"), name: names[index] ?? null }));
}

function toGroup(text: string): Pick<UsageGroup, "kind" | "value"> {
  const value = text.slice(1);
  if (text.startsWith("v")) return { kind: "value", value };
  return { kind: text === "o" ? "other" : "none", value };
}
