import { z } from "zod";
import { credits, creditsInput, money, pricePerCredit, priority, quantityInput } from "../values/amounts.ts";
import { id } from "../values/ids.ts";
import { requiredText, text } from "../values/text.ts";
import { timestamp } from "../values/time.ts";

const topUpInput = z.strictObject({
  prices: z.array(pricePerCredit).min(1).max(20),
  min: creditsInput.optional(),
  max: creditsInput.optional(),
  packages: z
    .array(z.strictObject({ credits: creditsInput, price: money, label: text(40).optional() }))
    .max(20)
    .optional(),
});

export const ROLLOVERS = ["none", "all"] as const;

const includedInput = z
  .strictObject({
    credits: creditsInput,
    every: z.enum(["month", "year"]),
    rollover: z
      .union([z.enum(ROLLOVERS), z.strictObject({ upTo: creditsInput })])
      .optional()
      .meta({ description: "What of a period's credits lives on in the next one; none if left out" }),
    priority: priority.optional(),
    costBasis: pricePerCredit.optional().meta({ description: "What one of these credits is worth" }),
    perSeat: z
      .boolean()
      .optional()
      .meta({ description: "Whether each seat gets as many; false if left out" }),
  })
  .meta({ id: "IncludedCreditsInput" });

export const planInput = z
  .strictObject({
    id: id.optional(),
    name: requiredText(80),
    creditTypeId: id,
    limit: z.enum(["hard", "soft"]),
    topUp: topUpInput.optional(),
    rates: z
      .array(z.strictObject({ featureId: id, creditsPerUnit: quantityInput }))
      .max(200)
      .refine((rates) => new Set(rates.map((rate) => rate.featureId)).size === rates.length, {
        message: "must name each feature once",
      }),
    included: includedInput.optional(),
  })
  .meta({ id: "PlanInput" });
export type PlanInput = z.infer<typeof planInput>;

const included = z
  .object({
    credits,
    every: z.enum(["month", "year"]),
    rollover: z.union([z.enum(ROLLOVERS), z.object({ upTo: credits })]),
    priority: z.int(),
    costBasis: pricePerCredit.nullable(),
    perSeat: z.boolean(),
  })
  .meta({ id: "IncludedCredits", description: "Credits that come with each period of a subscription" });

export const plan = z
  .object({
    id,
    version: z.int(),
    name: z.string(),
    creditTypeId: id,
    limit: z.enum(["hard", "soft"]),
    topUp: z
      .object({
        prices: z.array(pricePerCredit),
        min: credits.nullable(),
        max: credits.nullable(),
        packages: z.array(z.object({ credits, price: money, label: z.string().nullable() })),
      })
      .nullable(),
    rates: z.array(z.object({ featureId: id, creditsPerUnit: credits })),
    included: included.nullable(),
    createdAt: timestamp,
  })
  .meta({ id: "Plan", description: "What features cost, how credits are sold and which come by themselves" });
export type Plan = z.infer<typeof plan>;
