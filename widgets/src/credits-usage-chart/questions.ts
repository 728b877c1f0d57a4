import type { ForecastQuery, UsageQuery, WidgetForecast, WidgetUsage } from "@credits-kit/client/widget";
import { read } from "@credits-kit/client/widget/session";
import type { ReactiveController } from "lit";
import { Feed } from "../feed/feed.ts";
import type { FeedState, Question } from "../feed/feed-state.ts";
import { forecastTopics } from "../feed/forecast-topics.ts";
import type { HubController } from "../session/hub-controller.ts";

export function askUsage(query: UsageQuery): Question<WidgetUsage> {
  return ask("/widget/usage", query);
}

export function askForecast(query: ForecastQuery): Question<WidgetForecast> {
  return ask("/widget/forecast", query);
}

function ask<Data>(path: string, query: object): Question<Data> {
  return {
    key: JSON.stringify(query),
    ask: (options, signal) => read<Data>(options, { path, query, signal }),
  };
}

interface ForecastHost {
  readonly isConnected: boolean;
  forecast: WidgetForecast | undefined;
  addController(controller: ReactiveController): void;
}

/** Keeps an element's forecast. Without one it shows what it has: a forecast is no reason for an error. */
export function forecastFeed(
  host: ForecastHost,
  { hub, question }: { hub: HubController; question(): Question<WidgetForecast> | undefined },
): Feed<WidgetForecast> {
  let state: FeedState<WidgetForecast> = { type: "loading" };
  return new Feed<WidgetForecast>(
    {
      topics: forecastTopics,
      question,
      get isConnected() {
        return host.isConnected;
      },
      get state() {
        return state;
      },
      set state(next) {
        state = next;
        host.forecast = next.type === "loaded" ? next.data : undefined;
      },
      addController: (controller) => host.addController(controller),
    },
    hub,
  );
}
