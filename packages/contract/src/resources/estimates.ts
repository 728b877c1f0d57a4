import { z } from "zod";
import { fieldError } from "../errors.ts";
import { credits } from "../values/amounts.ts";
import { id } from "../values/ids.ts";
import { MAX_EVENTS_PER_CALL, usageEvent } from "./events.ts";

export const estimatedEvent = z
  .strictObject({ ...usageEvent.omit({ backfill: true }).shape, id: id.optional() })
  .meta({ id: "EstimatedEvent", description: "A usage event that may come; nothing is written" });
export type EstimatedEvent = z.infer<typeof estimatedEvent>;
export type EstimatedEventInput = z.input<typeof estimatedEvent>;

export const estimatesBody = z
  .strictObject({ events: z.array(estimatedEvent).min(1).max(MAX_EVENTS_PER_CALL) })
  .meta({ id: "EstimatesBody" });

export const estimate = z
  .object({
    id: z.string().nullable(),
    creditTypeId: id.nullable(),
    resourceId: id.nullable(),
    cost: credits.nullable(),
    balance: credits
      .nullable()
      .meta({ description: "Before the event, those of the same call before it counted" }),
    balanceAfter: credits.nullable(),
    wouldOverdraw: z
      .boolean()
      .nullable()
      .meta({ description: "Whether more would be spent than is available" }),
    error: fieldError.optional(),
  })
  .meta({ id: "Estimate", description: "What one event would cost" });
export type Estimate = z.infer<typeof estimate>;

export const estimates = z.object({ estimates: z.array(estimate) }).meta({ id: "Estimates" });
