import { AmountError, MAX_GRANT, parseCredits, parsePrice } from "@credits-kit/amounts";
import { z } from "zod";

/** Credits as they are sent out: a decimal string such as `"12.5"`. */
export const credits = z.string().meta({ description: "Credits, a decimal string", example: "12.5" });

/** A quantity as it is sent out. */
export const quantity = z.string().meta({ description: "A quantity, a decimal string", example: "3" });

const creditsJson = z.union([z.string().max(64), z.number()]);

/** Reads credits into micro-credits; faults carry the error code that the API answers with. */
function toMicro(value: string | number, context: z.RefinementCtx): bigint {
  try {
    return parseCredits(value);
  } catch (error) {
    if (!(error instanceof AmountError)) throw error;
    const code = error.code === "out_of_range" ? "amount_out_of_range" : "validation_failed";
    context.addIssue({ code: "custom", message: error.message, params: { code } });
    return z.NEVER;
  }
}

const description = "Credits: a decimal string, or a number of at most 15 digits; at most six decimals";

/** Credits above zero, up to what one grant may hold. */
export const creditsInput = creditsJson
  .transform(toMicro)
  .superRefine((micro, context) => {
    if (micro <= 0n) context.addIssue({ code: "custom", message: "must be more than 0" });
    if (micro > MAX_GRANT) {
      context.addIssue({
        code: "custom",
        message: "must be at most 10^12 credits",
        params: { code: "amount_out_of_range" },
      });
    }
  })
  .meta({ description, example: "12.5" });

/** Zero or more of something that is metered or priced: a quantity, a rate. */
export const quantityInput = creditsJson
  .transform(toMicro)
  .superRefine((micro, context) => {
    if (micro < 0n) context.addIssue({ code: "custom", message: "must not be negative" });
    if (micro > MAX_GRANT) {
      context.addIssue({
        code: "custom",
        message: "must be at most 10^12",
        params: { code: "amount_out_of_range" },
      });
    }
  })
  .meta({ description: description.replace("Credits", "A quantity"), example: 3 });

/** Money in minor units of its currency. */
export const money = z
  .strictObject({ amountMinor: z.int().min(0).max(99_999_999_999), currency: z.string().regex(/^[a-z]{3}$/) })
  .meta({ id: "Money", description: "Money in the smallest unit of its currency" });

export type Money = z.infer<typeof money>;

/** A price per credit, in major units. */
export const pricePerCredit = z
  .strictObject({
    amount: z
      .string()
      .max(32)
      .superRefine((text, context) => {
        try {
          parsePrice(text);
        } catch (error) {
          if (!(error instanceof AmountError)) throw error;
          context.addIssue({ code: "custom", message: error.message });
        }
      }),
    currency: z.string().regex(/^[a-z]{3}$/, "must be a lower-case ISO 4217 code such as usd"),
  })
  .meta({ id: "PricePerCredit", description: "What one credit costs, a decimal string in major units" });

/** In which turn grants are burned: 0 first. */
export const priority = z.int().min(0).max(1000);
