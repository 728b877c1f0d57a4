import { z } from "zod";
import { credits, creditsInput, quantityInput } from "../values/amounts.ts";
import { customerId, id, resourceId } from "../values/ids.ts";
import { refineSpending, spendingFields } from "../values/spending.ts";
import { dimensions, metadata } from "../values/text.ts";
import { timestamp } from "../values/time.ts";

export const HOLD_STATUSES = ["open", "captured", "released", "expired"] as const;
export type HoldStatus = (typeof HOLD_STATUSES)[number];

/** A hold lives at most this long, counted from when it is placed or extended. */
export const MAX_HOLD_SECONDS = 86_400;
/** How long a hold lives that does not say. */
export const DEFAULT_HOLD_SECONDS = 300;

const expiresInSeconds = z.int().min(1).max(MAX_HOLD_SECONDS);

export const holdInput = z
  .strictObject({
    id,
    customerId,
    ...spendingFields,
    resourceId: resourceId.optional(),
    userId: customerId.optional(),
    dimensions: dimensions.optional(),
    expiresInSeconds: expiresInSeconds
      .optional()
      .meta({ description: `Seconds from now; ${DEFAULT_HOLD_SECONDS} if left out` }),
    metadata: metadata.optional(),
  })
  .superRefine(refineSpending)
  .meta({ id: "HoldInput" });
export type HoldInput = z.infer<typeof holdInput>;

export const holdCapture = z
  .strictObject({
    customerId,
    id,
    amount: creditsInput
      .optional()
      .meta({ description: "Credits to burn; all that is still held if left out" }),
    quantity: quantityInput
      .optional()
      .meta({ description: "Instead of an amount: units of the hold's feature" }),
    dimensions: dimensions.optional().meta({ description: "Of the quantity" }),
    final: z
      .boolean()
      .optional()
      .meta({ description: "Whether the rest is released and the hold ends; true if left out" }),
  })
  .refine(({ amount, quantity }) => amount === undefined || quantity === undefined, {
    path: ["quantity"],
    message: "must not be given together with amount",
  })
  .refine(({ quantity, dimensions }) => dimensions === undefined || quantity !== undefined, {
    path: ["dimensions"],
    message: "must not be given without quantity",
  })
  .meta({ id: "HoldCapture" });
export type HoldCapture = z.infer<typeof holdCapture>;

export const holdRelease = z.strictObject({ customerId, id }).meta({ id: "HoldRelease" });
export type HoldRelease = z.infer<typeof holdRelease>;

export const holdExtension = z
  .strictObject({
    customerId,
    id,
    expiresInSeconds: expiresInSeconds.meta({ description: "Seconds from now" }),
  })
  .meta({ id: "HoldExtension" });
export type HoldExtension = z.infer<typeof holdExtension>;

export const hold = z
  .object({
    id,
    customerId,
    creditTypeId: id,
    resourceId: id.nullable(),
    featureId: id.nullable(),
    userId: z.string().nullable(),
    amount: credits.meta({ description: "What was set aside when the hold was placed" }),
    captured: credits.meta({ description: "What was burned of it; may be more than the amount" }),
    held: credits.meta({ description: "What is still set aside" }),
    status: z.enum(HOLD_STATUSES),
    expiresAt: timestamp,
    metadata: z.record(z.string(), z.string()),
    createdAt: timestamp,
    closedAt: timestamp.nullable(),
    requestId: z.string().nullable().meta({ description: "The request that placed it" }),
  })
  .meta({ id: "Hold", description: "Credits set aside before a costly action" });
export type Hold = z.infer<typeof hold>;

export const holdAnswer = hold
  .extend({
    delta: credits.meta({ description: "What this call burned, with its sign; 0 when nothing" }),
    balance: credits,
    available: credits,
    seq: z.int(),
  })
  .meta({ id: "HoldAnswer", description: "The hold after the call, and its pool" });
export type HoldAnswer = z.infer<typeof holdAnswer>;
