import type { WidgetForecast } from "@credits-kit/client/widget";
import { Topics } from "./topics.ts";

/** Where elements that show a forecast share it, whichever they are. */
export const forecastTopics = new Topics<WidgetForecast>();
