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

/** A series. Amounts are whole micro-credits. */
export interface UsageSeries {
  /** What it is of; null for the rest. */
  readonly groups: readonly UsageGroup[] | null;
  /** Buckets with usage, by their number. */
  readonly points: readonly { readonly bucket: number; readonly credits: bigint; readonly events: number }[];
}

/** Series of usage, the largest first; or why they cannot be told: a boundary lies in a part that is archived. */
export type UsageRead =
  { readonly kind: "series"; readonly series: readonly UsageSeries[] } | { readonly kind: "archived" };

interface SeriesRow {
  rank: string | null;
  g1: string | null;
  g2: string | null;
  g3: string | null;
  n1: string | null;
  n2: string | null;
  n3: string | null;
  points: [number, string, number][] | null;
}

const NAMES = ["g1", "g2", "g3"] as const;

/**
 * Sums up usage in one statement, so that all of it belongs to one moment: sums up to each pool's mark, and the entries
 * after it. It does not matter how far the marks are.
 */
export async function readUsage(db: Kysely<Tables>, request: UsageRequest): Promise<UsageRead> {
  const { pools, boundaries, gap, first, groupBy, top, cutQuarters } = request;
  const g = sql.join(NAMES.map((name) => sql.ref(name)));
  const isFeature = (index: number) => groupBy[index]?.by === "feature";
  const nameOf = (index: number) =>
    isFeature(index)
      ? sql`(select f.name from features f where f.id = substr(${sql.ref(`s.g${index + 1}`)}, 2))`
      : sql`null::text`;
  const isOverflow = sql.join(
    NAMES.map((name) => sql`${sql.ref(name)} = 'o'`),
    sql` or `,
  );
  const { rows } = await sql<SeriesRow>`
    with pool as materialized (
      select p.customer_id, p.pool_no, p.credit_type_id, p.seq, coalesce(m.seq, 0) as mark
      from pools p
      left join usage_marks m on m.customer_id = p.customer_id and m.pool_no = p.pool_no
      where ${arePools(pools)}
    ), ${usageLines(request)}, grouped as (
      select n, ${g}, sum(credits) as credits, sum(events) as events from line
      where n between 1 and ${boundaries.length - 1}::int and n <> ${gap}::int
      group by n, ${g}
    ), ranked as (
      select ${g}, row_number() over (order by ${isOverflow},
        coalesce(sum(credits) filter (where n >= ${first}::int), 0) desc, sum(credits) desc, ${g}) as place
      from grouped group by ${g} having bool_or(credits <> 0 or events <> 0)
    ), chosen as (
      select case when place <= ${top}::int then place end as rank, r.g1, r.g2, r.g3 from ranked r
    ), series as (
      select c.rank, case when c.rank is not null then x.g1 end as g1, case when c.rank is not null then x.g2 end as g2,
        case when c.rank is not null then x.g3 end as g3, x.n, sum(x.credits) as credits, sum(x.events) as events
      from chosen c join grouped x on x.g1 = c.g1 and x.g2 = c.g2 and x.g3 = c.g3
      group by 1, 2, 3, 4, 5
    )
    select s.rank, s.g1, s.g2, s.g3, ${nameOf(0)} as n1, ${nameOf(1)} as n2, ${nameOf(2)} as n3,
      json_agg(json_build_array(s.n, s.credits::text, s.events)) as points
    from series s group by s.rank, s.g1, s.g2, s.g3
    union all
    select 0, null, null, null, null, null, null, null where ${isCutInArchive(cutQuarters)}
    order by rank nulls last`.execute(db);
  if (rows[0]?.points === null) return { kind: "archived" };
  return { kind: "series", series: rows.map((row) => toSeries(row, groupBy.length)) };
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

function toSeries(row: SeriesRow, count: number): UsageSeries {
  const points = (row.points ?? []).map(([bucket, credits, events]) => ({
    bucket,
    credits: BigInt(credits),
    events,
  }));
  if (row.rank === null) return { groups: null, points };
  const names = [row.n1, row.n2, row.n3];
  const groups = [row.g1, row.g2, row.g3].slice(0, count).map((text, index) => ({
    ...toGroup(text ?? "n"),
    name: names[index] ?? null,
  }));
  return { groups, points };
}

function toGroup(text: string): Pick<UsageGroup, "kind" | "value"> {
  const value = text.slice(1);
  if (text.startsWith("v")) return { kind: "value", value };
  return { kind: text === "o" ? "other" : "none", value };
}
