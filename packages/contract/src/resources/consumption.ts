import { z } from "zod";
import { credits } from "../values/amounts.ts";
import { customerId, id, resourceId } from "../values/ids.ts";
import { refineSpending, spendingFields } from "../values/spending.ts";
import { dimensions } from "../values/text.ts";

export const LIMIT_MODES = ["hard", "soft"] as const;
export type LimitMode = (typeof LIMIT_MODES)[number];

export const consumption = z
  .strictObject({
    id,
    customerId,
    ...spendingFields,
    limit: z
      .enum(LIMIT_MODES)
      .optional()
      .meta({ description: "The plan's if left out; hard without a plan" }),
    userId: customerId.optional(),
    resourceId: resourceId.optional(),
    dimensions: dimensions.optional(),
  })
  .superRefine(refineSpending)
  .meta({ id: "Consumption", description: "A spending that is taken or denied as a whole" });
export type Consumption = z.infer<typeof consumption>;

export const consumed = z
  .object({
    allowed: z.literal(true),
    id,
    status: z.enum(["applied", "duplicate"]),
    creditTypeId: id,
    resourceId: id.nullable(),
    delta: credits,
    balance: credits,
    available: credits,
    seq: z.int(),
    current: z
      .object({ balance: credits, seq: z.int() })
      .optional()
      .meta({ description: "Duplicates: the pool as it stands now" }),
  })
  .meta({ id: "Consumed", description: "What was taken; a denial is a 402 instead" });
export type Consumed = z.infer<typeof consumed>;
