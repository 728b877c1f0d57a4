import { z } from "zod";
import { quotedPackage } from "../resources/quotes.ts";
import {
  TOP_UP_METHODS,
  TOP_UP_STATUSES,
  topUpFailure,
  topUpInvoice,
  UI_MODES,
  webAddress,
} from "../resources/top-ups.ts";
import { credits, creditsInput, money, pricePerCredit } from "../values/amounts.ts";
import { id, resourceId, onceKey } from "../values/ids.ts";
import { creditTypeOnScreen } from "./usage.ts";

const currency = pricePerCredit.shape.currency;

/** A card that can be charged without asking for its number again. */
export const savedCard = z
  .object({
    id: z.string(),
    brand: z.string().meta({ example: "visa" }),
    last4: z.string(),
    expiryMonth: z.int(),
    expiryYear: z.int(),
  })
  .meta({ id: "SavedCard" });
export type SavedCard = z.infer<typeof savedCard>;

/** What a page that sells credits draws; the price is that of `credits`, and null while none were asked for. */
export const widgetTopUpQuote = z
  .object({
    creditType: creditTypeOnScreen,
    currency,
    currencies: z.array(currency).meta({ description: "Those that are sold, the default first" }),
    min: credits.nullable().meta({ description: "The fewest credits that an order may have" }),
    max: credits.nullable().meta({ description: "The most credits that an order may have" }),
    packages: z.array(quotedPackage).meta({ description: "Those in this currency" }),
    price: z
      .object({ credits, pricePerCredit, subtotal: money, total: money })
      .nullable()
      .meta({ description: "What the credits that were asked for cost" }),
    savedCard: savedCard.nullable().meta({ description: "The one that `method: charge` would charge" }),
    publishableKey: z.string().nullable(),
  })
  .meta({ id: "WidgetTopUpQuote" });
export type WidgetTopUpQuote = z.infer<typeof widgetTopUpQuote>;

export const widgetTopUpInput = z
  .strictObject({
    creditTypeId: id,
    resourceId: resourceId.optional(),
    credits: creditsInput,
    currency: currency.optional(),
    expectedTotal: money.optional().meta({
      description:
        "What the buyer was shown: at another price now, `price_changed` says the new total, and nothing is ordered. An order that stands under its key keeps its price",
    }),
    uiMode: z.enum(UI_MODES).optional().meta({ description: "hosted if left out" }),
    method: z.enum(["checkout", "charge"]).optional().meta({ description: "checkout if left out" }),
    orderKey: onceKey.meta({
      description:
        "Made once for each order that a person means; the same key is the same order, however often it comes",
    }),
    saveCard: z.boolean().optional().meta({ description: "The buyer agreed to be charged later" }),
    returnUrl: webAddress.optional().meta({
      description:
        "The page to come back to, on an allowed origin. It gets `credits_top_up=<id>` and `credits_top_up_result=success|cancelled`",
    }),
  })
  .meta({ id: "WidgetTopUpInput" });
export type WidgetTopUpInput = z.infer<typeof widgetTopUpInput>;

/** An order as its buyer sees it. */
export const widgetTopUp = z
  .object({
    id,
    status: z.enum(TOP_UP_STATUSES),
    method: z.enum(TOP_UP_METHODS),
    creditTypeId: id,
    resourceId: id.nullable(),
    credits,
    total: money,
    uiMode: z.enum(UI_MODES).nullable(),
    url: z.string().nullable().meta({ description: "Where to pay or confirm, while that is possible" }),
    clientSecret: z.string().nullable(),
    publishableKey: z.string().nullable(),
    failure: topUpFailure.nullable(),
    receiptUrl: z.string().nullable(),
    invoice: topUpInvoice
      .nullable()
      .meta({ description: "Of an order by invoice: where it is read and paid, and by when" }),
    createdAt: z.string().meta({ format: "date-time" }),
  })
  .meta({ id: "WidgetTopUp" });
export type WidgetTopUp = z.infer<typeof widgetTopUp>;
