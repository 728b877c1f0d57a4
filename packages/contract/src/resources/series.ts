import { z } from "zod";
import { credits } from "../values/amounts.ts";
import { id } from "../values/ids.ts";
import { timestamp, timestampInput, timeZone } from "../values/time.ts";

/** How long a bucket of a series is. */
export const USAGE_INTERVALS = ["hour", "day", "week", "month"] as const;
export type UsageInterval = (typeof USAGE_INTERVALS)[number];

/** The most buckets of a series, and the most series of an answer beside the rest. */
export const MAX_USAGE_BUCKETS = 1100;
export const MAX_USAGE_SERIES = 100;
const MAX_GROUPINGS = 3;

const GROUPING = /^(feature|user|dimension:[A-Za-z0-9_.-]{1,40})$/;

/** `feature,user,dimension:model`, or the parameter repeated. */
const groupBy = z
  .union([z.string().max(200), z.array(z.string().max(200)).max(MAX_GROUPINGS)])
  .transform((given, context) => {
    const groupings = (typeof given === "string" ? [given] : given).flatMap((text) => text.split(","));
    const isKnown = groupings.every((grouping) => GROUPING.test(grouping));
    if (!isKnown || groupings.length > MAX_GROUPINGS || new Set(groupings).size < groupings.length) {
      context.addIssue({
        code: "custom",
        message: "must be up to three of feature, user and dimension:<key>, each once, between commas",
      });
      return z.NEVER;
    }
    return groupings;
  })
  .meta({ description: "Up to three of feature, user, dimension:<key>, between commas", example: "feature" });

/** A whole number of a query string. */
export function countQuery(most: number) {
  const message = `must be a whole number from 1 to ${most}`;
  return z
    .string()
    .regex(/^\d{1,4}$/, message)
    .transform(Number)
    .refine((value) => value >= 1 && value <= most, message);
}

/** Which usage a question is about. */
export const usagePoolQuery = {
  creditTypeId: id
    .optional()
    .meta({ description: "May be left out where the customer has credits of one type only" }),
  resourceId: id.optional().meta({ description: "Left out: all pools; `none`: the default pool" }),
};

/** The query of a series, whoever asks. */
export const seriesQuery = {
  ...usagePoolQuery,
  from: timestampInput
    .optional()
    .meta({ description: "The first moment; if left out, midnight 29 days before the day of `to`" }),
  to: timestampInput
    .optional()
    .meta({ description: "The first moment that is no longer included; if left out, the end of today" }),
  interval: z.enum(USAGE_INTERVALS).optional().meta({ description: "How long a bucket is; day if left out" }),
  timeZone: timeZone.optional(),
  groupBy: groupBy.optional(),
  top: countQuery(MAX_USAGE_SERIES)
    .optional()
    .meta({ description: "So many series, the largest; all others are one. 100 if left out, 8 for widgets" }),
  compare: z
    .enum(["previous"])
    .optional()
    .meta({ description: "Adds the same number of intervals immediately before" }),
};

export const usagePoint = z
  .object({
    start: timestamp,
    credits,
    events: z.int().meta({ description: "How many burns, less those that were taken back" }),
  })
  .meta({ id: "UsagePoint", description: "A bucket: from its start to the next one's, or to the end" });
export type UsagePoint = z.infer<typeof usagePoint>;

export const usageGroup = z
  .object({
    by: z.string().meta({ description: "As in `groupBy`", example: "feature" }),
    kind: z.enum(["value", "none", "other"]).meta({
      description: "other: the values of a dimension beyond the first 1,000 of a pool",
    }),
    value: z.string().nullable().meta({ description: "A feature's or a user's id, or a dimension's value" }),
    label: z.string(),
  })
  .meta({ id: "UsageGroup", description: "What a series is of, in one respect" });
export type UsageGroup = z.infer<typeof usageGroup>;

const eventCount = z.int();

export const usageSeries = z
  .object({
    kind: z.enum(["total", "group", "none", "other"]).meta({
      description: "total: nothing is told apart; none: usage without what is asked for; other: all the rest",
    }),
    key: z.string().meta({ description: "Unique among series of its kind" }),
    label: z.string(),
    groups: z.array(usageGroup),
    total: credits,
    events: eventCount,
    points: z.array(usagePoint),
    previousTotal: credits.optional(),
    previousEvents: eventCount.optional(),
    previousPoints: z.array(usagePoint).optional(),
  })
  .meta({ id: "UsageSeries", description: "The largest come first, the rest comes last" });
export type UsageSeries = z.infer<typeof usageSeries>;

const span = z.object({ from: timestamp, to: timestamp });

export const usage = span
  .extend({
    creditTypeId: id.nullable().meta({ description: "Null where the customer has no credits of any type" }),
    resourceId: z.string().nullable().meta({ description: "As it was asked for" }),
    interval: z.enum(USAGE_INTERVALS),
    timeZone: z.string(),
    groupBy: z.array(z.string()),
    total: credits,
    events: eventCount,
    previous: span.optional().meta({ description: "What it is compared with" }),
    previousTotal: credits.optional(),
    previousEvents: eventCount.optional(),
    series: z.array(usageSeries),
  })
  .meta({
    id: "Usage",
    description: "Credits burned, by when their usage happened; exact at the moment of asking",
  });
export type Usage = z.infer<typeof usage>;
