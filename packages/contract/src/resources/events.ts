import { z } from "zod";
import { fieldError } from "../errors.ts";
import { credits, quantityInput } from "../values/amounts.ts";
import { customerId, id, resourceId } from "../values/ids.ts";
import { dimensions } from "../values/text.ts";
import { timestampInput } from "../values/time.ts";

/** The most events that one call may carry. */
export const MAX_EVENTS_PER_CALL = 1000;

export const usageEvent = z
  .strictObject({
    id,
    customerId,
    featureId: id,
    quantity: quantityInput.optional(),
    userId: customerId.optional(),
    resourceId: resourceId.optional(),
    timestamp: timestampInput.optional(),
    dimensions: dimensions.optional(),
    limit: z.enum(["hard", "soft"]).optional(),
    backfill: z.boolean().optional(),
  })
  .meta({ id: "UsageEvent", description: "Something metered that a customer did; `id` is its idempotency" });
export type UsageEvent = z.infer<typeof usageEvent>;
export type UsageEventInput = z.input<typeof usageEvent>;

export const eventsBody = z
  .union([z.strictObject({ events: z.array(usageEvent).min(1).max(MAX_EVENTS_PER_CALL) }), usageEvent])
  .meta({ id: "EventsBody" });

export const eventResult = z
  .object({
    id: z.string().nullable(),
    status: z.enum(["applied", "duplicate", "rejected"]),
    creditTypeId: id.nullable(),
    delta: credits.nullable(),
    balance: credits.nullable(),
    seq: z.int().nullable(),
    current: z.object({ balance: credits, seq: z.int() }).optional(),
    error: fieldError.optional(),
    required: credits
      .optional()
      .meta({ description: "What the event would have cost, where credits did not suffice" }),
    available: credits.optional(),
  })
  .meta({ id: "EventResult", description: "What became of one event" });
export type EventResult = z.infer<typeof eventResult>;

export const eventsAnswer = z.object({ results: z.array(eventResult) }).meta({ id: "EventResults" });
