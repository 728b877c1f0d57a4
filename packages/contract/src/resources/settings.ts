import { z } from "zod";
import { CHANGES_NOTHING, changesSomething } from "../values/choices.ts";

/** What happens to credits that were spent before their money was given back. */
export const REFUND_SHORTFALLS = ["write_off", "debt"] as const;
/** When the credits of an invoice can be spent: once it is paid, or as soon as it is sent. */
export const RELEASES = ["paid", "issued"] as const;

const fields = {
  promotionCodes: z
    .boolean()
    .meta({ description: "Whether buyers may enter a promotion code at the checkout" }),
  automaticTax: z.boolean().meta({ description: "Whether Stripe adds tax to what buyers pay" }),
  refundShortfall: z.enum(REFUND_SHORTFALLS).meta({
    description:
      "Credits that were spent before their money was given back: written off, or a debt of the customer's",
  }),
  releaseOn: z.enum(RELEASES).meta({
    description: "When the credits of an invoice can be spent, where the order does not say",
  }),
  freezeOnFraudWarning: z.boolean().meta({
    description:
      "Whether what remains of a payment's credits is frozen when its card's issuer warns of fraud, until somebody clears it, refunds it, or a dispute is decided",
  }),
};

export const settings = z
  .object(fields)
  .meta({ id: "Settings", description: "Policies that a person changes at run time" });
export type Settings = z.infer<typeof settings>;

export const settingsChange = z
  .strictObject(fields)
  .partial()
  .refine(changesSomething, CHANGES_NOTHING)
  .meta({ id: "SettingsChange", description: "What is left out stays" });
export type SettingsChange = z.infer<typeof settingsChange>;
