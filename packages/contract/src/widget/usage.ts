import { z } from "zod";
import { forecast } from "../resources/forecast.ts";
import { usage } from "../resources/series.ts";
import { id } from "../values/ids.ts";

/** What amounts on a screen are called. */
export const creditTypeOnScreen = z.object({
  id,
  name: z.string(),
  symbol: z.string().nullable(),
  unit: z.object({ singular: z.string(), plural: z.string() }),
});
export type CreditTypeOnScreen = z.infer<typeof creditTypeOnScreen>;

/** Null where the customer has no credits of any type. */
const creditType = creditTypeOnScreen.nullable();

/** The most buckets of a widget's chart: a screen has no room for more. */
export const MAX_WIDGET_BUCKETS = 400;

export const widgetUsage = usage.extend({ creditType }).meta({ id: "WidgetUsage" });
export type WidgetUsage = z.infer<typeof widgetUsage>;

export const widgetForecast = forecast.extend({ creditType }).meta({ id: "WidgetForecast" });
export type WidgetForecast = z.infer<typeof widgetForecast>;
