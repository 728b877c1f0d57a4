import { z } from "zod";
import {
  autoTopUpCollection,
  autoTopUpSettings,
  autoTopUpStanding,
  refineAutoTopUp,
} from "../resources/auto-top-ups.ts";
import { UI_MODES, webAddress } from "../resources/top-ups.ts";
import { credits, money, pricePerCredit } from "../values/amounts.ts";
import { id, onceKey } from "../values/ids.ts";
import { savedCard } from "./top-ups.ts";
import { creditTypeOnScreen } from "./usage.ts";

/** What a person can do about an auto top-up that does not go on. */
export const AUTO_TOP_UP_REMEDIES = ["add_card", "confirm_payment", "raise_limit", "wait", "resume"] as const;
export type AutoTopUpRemedy = (typeof AUTO_TOP_UP_REMEDIES)[number];

// Which card, whether invoices are sent, and how long credits live, is not for widgets to say.
const { paymentMethodId: _card, grantExpiresAfter: _life, ...settings } = autoTopUpSettings;

export const widgetAutoTopUpInput = z
  .strictObject({
    ...settings,
    consent: z
      .boolean()
      .optional()
      .meta({ description: "The person agreed to be charged when nobody is there; kept with its time" }),
  })
  .superRefine(refineAutoTopUp)
  .meta({ id: "WidgetAutoTopUpInput", description: "The whole rule: what is left out is not set" });
export type WidgetAutoTopUpInput = z.output<typeof widgetAutoTopUpInput>;

/** An auto top-up as its owner sees it. */
export const widgetAutoTopUp = z
  .object({
    creditType: creditTypeOnScreen,
    resourceId: id.nullable(),
    rule: z
      .object({
        enabled: z.boolean(),
        threshold: z.union([money, credits]),
        target: credits.nullable(),
        credits: credits.nullable(),
        monthlyLimit: money.nullable(),
        grantExpiresAfter: z.string().nullable(),
        ...autoTopUpCollection,
      })
      .nullable()
      .meta({ description: "Null while nothing was ever set" }),
    ...autoTopUpStanding,
    spentPercent: z
      .int()
      .nullable()
      .meta({ description: "Of the monthly limit, with what is in flight; null without a limit" }),
    card: savedCard
      .nullable()
      .meta({ description: "The card that is charged; null where there is none, or invoices are sent" }),
    problem: z
      .object({
        code: z.string().meta({
          description: "A suspended reason, a decline code of Stripe's, or a state",
          example: "insufficient_funds",
        }),
        message: z.string().meta({ description: "English, safe to show" }),
        remedy: z.enum(AUTO_TOP_UP_REMEDIES),
      })
      .nullable()
      .meta({ description: "What went wrong, and what to do" }),
    currency: pricePerCredit.shape.currency
      .nullable()
      .meta({ description: "What it is charged in; null where the plan sells nothing" }),
    currencies: z.array(pricePerCredit.shape.currency),
    min: credits.nullable().meta({ description: "A smaller gap buys so many" }),
    max: credits.nullable().meta({ description: "A larger gap buys so many, and again after a minute" }),
    publishableKey: z.string().nullable(),
  })
  .meta({ id: "WidgetAutoTopUp" });
export type WidgetAutoTopUp = z.infer<typeof widgetAutoTopUp>;

export const widgetCardSetupInput = z
  .strictObject({
    uiMode: z.enum(UI_MODES).optional().meta({ description: "hosted if left out" }),
    consent: z
      .literal(true)
      .meta({ description: "The person agreed to be charged when nobody is there; kept with its time" }),
    setupKey: onceKey.meta({
      description: "Made once for each time that a person means it; the same key is the same page",
    }),
    returnUrl: webAddress.optional().meta({
      description:
        "The page to come back to, on an allowed origin. It gets `credits_card_setup=<id>` and `credits_card_setup_result=success|cancelled`",
    }),
  })
  .meta({ id: "WidgetCardSetupInput" });
export type WidgetCardSetupInput = z.output<typeof widgetCardSetupInput>;

export const widgetCardSetup = z
  .object({
    id,
    status: z.enum(["open", "complete", "expired"]),
    url: z.string().nullable().meta({ description: "Stripe's page where the card is added" }),
    clientSecret: z.string().nullable().meta({ description: "Of an embedded page" }),
    publishableKey: z.string().nullable(),
  })
  .meta({ id: "WidgetCardSetup", description: "A page on which a card is added" });
export type WidgetCardSetup = z.infer<typeof widgetCardSetup>;
