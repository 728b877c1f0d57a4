import { z } from "zod";
import { pricePerCredit } from "../values/amounts.ts";
import { CHANGES_NOTHING, changesSomething } from "../values/choices.ts";
import { customerId, id, resourceId } from "../values/ids.ts";
import { text } from "../values/text.ts";
import { timestamp, timestampInput } from "../values/time.ts";

const MOST_SEATS = 1_000_000;
const MOST_VERSIONS = 1_000_000_000;

const seats = z.int().min(1).max(MOST_SEATS).meta({
  description: "For how many people; credits that a plan includes for each seat come as many times",
});

export const subscriptionInput = z
  .strictObject({
    planId: id,
    startsAt: timestampInput.optional().meta({
      description: "Now, if left out. Periods are counted from it; of those that are over nothing is granted",
    }),
    endsAt: timestampInput.optional(),
    price: pricePerCredit.shape.amount.optional(),
    currency: pricePerCredit.shape.currency.optional(),
    resourceId: resourceId.optional(),
    seats: seats.optional(),
  })
  .refine((value) => (value.price === undefined) === (value.currency === undefined), {
    path: ["currency"],
    message: "price and currency come together",
  })
  .refine(
    (value) => value.endsAt === undefined || value.startsAt === undefined || value.endsAt > value.startsAt,
    {
      path: ["endsAt"],
      message: "must be after startsAt",
    },
  )
  .meta({ id: "SubscriptionInput" });
export type SubscriptionInput = z.infer<typeof subscriptionInput>;

export const subscriptionChange = z
  .strictObject({
    planId: id
      .optional()
      .meta({ description: "Another plan; its latest version, unless `planVersion` says" }),
    planVersion: z
      .union([z.literal("latest"), z.int().min(1).max(MOST_VERSIONS)])
      .optional()
      .meta({ description: "Subscribers stay on their version of a plan until they are moved" }),
    seats: seats.optional(),
    price: pricePerCredit.shape.amount
      .nullable()
      .optional()
      .meta({ description: "null for the plan's price" }),
    currency: pricePerCredit.shape.currency.optional(),
    endsAt: timestampInput.nullable().optional().meta({ description: "In the future; null for no end" }),
  })
  .refine(changesSomething, CHANGES_NOTHING)
  .refine((value) => (typeof value.price === "string") === (value.currency !== undefined), {
    path: ["currency"],
    message: "price and currency come together",
  })
  .meta({
    id: "SubscriptionChange",
    description:
      "What is left out stays. Within a period only the difference to what it already gave is granted; less is from the next one on",
  });
export type SubscriptionChange = z.infer<typeof subscriptionChange>;

export const subscriptionCancellation = z
  .strictObject({
    at: z
      .enum(["now", "period_end"])
      .optional()
      .meta({ description: "When it ends: with the current period, if left out" }),
    reason: text(200).optional(),
  })
  .meta({
    id: "SubscriptionCancellation",
    description:
      "Credits that were granted stay until they expire; none are granted or carried over after the end",
  });
export type SubscriptionCancellation = z.infer<typeof subscriptionCancellation>;

export const subscription = z
  .object({
    id,
    customerId,
    planId: id,
    planVersion: z.int(),
    status: z.enum(["scheduled", "active", "ended"]),
    startsAt: timestamp,
    endsAt: timestamp.nullable(),
    price: pricePerCredit.nullable(),
    resourceId: id.nullable(),
    seats: z.int(),
    currentPeriod: z
      .object({ startsAt: timestamp, endsAt: timestamp })
      .nullable()
      .meta({ description: "While it is active; of a month, where the plan includes nothing" }),
    nextRefreshAt: timestamp.nullable().meta({ description: "When included credits come next" }),
    canceledAt: timestamp.nullable(),
    cancelReason: z.string().nullable(),
    createdAt: timestamp,
    updatedAt: timestamp,
  })
  .meta({ id: "Subscription", description: "A customer on a plan" });
export type Subscription = z.infer<typeof subscription>;
