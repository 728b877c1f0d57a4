import { type Kysely, sql } from "kysely";
import type { Tables } from "../tables.ts";

export interface DailyUsageRequest {
  readonly customerId: string;
  readonly poolNos: readonly number[];
  /** Midnights in UTC, in milliseconds since 1970; the second is not included. */
  readonly from: number;
  readonly to: number;
}

/** What a pool burned by UTC days. Times in milliseconds since 1970, amounts in micro-credits. */
export interface DailyUsage {
  readonly poolNo: number;
  /** When the pool began. */
  readonly since: number;
  /** Days on which something was burned; not in any order. */
  readonly days: readonly { readonly start: number; readonly used: bigint }[];
}

interface DailyRow {
  pool_no: number;
  since: string;
  days: [number, string][] | null;
}

/** Reads what some pools of a customer burned by days: the sums of days, and the few entries that are in none yet. */
export async function readDailyUsage(
  db: Kysely<Tables>,
  { customerId, poolNos, from, to }: DailyUsageRequest,
): Promise<DailyUsage[]> {
  const [since, until] = [new Date(from), new Date(to)];
  const { rows } = await sql<DailyRow>`
    with pool as materialized (
      select p.customer_id, p.pool_no, p.created_at, p.seq, coalesce(m.seq, 0) as mark
      from pools p
      left join usage_marks m on m.customer_id = p.customer_id and m.pool_no = p.pool_no
      where p.customer_id = ${customerId} and p.pool_no = any(${poolNos}::int[])
    ), line as (
      select p.pool_no, r.bucket as day, r.credits
      from pool p cross join lateral (
        select r.bucket, r.credits from usage_rollups r
        where r.customer_id = p.customer_id and r.pool_no = p.pool_no and not r.is_detail and r.grain = 1440
          and r.bucket >= ${since} and r.bucket < ${until}
      ) r
      union all
      select p.pool_no, date_trunc('day', u.occurred_at, 'UTC'), u.credits
      from pool p cross join lateral (
        select * from usage_lines(p.customer_id, p.pool_no, p.mark, p.seq) offset 0
      ) u
      where u.occurred_at >= ${since} and u.occurred_at < ${until}
    )
    select p.pool_no, floor(extract(epoch from p.created_at) * 1000)::bigint::text as since, (
        select json_agg(json_build_array(extract(epoch from d.day) * 1000, d.credits::text)) from (
          select day, sum(credits) as credits from line where line.pool_no = p.pool_no group by day
        ) d
      ) as days
    from pool p`.execute(db);
  return rows.map(({ pool_no, since: began, days }) => ({
    poolNo: pool_no,
    since: Number(began),
    days: (days ?? []).map(([start, credits]) => ({ start, used: BigInt(credits) })),
  }));
}
