import { sql } from "kysely";
import { own, type Plant } from "./plant.ts";

const summed = { invariant: "I-27", seq: null, isSummed: true, alone: true } as const;

/** The one sum that is changed: the first of its shape. */
const first = (id: string, isDetail: boolean, grain: number) => sql`ctid = (
  select ctid from usage_rollups where ${own(id)} and is_detail = ${isDetail} and grain = ${grain}
  order by bucket, feature_id, user_no limit 1)`;

/** Sums of usage that are not what the entries say, and marks and claims that are not true. */
export const usage: readonly Plant[] = [
  ...[15, 60, 360, 1_440].flatMap((grain) =>
    [false, true].map((isDetail): Plant => ({
      ...summed,
      what: `a sum over ${grain} minutes ${isDetail ? "in detail" : "by feature"} that is too large`,
      corrupt: (id) =>
        sql`update usage_rollups set credits = credits + 1 where ${first(id, isDetail, grain)}`,
    })),
  ),
  {
    ...summed,
    what: "a sum of one event too many",
    corrupt: (id) => sql`update usage_rollups set events = events + 1 where ${first(id, false, 15)}`,
  },
  {
    ...summed,
    what: "sums that are not there",
    corrupt: (id) => sql`
      delete from usage_rollups where ${own(id)} and bucket = (
        select min(bucket) from usage_rollups where ${own(id)} and grain = 15)`,
  },
  {
    ...summed,
    what: "usage of one feature that is summed up as another's",
    corrupt: (id) => sql`update usage_rollups set feature_id = 'forged' where ${own(id)} and bucket = (
      select min(bucket) from usage_rollups where ${own(id)} and grain = 15) and grain = 15`,
  },
  {
    ...summed,
    what: "usage of one user that is summed up as another's",
    corrupt: (id) => sql`update usage_rollups set user_no = 77 where ${own(id)} and is_detail`,
  },
  {
    ...summed,
    what: "a value of a dimension that nobody used",
    corrupt: (id) => sql`update usage_rollups set value_nos = '{1}' where ${own(id)} and is_detail`,
  },
  {
    ...summed,
    what: "a quarter of an hour that claims an entry which is not of it",
    corrupt: (id) => sql`
      update usage_cells set seqs = seqs + '{[1000,1001)}' where ${own(id)} and bucket = (
        select min(bucket) from usage_cells where ${own(id)})`,
  },
  {
    ...summed,
    what: "a quarter of an hour that nobody claims",
    corrupt: (id) => sql`
      delete from usage_cells where ${own(id)} and bucket = (select max(bucket) from usage_cells where ${own(id)})`,
  },
  {
    ...summed,
    what: "a mark before what is summed up",
    corrupt: (id) => sql`update usage_marks set seq = 2, from_seq = 0 where ${own(id)}`,
  },
  {
    ...summed,
    what: "a mark past the last entry",
    seq: 14,
    corrupt: (id) => sql`update usage_marks set seq = seq + 1 where ${own(id)}`,
  },
];
