import { z } from "zod";
import { credits, quantity } from "../values/amounts.ts";
import { customerId, id } from "../values/ids.ts";
import { requiredText } from "../values/text.ts";
import { timestamp } from "../values/time.ts";

export const USAGE_STATUSES = ["applied", "denied", "reversed"] as const;
export type UsageStatus = (typeof USAGE_STATUSES)[number];

const draws = z.array(z.object({ grantId: id, amount: credits }));

export const usageRecord = z
  .object({
    id,
    customerId,
    status: z.enum(USAGE_STATUSES),
    featureId: id,
    creditTypeId: id.nullable(),
    resourceId: id.nullable(),
    quantity,
    userId: z.string().nullable(),
    dimensions: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).nullable(),
    occurredAt: timestamp.meta({ description: "The event's own time" }),
    at: timestamp.meta({ description: "When it was taken, or denied" }),
    delta: credits.nullable(),
    balance: credits.nullable().meta({ description: "The pool's balance after the event" }),
    seq: z.int().nullable(),
    grants: draws.meta({ description: "What paid for it" }),
    overage: credits.meta({ description: "The part that no grant paid for" }),
    required: credits.optional().meta({ description: "Denied: what it would have cost" }),
    available: credits.optional().meta({ description: "Denied: what could be spent" }),
    reversedAt: timestamp.nullable(),
    requestId: z.string().nullable(),
  })
  .meta({ id: "UsageRecord", description: "A usage event as it was taken or denied" });
export type UsageRecord = z.infer<typeof usageRecord>;

export const eventReversal = z
  .strictObject({ customerId, id, reason: requiredText(200) })
  .meta({ id: "EventReversal" });
export type EventReversal = z.infer<typeof eventReversal>;

export const reversedEvent = z
  .object({
    id,
    status: z.literal("reversed"),
    creditTypeId: id,
    resourceId: id.nullable(),
    delta: credits,
    balance: credits,
    seq: z.int(),
    restored: draws.meta({ description: "What went back to the grants that had paid" }),
    lost: z
      .array(z.object({ grantId: id, amount: credits, reason: z.enum(["expired", "revoked"]) }))
      .meta({ description: "What could not go back, as its grant is gone" }),
  })
  .meta({ id: "ReversedEvent" });
export type ReversedEvent = z.infer<typeof reversedEvent>;
