import { z } from "zod";
import { credits, creditsInput, pricePerCredit, priority } from "../values/amounts.ts";
import { CHANGES_NOTHING, changesSomething } from "../values/choices.ts";
import { id } from "../values/ids.ts";
import { requiredText } from "../values/text.ts";
import { timestamp } from "../values/time.ts";
import { rate, ratesInput } from "./rates.ts";
import { topUp, topUpInput } from "./top-up-pricing.ts";

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
    rates: ratesInput,
    included: includedInput.optional(),
  })
  .meta({ id: "PlanInput" });
export type PlanInput = z.infer<typeof planInput>;

export const planChange = z
  .strictObject({
    name: planInput.shape.name.optional(),
    creditTypeId: id.optional().meta({ description: "Only what it is: a plan keeps its credit type" }),
    limit: planInput.shape.limit.optional(),
    topUp: topUpInput.nullable().optional(),
    rates: ratesInput.optional(),
    included: includedInput.nullable().optional(),
  })
  .refine(changesSomething, CHANGES_NOTHING)
  .meta({
    id: "PlanChange",
    description: "What is left out stays as in the version before; a list or an object is given whole",
  });
export type PlanChange = z.infer<typeof planChange>;

export const included = z
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
    topUp: topUp.nullable(),
    rates: z.array(rate),
    included: included.nullable(),
    createdAt: timestamp,
    updatedAt: timestamp.meta({ description: "When this version was made" }),
  })
  .meta({ id: "Plan", description: "What features cost, how credits are sold and which come by themselves" });
export type Plan = z.infer<typeof plan>;
