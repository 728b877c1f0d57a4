import { z } from "zod";
import { included } from "../resources/plans.ts";
import { topUp as topUpPricing } from "../resources/top-up-pricing.ts";
import { TOP_UP_METHODS, TOP_UP_STATUSES, topUpInvoice, UI_MODES, webAddress } from "../resources/top-ups.ts";
import { credits, money, pricePerCredit } from "../values/amounts.ts";
import { id, onceKey } from "../values/ids.ts";
import { pageOf } from "../values/lists.ts";
import { timestamp } from "../values/time.ts";
import { savedCard } from "./top-ups.ts";
import { creditTypeOnScreen } from "./usage.ts";

export const paymentMethod = savedCard
  .extend({
    isDefault: z.boolean().meta({ description: "Whether it is the one that is charged where none is named" }),
  })
  .meta({ id: "PaymentMethod", description: "A card that is saved at Stripe" });
export type PaymentMethod = z.infer<typeof paymentMethod>;

export const paymentMethods = z
  .object({ data: z.array(paymentMethod).meta({ description: "The default first" }) })
  .meta({ id: "PaymentMethods" });
export type PaymentMethods = z.infer<typeof paymentMethods>;

const setupFields = {
  uiMode: z.enum(UI_MODES).optional().meta({ description: "hosted if left out" }),
  returnUrl: webAddress.optional().meta({
    description:
      "The page to come back to. It gets `credits_card_setup=<id>` and `credits_card_setup_result=success|cancelled`",
  }),
};

export const paymentMethodSetupInput = z.strictObject(setupFields).meta({ id: "PaymentMethodSetupInput" });
export type PaymentMethodSetupInput = z.infer<typeof paymentMethodSetupInput>;

export const widgetPaymentMethodSetupInput = z
  .strictObject({
    ...setupFields,
    setupKey: onceKey.meta({
      description: "Made once for each time that a person means it; the same key is the same page",
    }),
  })
  .meta({ id: "WidgetPaymentMethodSetupInput" });
export type WidgetPaymentMethodSetupInput = z.infer<typeof widgetPaymentMethodSetupInput>;

export const paymentMethodSetup = z
  .object({
    url: z.string().nullable().meta({ description: "Stripe's own page where a card is added" }),
    clientSecret: z.string().nullable().meta({ description: "Of an embedded page" }),
    publishableKey: z.string().nullable(),
  })
  .meta({ id: "PaymentMethodSetup" });
export type PaymentMethodSetup = z.infer<typeof paymentMethodSetup>;

/** The same with how it stands: who asks again by the same key learns when the card is there. */
export const widgetPaymentMethodSetup = paymentMethodSetup
  .extend({ id, status: z.enum(["open", "complete", "expired"]) })
  .meta({ id: "WidgetPaymentMethodSetup" });
export type WidgetPaymentMethodSetup = z.infer<typeof widgetPaymentMethodSetup>;

/** A plan that the customer is on now. */
export const planInForce = z
  .object({
    subscriptionId: id,
    planId: id,
    name: z.string(),
    creditType: creditTypeOnScreen,
    resourceId: id.nullable(),
    seats: z.int(),
    price: pricePerCredit.nullable().meta({
      description: "What a credit costs: as agreed, else the plan's first price; null where none are sold",
    }),
    isAgreed: z.boolean().meta({ description: "Whether the price is one of the customer's own" }),
    topUp: topUpPricing.nullable().meta({ description: "How the plan sells credits" }),
    included: included.nullable().meta({ description: "Credits that come by themselves" }),
    startsAt: timestamp,
    endsAt: timestamp.nullable(),
  })
  .meta({ id: "PlanInForce" });
export type PlanInForce = z.infer<typeof planInForce>;

/** A purchase with its papers. */
export const billingDocument = z
  .object({
    topUpId: id,
    method: z.enum(TOP_UP_METHODS),
    status: z.enum(TOP_UP_STATUSES),
    isAutomatic: z.boolean().meta({ description: "Whether an auto top-up bought it" }),
    creditTypeId: id,
    resourceId: id.nullable(),
    credits,
    total: money,
    tax: money.nullable(),
    refunded: money,
    payUrl: z
      .string()
      .nullable()
      .meta({ description: "Where an invoice is paid, while its credits are locked" }),
    receiptUrl: z.string().nullable(),
    invoice: topUpInvoice.nullable(),
    createdAt: timestamp,
  })
  .meta({ id: "BillingDocument" });
export type BillingDocument = z.infer<typeof billingDocument>;

export const widgetBilling = z
  .object({
    plans: z.array(planInForce),
    paymentMethods: z
      .array(paymentMethod)
      .nullable()
      .meta({ description: "The default first; null while Stripe does not answer" }),
    canManage: z.boolean().meta({ description: "Whether the session may add and remove cards" }),
    documents: pageOf(billingDocument).meta({ description: "Invoices and receipts, newest first" }),
  })
  .meta({ id: "WidgetBilling" });
export type WidgetBilling = z.infer<typeof widgetBilling>;
