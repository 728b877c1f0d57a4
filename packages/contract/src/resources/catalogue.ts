import { z } from "zod";
import { CHANGES_NOTHING, changesSomething } from "../values/choices.ts";
import { id } from "../values/ids.ts";
import { requiredText, text } from "../values/text.ts";
import { timestamp } from "../values/time.ts";

const unit = z.strictObject({ singular: requiredText(40), plural: requiredText(40) }).meta({ id: "Unit" });
/** A threshold of a balance: credits, or a percentage. */
export const threshold = z
  .string()
  .regex(/^\d{1,12}(\.\d{1,6})?%?$/, 'must be credits such as "100" or a percentage such as "20%"');

export const creditTypeInput = z
  .strictObject({
    id: id.optional(),
    name: requiredText(80),
    description: text(500).optional(),
    unit,
    symbol: text(8).optional(),
    lowBalanceThresholds: z.array(threshold).max(5).optional(),
    grantUsageThresholds: z
      .array(threshold.regex(/%$/, 'must be a percentage such as "80%"'))
      .max(5)
      .optional(),
    trackedDimensions: z.array(id).max(3).optional(),
  })
  .meta({ id: "CreditTypeInput" });
export type CreditTypeInput = z.infer<typeof creditTypeInput>;

export const creditTypeChange = z
  .strictObject({
    ...creditTypeInput.omit({ id: true }).partial().shape,
    description: text(500).nullable().optional(),
    symbol: text(8).nullable().optional(),
  })
  .refine(changesSomething, CHANGES_NOTHING)
  .meta({ id: "CreditTypeChange", description: "What is left out stays; null takes it away" });
export type CreditTypeChange = z.infer<typeof creditTypeChange>;

export const creditType = z
  .object({
    id,
    name: z.string(),
    description: z.string().nullable(),
    unit: z.object({ singular: z.string(), plural: z.string() }),
    symbol: z.string().nullable(),
    lowBalanceThresholds: z.array(z.string()),
    grantUsageThresholds: z.array(z.string()),
    trackedDimensions: z.array(z.string()),
    archivedAt: timestamp.nullable(),
    createdAt: timestamp,
  })
  .meta({ id: "CreditType", description: "A custom currency of yours; types never mix" });
export type CreditType = z.infer<typeof creditType>;

export const featureInput = z
  .strictObject({ id: id.optional(), name: requiredText(80), unit: unit.optional() })
  .meta({ id: "FeatureInput" });
export type FeatureInput = z.infer<typeof featureInput>;

export const featureChange = z
  .strictObject({ name: requiredText(80).optional(), unit: unit.nullable().optional() })
  .refine(changesSomething, CHANGES_NOTHING)
  .meta({ id: "FeatureChange", description: "What is left out stays; null takes it away" });
export type FeatureChange = z.infer<typeof featureChange>;

export const feature = z
  .object({
    id,
    name: z.string(),
    unit: z.object({ singular: z.string(), plural: z.string() }).nullable(),
    archivedAt: timestamp.nullable(),
    createdAt: timestamp,
  })
  .meta({ id: "Feature", description: "What is metered" });
export type Feature = z.infer<typeof feature>;
