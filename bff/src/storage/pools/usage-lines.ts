import { type RawBuilder, sql } from "kysely";
import type { PoolsFilter } from "./pool-walk.ts";

/** What usage is broken down by. */
export type UsageGrouping =
  { readonly by: "feature" } | { readonly by: "user" } | { readonly by: "dimension"; readonly key: string };

/** A part of a bucket that sums cover. Times in milliseconds since 1970. */
export interface UsageSegment {
  /** The number of the bucket. */
  readonly bucket: number;
  /** The minutes that each sum stands for. */
  readonly grain: number;
  readonly from: number;
  readonly to: number;
}

/** Where usage is read from. */
export interface UsageSources {
  readonly segments: readonly UsageSegment[];
  /** Where the quarters of an hour begin that a boundary divides, in milliseconds: they are read entry by entry. */
  readonly cutQuarters: readonly number[];
}

/** What is read of whose usage. */
export interface UsageLinesRequest extends UsageSources {
  readonly pools: PoolsFilter;
  /** Where buckets begin and end, in the order of time. The first bucket has the number 1. */
  readonly boundaries: readonly number[];
  /** Up to three. */
  readonly groupBy: readonly UsageGrouping[];
}

/** How many values of a dimension a pool tells apart, as the function that moves sums does. */
const MOST_VALUES = 1_000;

/** Read from texts once, not for every row. */
const BOUNDARIES = sql`(select boundaries from asked)`;

/**
 * Members of a `with` clause, behind one that is called `pool`: \`line\` has the usage of these pools, each with the number
 * of its bucket \`n\` and what it is broken down by, \`g1\` to \`g3\`: a value behind a \`v\`, \`n\` for none, or \`o\` for those
 * that are not told apart. Sums come up to the marks, then entries.
 */
export function usageLines(request: UsageLinesRequest): RawBuilder<unknown> {
  const groupings = [0, 1, 2].map((index) => groupingAt(request, index));
  const told = (from: "rolled" | "single") => sql.join(groupings.map((grouping) => grouping[from]));
  const fresh = groupings.map((grouping) => grouping.fresh);
  const joins = groupings.map((grouping) => grouping.joins);
  return sql`asked as materialized (select ${timesOf(request.boundaries)} as boundaries), rolled as (${rolledUsage(request)}), tail as materialized (
      select ${sql.join([sql`s.*`, ...groupings.flatMap(({ value }) => value ?? [])])} from (${singleUsage(request)}) s
    ) ${sql.join(fresh, sql` `)}, line as (
      select r.n, ${told("rolled")}, r.credits, r.events
      from rolled r ${usersOf(request, "r")}
      union all
      select width_bucket(t.occurred_at, ${BOUNDARIES}), ${told("single")}, t.credits, t.events
      from tail t ${usersOf(request, "t")} ${sql.join(joins, sql` `)}
    )`;
}

/** Times as the database takes them. */
export function timesOf(times: readonly number[]): RawBuilder<unknown> {
  return sql`${times.map((time) => new Date(time).toISOString())}::text[]::timestamptz[]`;
}

/**
 * Sums up to the marks, bucket by bucket: each is a stretch of the index, and small. Sums by feature alone are fewer, so
 * they are used where they suffice.
 */
function rolledUsage({ segments, groupBy }: UsageLinesRequest): RawBuilder<unknown> {
  const has = (by: UsageGrouping["by"]) => groupBy.some((grouping) => grouping.by === by);
  const columns = [
    ...(has("feature") ? [sql.ref("r.feature_id")] : []),
    ...(has("user") ? [sql.ref("r.user_no")] : []),
    ...(has("dimension") ? [sql.ref("r.value_nos")] : []),
  ];
  const told = columns.map((column) => sql`${column}, `);
  return sql`
    select p.customer_id, p.pool_no, s.n, r.*
    from pool p
    cross join unnest(${segments.map(({ bucket }) => bucket)}::int[], ${segments.map(({ grain }) => grain)}::int[],
      ${timesOf(segments.map(({ from }) => from))}, ${timesOf(segments.map(({ to }) => to))})
      as s (n, grain, since, until)
    cross join lateral (
      select ${sql.join(told, sql``)} sum(r.credits) as credits, sum(r.events) as events
      from usage_rollups r
      where r.customer_id = p.customer_id and r.pool_no = p.pool_no
        and r.is_detail = ${has("user") || has("dimension")} and r.grain = s.grain
        and r.bucket >= s.since and r.bucket < s.until
      ${columns.length > 0 ? sql`group by ${sql.join(columns)}` : sql`having count(*) > 0`}
    ) r`;
}

/** Entries after the marks, and those of quarters of an hour that a boundary divides. */
function singleUsage({ cutQuarters }: UsageLinesRequest): RawBuilder<unknown> {
  const after = sql`
    select p.customer_id, p.pool_no, p.credit_type_id, u.*
    from pool p cross join lateral (
      select * from usage_lines(p.customer_id, p.pool_no, p.mark, p.seq) offset 0
    ) u`;
  if (cutQuarters.length === 0) return after;
  return sql`${after}
    union all
    select p.customer_id, p.pool_no, p.credit_type_id, u.*
    from pool p
    cross join lateral (
      select c.seqs from usage_cells c
      where c.customer_id = p.customer_id and c.pool_no = p.pool_no and c.bucket = any(${timesOf(cutQuarters)})
      offset 0
    ) c
    cross join lateral unnest(c.seqs) as part (seqs)
    cross join lateral (
      select * from usage_lines(p.customer_id, p.pool_no, lower(part.seqs) - 1, upper(part.seqs) - 1) offset 0
    ) u`;
}

/** How a grouping is told of a sum and of an entry, and which members of the \`with\` clause that takes. */
interface Told {
  readonly rolled: RawBuilder<unknown>;
  readonly single: RawBuilder<unknown>;
  readonly fresh: RawBuilder<unknown>;
  readonly joins: RawBuilder<unknown>;
  /** A column that entries get for it. */
  readonly value: RawBuilder<unknown> | null;
}

function groupingAt({ groupBy }: UsageLinesRequest, index: number): Told {
  const grouping = groupBy[index];
  const name = sql.ref(`g${index + 1}`);
  const named = (text: RawBuilder<unknown>) => sql`(${text}) collate "C" as ${name}`;
  const both = (of: (row: "r" | "t") => RawBuilder<unknown>): Told => ({
    rolled: named(of("r")),
    single: named(of("t")),
    fresh: sql``,
    joins: sql``,
    value: null,
  });
  switch (grouping?.by) {
    case undefined:
      return both(() => sql`'n'`);
    case "feature":
      return both((row) => {
        const feature = sql.ref(`${row}.feature_id`);
        return sql`case when ${feature} = '' then 'n' else 'v' || ${feature} end`;
      });
    case "user":
      return both(() => sql`coalesce('v' || x.user_id, 'n')`);
    case "dimension": {
      const told = dimensionAt(grouping.key, index);
      return { ...told, rolled: named(told.rolled), single: named(told.single) };
    }
  }
}

/** The names of users. Those who were forgotten have none, as usage without a user: they are one group. */
function usersOf({ groupBy }: UsageLinesRequest, row: "r" | "t"): RawBuilder<unknown> {
  if (!groupBy.some(({ by }) => by === "user")) return sql``;
  const column = (name: string) => sql.ref(`${row}.${name}`);
  return sql`left join customer_users x on x.customer_id = ${column("customer_id")} and x.user_no = ${column("user_no")}`;
}

/**
 * Values that are in no sum yet are told apart as far as there is room, in the order in which they came. An entry that is in
 * a sum, and whose value is not known, came when there was none: there never will be.
 */
function dimensionAt(key: string, index: number): Told {
  const value = sql.ref(`v${index + 1}`);
  const fresh = sql.ref(`fresh_${index + 1}`);
  const known = sql.ref(`known_${index + 1}`);
  const ofPool = (row: RawBuilder<unknown>) =>
    sql`${row}.customer_id = t.customer_id and ${row}.pool_no = t.pool_no`;
  const isKnown = (row: RawBuilder<unknown>) =>
    sql`${ofPool(row)} and ${row}.key = ${key}::text and not ${row}.is_other`;
  return {
    rolled: sql`coalesce((
      select case when v.is_other then 'o' else 'v' || v.value end from usage_values v
      where v.customer_id = r.customer_id and v.pool_no = r.pool_no and v.value_no = any(r.value_nos)
        and v.key = ${key}::text limit 1), 'n')`,
    single: sql`case when t.${value} is null then 'n'
      when ${known}.value_no is not null or ${fresh}.is_told then 'v' || t.${value} else 'o' end`,
    fresh: sql`, ${fresh} as materialized (
      select t.customer_id, t.pool_no, t.${value} as value,
        row_number() over (partition by t.customer_id, t.pool_no order by min(t.seq)) + (
          select count(*) from usage_values v where ${isKnown(sql`v`)}) <= ${sql.lit(MOST_VALUES)} as is_told
      from tail t
      where t.${value} is not null
        and not exists (select from usage_values v where ${isKnown(sql`v`)} and v.value = t.${value})
      group by t.customer_id, t.pool_no, t.${value}
    )`,
    joins: sql`left join usage_values ${known} on ${isKnown(known)} and ${known}.value = t.${value}
      left join ${fresh} on ${ofPool(fresh)} and ${fresh}.value = t.${value}`,
    value: sql`case when tracked_keys(s.credit_type_id, s.at) ? ${key}::text then s.dimensions ->> ${key}::text end as ${value}`,
  };
}
