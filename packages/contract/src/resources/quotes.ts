import { z } from "zod";
import { credits, creditsInput, money, pricePerCredit } from "../values/amounts.ts";
import { customerId, id } from "../values/ids.ts";
import { creditPackage } from "./top-up-pricing.ts";

export const topUpQuoteInput = z
  .strictObject({
    customerId,
    creditTypeId: id,
    credits: creditsInput,
    currency: pricePerCredit.shape.currency
      .optional()
      .meta({ description: "The one that was agreed, or the plan's first, if left out", example: "usd" }),
  })
  .meta({ id: "TopUpQuoteInput" });
export type TopUpQuoteInput = z.infer<typeof topUpQuoteInput>;

/** Credits that are sold together, as a customer would pay them. */
export const quotedPackage = creditPackage
  .extend({
    pricePerCredit: pricePerCredit.meta({
      description: "What a credit of the package comes to, to at most twelve decimals",
    }),
  })
  .meta({ id: "QuotedPackage" });

export const topUpQuote = z
  .object({
    credits,
    currency: pricePerCredit.shape.currency,
    pricePerCredit: pricePerCredit.meta({
      description: "What a credit of this order comes to, to at most twelve decimals",
    }),
    subtotal: money,
    total: money,
    min: credits.nullable().meta({ description: "The fewest credits that an order may have" }),
    max: credits.nullable().meta({ description: "The most credits that an order may have" }),
    packages: z.array(quotedPackage).meta({ description: "Those in this currency" }),
  })
  .meta({ id: "TopUpQuote", description: "What an order of credits would cost now" });
export type TopUpQuote = z.infer<typeof topUpQuote>;
