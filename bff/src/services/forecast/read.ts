import { formatCredits, parseSum } from "@credits-kit/amounts";
import type { Forecast } from "@credits-kit/contract";
import { readBalances } from "../../storage/pools/read-balances.ts";
import { settleDue } from "../balances/settle-due.ts";
import type { Call, Deps } from "../call.ts";
import { type Account, findAccount, type UsageOf } from "../usage/account.ts";
import { startOfDay } from "../usage/period.ts";
import { readUsageOf } from "../usage/read.ts";
import { completeDays } from "./complete-days.ts";
import { computeForecast, HORIZON_DAYS, RANGE_PERCENT } from "./compute.ts";

/** How a forecast is asked for. */
export interface ForecastQuery extends UsageOf {
  readonly timeZone?: string | undefined;
  /** How many days it looks back. */
  readonly days?: number | undefined;
}

/** What forecasts stand on. */
export type ForecastDeps = Pick<Deps, "database" | "pools">;

const DAYS = 30;

/**
 * Says when a customer's credits run out if they are burned as they were, and how that was worked out.
 * @throws ServiceError `not_found` for an unknown customer; `validation_failed` where credits of several types would have
 * to be added up
 */
export async function readForecast(deps: ForecastDeps, query: ForecastQuery, call?: Call): Promise<Forecast> {
  return readForecastOf(deps, await findAccount(deps, query), { query, call });
}

/** The same, of an account that was found. */
export async function readForecastOf(
  deps: ForecastDeps,
  account: Account,
  { query, call }: { query: Omit<ForecastQuery, "customerId">; call?: Call | undefined },
): Promise<Forecast> {
  const { timeZone = "UTC", days: asked = DAYS } = query;
  const available = await readAvailable(deps, account, call);
  const to = startOfDay(timeZone, account.now);
  const window = { from: startOfDay(timeZone, account.now, -asked), to, timeZone };
  const bounds = { buckets: asked, series: 1 };
  const { series } = await readUsageOf(deps, account, {
    query: { ...query, ...window, interval: "day" },
    bounds,
  });
  const all = (series[0]?.points ?? []).map(({ start, credits }) => ({
    start: Date.parse(start),
    used: parseSum(credits),
  }));
  const complete = completeDays(all, account.since);
  const daily = complete.map(({ used }) => used);
  const outlook = computeForecast({ daily, available, now: account.now });
  const { runsOutAt } = outlook;
  return {
    creditTypeId: account.creditTypeId,
    resourceId: query.resourceId ?? null,
    perDay: formatCredits(outlook.perDay),
    trend: formatCredits(outlook.trend),
    runsOutAt: runsOutAt && {
      likely: timeOf(runsOutAt.likely),
      earliest: timeOf(runsOutAt.earliest),
      latest: runsOutAt.latest === null ? null : timeOf(runsOutAt.latest),
    },
    basis: {
      method: outlook.method,
      timeZone,
      from: timeOf(complete[0]?.start ?? to),
      to: timeOf(to),
      days: daily.length,
      used: formatCredits(daily.reduce((sum, amount) => sum + amount, 0n)),
      spread: formatCredits(outlook.spread),
      available: formatCredits(available),
      asOf: timeOf(account.now),
      rangePercent: RANGE_PERCENT,
      horizonDays: HORIZON_DAYS,
      ignores: ["scheduled_grants", "expiring_grants", "recurring_grants", "top_ups"],
    },
  };
}

/** What can be spent now, of all pools that are asked for: what is due is settled first. */
async function readAvailable(
  deps: ForecastDeps,
  { customerId, creditTypeId, resourceId }: Account,
  call: Call | undefined,
): Promise<bigint> {
  if (creditTypeId === null) return 0n;
  await settleDue(deps, customerId, call);
  const rows = await readBalances(deps.database.writer, {
    customerId,
    creditTypeId,
    resourceId,
    historyLength: 0,
  });
  return rows.reduce((sum, { balance, held }) => sum + BigInt(balance) - BigInt(held), 0n);
}

function timeOf(time: number): string {
  return new Date(time).toISOString();
}
