import type { Usage, UsageInterval } from "@credits-kit/contract";
import { MAX_USAGE_BUCKETS, MAX_USAGE_SERIES } from "@credits-kit/contract";
import type { ServiceError } from "../../errors.ts";
import { fieldError } from "../../field-errors.ts";
import { readUsage } from "../../storage/pools/read-usage.ts";
import type { UsageGrouping } from "../../storage/pools/usage-lines.ts";
import type { Deps } from "../call.ts";
import { type Account, findAccount, type UsageOf } from "./account.ts";
import { currentPeriod, type Period, previousPeriod } from "./period.ts";
import { sourcesOf } from "./sources.ts";
import { toUsage } from "./view.ts";

/** How usage is asked for. Times in milliseconds since 1970. */
export interface UsageQuery extends UsageOf {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly interval?: UsageInterval | undefined;
  readonly timeZone?: string | undefined;
  readonly groupBy?: readonly string[] | undefined;
  readonly top?: number | undefined;
  readonly compare?: "previous" | undefined;
}

/** What an answer may hold at most, where nobody asks for less. */
export interface UsageBounds {
  readonly buckets: number;
  readonly series: number;
}

const SERVER: UsageBounds = { buckets: MAX_USAGE_BUCKETS, series: MAX_USAGE_SERIES };

/**
 * A customer's usage over time: exact at the moment of asking, whatever has been summed up by then.
 * @throws ServiceError `not_found` for an unknown customer; `validation_failed` for a range that is empty, has too many
 * buckets, or begins or ends within a quarter of an hour that is archived
 */
export async function readUsageSeries(deps: Pick<Deps, "database">, query: UsageQuery): Promise<Usage> {
  return readUsageOf(deps, await findAccount(deps, query), { query, bounds: SERVER });
}

/** The same, of an account that was found, within bounds. */
export async function readUsageOf(
  { database }: Pick<Deps, "database">,
  account: Account,
  { query, bounds }: { query: Omit<UsageQuery, "customerId">; bounds: UsageBounds },
): Promise<Usage> {
  const { interval = "day", timeZone = "UTC", groupBy = [], top = bounds.series } = query;
  const asked = { from: query.from, to: query.to, interval, timeZone, mostBuckets: bounds.buckets };
  const current = currentPeriod(asked, account.now);
  const previous = query.compare === "previous" ? previousPeriod(current, asked) : null;
  const { boundaries, gap, first } = inOneRow(current, previous);
  const { customerId, resourceId, creditTypeId } = account;
  const read = await readUsage(database.writer, {
    pools: { customerId, resourceId, creditTypeId: creditTypeId ?? undefined },
    ...sourcesOf(boundaries, gap),
    ...{ boundaries, gap, first, top },
    groupBy: groupBy.map(toGrouping),
  });
  if (read.kind === "archived") throw notOnQuarter(query);
  return toUsage(read, {
    ...{ current, previous, first, interval, timeZone, groupBy, creditTypeId },
    resourceId: query.resourceId ?? null,
  });
}

/** The boundaries of both periods as one row: bucket numbers of the current one begin at `first`, between them a gap may lie. */
function inOneRow(current: Period, previous: Period | null) {
  if (!previous) return { boundaries: current.boundaries, gap: 0, first: 1 };
  const touching = previous.to === current.from;
  const before = touching ? previous.boundaries.slice(0, -1) : previous.boundaries;
  return {
    boundaries: [...before, ...current.boundaries],
    gap: touching ? 0 : before.length,
    first: before.length + 1,
  };
}

function toGrouping(text: string): UsageGrouping {
  if (text === "feature" || text === "user") return { by: text };
  return { by: "dimension", key: text.slice("dimension:".length) };
}

function notOnQuarter({ from }: Pick<UsageQuery, "from">): ServiceError {
  const path = from === undefined ? "to" : "from";
  return fieldError(
    path,
    "lies in archived history, which is known by quarters of an hour: ask from and to one",
  );
}
