import { z } from "zod";
import { credits } from "../values/amounts.ts";
import { id } from "../values/ids.ts";
import { timestamp, timeZone } from "../values/time.ts";
import { countQuery, usagePoolQuery } from "./series.ts";

/** The query of a forecast, whoever asks. */
export const forecastQuery = {
  ...usagePoolQuery,
  timeZone: timeZone.optional(),
  days: countQuery(90)
    .optional()
    .meta({ description: "How many days it looks back, as far as there are so many; 30 if left out" }),
};

export const forecast = z
  .object({
    creditTypeId: id.nullable().meta({ description: "Null where the customer has no credits of any type" }),
    resourceId: z.string().nullable().meta({ description: "As it was asked for" }),
    perDay: credits.meta({ description: "What a day burned on average" }),
    trend: credits.meta({
      description: "By how much a day burned more than the day before; may be negative",
    }),
    runsOutAt: z
      .object({
        likely: timestamp,
        earliest: timestamp,
        latest: timestamp.nullable().meta({ description: "Null: beyond the horizon" }),
      })
      .nullable()
      .meta({ description: "Null where nothing is used, or the credits last beyond the horizon" }),
    basis: z.object({
      method: z.enum(["linear_trend", "mean"]).meta({ description: "mean: too few days for a trend" }),
      timeZone: z.string(),
      from: timestamp,
      to: timestamp,
      days: z.int().meta({ description: "How many complete days there were to look at" }),
      used: credits.meta({ description: "What they burned" }),
      spread: credits.meta({ description: "How far days lie off the trend: one standard deviation" }),
      available: credits.meta({ description: "What can be spent now" }),
      asOf: timestamp,
      rangePercent: z.int().meta({ description: "How likely it runs out between earliest and latest" }),
      horizonDays: z.int(),
      ignores: z
        .array(z.enum(["scheduled_grants", "expiring_grants", "recurring_grants", "top_ups"]))
        .meta({ description: "What may still come or go and is not counted" }),
    }),
  })
  .meta({
    id: "Forecast",
    description: "When credits run out if they are burned as they were, and how that was worked out",
  });
export type Forecast = z.infer<typeof forecast>;
