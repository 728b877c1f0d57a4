import { z } from "zod";
import { credits, quantity, quantityInput } from "../values/amounts.ts";
import { id } from "../values/ids.ts";
import { faultsOfTiers } from "../values/tiers.ts";

/** How long a formula may be, in characters. */
export const MAX_FORMULA_LENGTH = 500;
const MAX_RATES = 200;
const MAX_TIERS = 50;
const WAYS = ["creditsPerUnit", "tiers", "formula"] as const;

const tierEnd = quantityInput
  .nullable()
  .meta({ description: "The last unit of the period that is in this tier; null for the last tier" });

const rateInput = z
  .strictObject({
    featureId: id,
    creditsPerUnit: quantityInput.optional().meta({ description: "What each unit costs", example: "5" }),
    tiers: z
      .array(z.strictObject({ upTo: tierEnd, creditsPerUnit: quantityInput }))
      .min(1)
      .max(MAX_TIERS)
      .superRefine((tiers, context) => {
        for (const { index, message } of faultsOfTiers(tiers)) {
          context.addIssue({ code: "custom", path: [index, "upTo"], message });
        }
      })
      .optional()
      .meta({ description: "Graduated: each unit costs what its place among the period's units says" }),
    formula: z
      .string()
      .max(MAX_FORMULA_LENGTH, `must be at most ${MAX_FORMULA_LENGTH} characters long`)
      .optional()
      .meta({
        description: "What each unit costs, counted from the event's dimensions",
        example: "0.5 + tokens * 0.002",
      }),
  })
  .superRefine((rate, context) => {
    const given = WAYS.filter((way) => rate[way] !== undefined);
    const [first, ...others] = given;
    if (first === undefined) {
      const message = "is required, unless tiers or a formula are given";
      context.addIssue({ code: "custom", path: ["creditsPerUnit"], message });
    }
    for (const way of others) {
      context.addIssue({ code: "custom", path: [way], message: `must not be given together with ${first}` });
    }
  })
  .meta({ id: "RateInput", description: "What a feature costs: exactly one of the three ways to say it" });

/** What features cost, as it is given; each feature once. */
export const ratesInput = z
  .array(rateInput)
  .max(MAX_RATES)
  .refine((rates) => new Set(rates.map((rate) => rate.featureId)).size === rates.length, {
    message: "must name each feature once",
  });

/** What a feature costs, as it is shown: in the way in which it was given. */
export const rate = z
  .object({
    featureId: id,
    creditsPerUnit: credits.optional(),
    tiers: z.array(z.object({ upTo: quantity.nullable(), creditsPerUnit: credits })).optional(),
    formula: z.string().optional(),
  })
  .meta({ id: "Rate", description: "What a feature costs" });
