import { z } from "zod";
import { credits } from "../values/amounts.ts";
import { id, resourceId } from "../values/ids.ts";
import { refineSpending, spendingFields } from "../values/spending.ts";
import { dimensions } from "../values/text.ts";
import { LIMIT_MODES } from "./consumption.ts";

/** Why a spending would be denied. `not_found`: the feature or the credit type is unknown or archived. */
export const DENIAL_REASONS = [
  "insufficient_credits",
  "no_active_subscription",
  "feature_not_mapped",
  "not_found",
] as const;
export type DenialReason = (typeof DENIAL_REASONS)[number];

const askedFor = { ...spendingFields, resourceId: resourceId.optional() };

export const checkQuery = z.strictObject(askedFor).superRefine(refineSpending);

export const checkBody = z
  .strictObject({ ...askedFor, dimensions: dimensions.optional() })
  .superRefine(refineSpending)
  .meta({ id: "CheckBody" });
export type CheckBody = z.infer<typeof checkBody>;

export const check = z
  .object({
    allowed: z.boolean(),
    reason: z.enum(DENIAL_REASONS).nullable(),
    required: credits.nullable(),
    available: credits.nullable(),
    limitMode: z.enum(LIMIT_MODES).nullable(),
    creditTypeId: id.nullable(),
    resourceId: id.nullable(),
  })
  .meta({ id: "Check", description: "Whether a spending would be allowed now; nothing is set aside for it" });
export type Check = z.infer<typeof check>;
