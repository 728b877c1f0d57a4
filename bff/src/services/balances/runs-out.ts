import type { BalanceRow } from "../../storage/pools/read-balances.ts";
import { type DailyUsage, readDailyUsage } from "../../storage/pools/read-daily-usage.ts";
import type { Database } from "../../storage/database.ts";
import type { Deps } from "../call.ts";
import { completeDays } from "../forecast/complete-days.ts";
import { computeForecast } from "../forecast/compute.ts";
import { AnswerCache } from "../usage/answer-cache.ts";
import { isLow, type RunsOut } from "./view.ts";

const DAY_MS = 86_400_000;
/** How far back the pace is looked for, as forecasts do. */
const DAYS = 30;
/** Days that are over hardly change, and a low pool's balance with every use. */
const KEEP = { customers: 1_000, answersEach: 2, ttlMs: 60_000 };

/** What days that are over burned, by the database it was read from and the clock of who read from it first. */
const kept = new WeakMap<Database, AnswerCache<DailyUsage[]>>();

/** Says when low pools run out if they are burned as they were, by the forecast's method. One statement, or none. */
export async function findRunsOut(
  deps: Pick<Deps, "database"> & Partial<Pick<Deps, "now">>,
  customerId: string,
  rows: readonly BalanceRow[],
): Promise<RunsOut> {
  const low = rows.filter((row) => row.pool_no !== null && availableOf(row) > 0n && isLow(row));
  const [first] = low;
  if (!first) return new Map();
  const now = first.as_of.getTime();
  const to = Math.floor(now / DAY_MS) * DAY_MS;
  const from = to - DAYS * DAY_MS;
  const poolNos = low.flatMap(({ pool_no }) => pool_no ?? []);
  const usage = await keptOf(deps).read(customerId, JSON.stringify([to, poolNos]), () =>
    readDailyUsage(deps.database.writer, { customerId, poolNos, from, to }),
  );
  return new Map(
    low.flatMap((row) => {
      const of = usage.find(({ poolNo }) => poolNo === row.pool_no);
      const daily = of ? daysOf(of, from) : [];
      const { runsOutAt } = computeForecast({ daily, available: availableOf(row), now });
      return runsOutAt ? [[row, runsOutAt.likely] as const] : [];
    }),
  );
}

function keptOf({ database, now = Date.now }: Parameters<typeof findRunsOut>[0]): AnswerCache<DailyUsage[]> {
  const found = kept.get(database) ?? new AnswerCache<DailyUsage[]>({ ...KEEP, now });
  kept.set(database, found);
  return found;
}

/** What each day burned, the oldest first, without a gap. */
function daysOf({ since, days }: DailyUsage, from: number): bigint[] {
  const used = new Map(days.map((day) => [day.start, day.used]));
  const all = Array.from({ length: DAYS }, (_, index) => {
    const start = from + index * DAY_MS;
    return { start, used: used.get(start) ?? 0n };
  });
  return completeDays(all, since).map((day) => day.used);
}

function availableOf({ balance, held }: BalanceRow): bigint {
  return BigInt(balance) - BigInt(held);
}
