import { MAX_WIDGET_BUCKETS, type WidgetForecast, type WidgetUsage } from "@credits-kit/contract";
import { type ForecastQuery, readForecastOf } from "../forecast/read.ts";
import type { Deps } from "../call.ts";
import { findAccount } from "./account.ts";
import { AnswerCache, type AnswerCacheOptions, type WidgetAnswers } from "./answer-cache.ts";
import { readUsageOf, type UsageQuery } from "./read.ts";

/** A screen has no room for more series. */
const SERIES = 8;
const CACHE = { customers: 500, answersEach: 20, ttlMs: 5_000 } as const;

/** What widgets ask with. */
export type WidgetDeps = Pick<Deps, "database" | "pools" | "widgetAnswers">;

/** An empty memory, told by the hub what to forget: here at once, of what other replicas did as soon as it is heard. */
export function createWidgetAnswers(
  live: Deps["live"],
  now: AnswerCacheOptions["now"] = () => performance.now(),
): WidgetAnswers {
  const answers = {
    usage: new AnswerCache<WidgetUsage>({ ...CACHE, now }),
    forecast: new AnswerCache<WidgetForecast>({ ...CACHE, now }),
  };
  const caches = Object.values(answers);
  live.watch({
    poolsChanged: (customerIds) => {
      const ids = [...customerIds];
      for (const cache of caches) cache.forget(ids);
    },
    anythingChanged: () => {
      for (const cache of caches) cache.clear();
    },
  });
  return answers;
}

/**
 * A customer's usage as a chart draws it.
 * @throws ServiceError as `readUsageSeries` does; fewer buckets fit a screen
 */
export function readWidgetUsage(
  deps: WidgetDeps,
  customerId: string,
  query: Omit<UsageQuery, "customerId">,
): Promise<WidgetUsage> {
  const bounds = { buckets: MAX_WIDGET_BUCKETS, series: SERIES };
  return deps.widgetAnswers.usage.read(customerId, JSON.stringify(query), async () => {
    const account = await findAccount(deps, { ...query, customerId }, "first");
    return { ...(await readUsageOf(deps, account, { query, bounds })), creditType: account.creditType };
  });
}

/** A customer's forecast as widgets show it. @throws ServiceError as `readForecast` does */
export function readWidgetForecast(
  deps: WidgetDeps,
  customerId: string,
  query: Omit<ForecastQuery, "customerId">,
): Promise<WidgetForecast> {
  return deps.widgetAnswers.forecast.read(customerId, JSON.stringify(query), async () => {
    const account = await findAccount(deps, { ...query, customerId }, "first");
    return { ...(await readForecastOf(deps, account, { query })), creditType: account.creditType };
  });
}
