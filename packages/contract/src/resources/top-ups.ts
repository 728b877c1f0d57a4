import { z } from "zod";
import { credits, creditsInput, money, pricePerCredit, priority } from "../values/amounts.ts";
import { customerId, id, resourceId } from "../values/ids.ts";
import { metadata, requiredText, text } from "../values/text.ts";
import { timestamp, timestampInput } from "../values/time.ts";
import { actor } from "./grants.ts";
import { RELEASES } from "./settings.ts";

/** How an order is paid: on Stripe's checkout page, by an invoice, or with a card that was saved before. */
export const TOP_UP_METHODS = ["checkout", "invoice", "charge"] as const;
export type TopUpMethod = (typeof TOP_UP_METHODS)[number];

/** Where an order stands. Only `paid` has credits; money that arrives late still makes an order paid. */
export const TOP_UP_STATUSES = [
  "awaiting_payment",
  "action_required",
  "processing",
  "paid",
  "failed",
  "expired",
  "void",
] as const;
export type TopUpStatus = (typeof TOP_UP_STATUSES)[number];

/** Where Stripe's checkout is shown: on a page of Stripe's, or inside the page that asked. */
export const UI_MODES = ["hosted", "embedded"] as const;

const MOST_DAYS_UNTIL_DUE = 365;

/** The net terms of an invoice. */
export const daysUntilDue = z.int().min(0).max(MOST_DAYS_UNTIL_DUE);

/** An address that a browser can be sent to. */
export const webAddress = z
  .string()
  .max(2000)
  .refine(isWebAddress, "must be an http or https address such as https://app.example.com/billing");

function isWebAddress(address: string): boolean {
  if (!/^https?:\/\/[\x21-\x5b\x5d-\x7e]+$/.test(address) || !URL.canParse(address)) return false;
  const { username, password } = new URL(address);
  return username === "" && password === "";
}

const currency = pricePerCredit.shape.currency;

export const topUpInput = z
  .strictObject({
    customerId,
    creditTypeId: id,
    resourceId: resourceId.optional(),
    credits: creditsInput,
    currency: currency
      .optional()
      .meta({ description: "The one that was agreed, or the plan's first, if left out", example: "usd" }),
    method: z.enum(TOP_UP_METHODS),
    uiMode: z.enum(UI_MODES).optional().meta({ description: "Of a checkout; hosted if left out" }),
    successUrl: webAddress.optional().meta({
      description:
        "Where the checkout leads to after the payment; `{TOP_UP_ID}` in it becomes the order's id",
    }),
    cancelUrl: webAddress.optional().meta({ description: "Where the hosted checkout's way back leads to" }),
    saveCard: z.boolean().optional().meta({
      description: "Asks the buyer of a checkout to let the card be charged later, when nobody is there",
    }),
    paymentMethodId: id.optional().meta({ description: "Of a charge; the customer's default if left out" }),
    daysUntilDue: daysUntilDue.optional().meta({ description: "Of an invoice" }),
    releaseOn: z.enum(RELEASES).optional().meta({ description: "Of an invoice" }),
    price: pricePerCredit.shape.amount.optional().meta({
      description:
        "A price per credit of your own, with its currency; the plan's min and max then do not count",
    }),
    priority: priority.optional(),
    effectiveAt: timestampInput.optional(),
    expiresAt: timestampInput
      .nullable()
      .optional()
      .meta({ description: "Of the credits; what the plan says if left out, never if null" }),
    reason: text(200).optional(),
    externalReference: text(200).optional(),
    metadata: metadata.optional(),
  })
  .refine(({ price, currency }) => price === undefined || currency !== undefined, {
    path: ["currency"],
    message: "a price needs its currency",
  })
  .refine(
    ({ effectiveAt, expiresAt }) =>
      effectiveAt === undefined || expiresAt === undefined || expiresAt === null || expiresAt > effectiveAt,
    { path: ["expiresAt"], message: "must be after effectiveAt" },
  )
  .superRefine(refineMethod)
  .meta({ id: "TopUpInput" });
export type TopUpInput = z.infer<typeof topUpInput>;

const BELONGS_TO = {
  uiMode: "checkout",
  successUrl: "checkout",
  cancelUrl: "checkout",
  saveCard: "checkout",
  paymentMethodId: "charge",
  daysUntilDue: "invoice",
  releaseOn: "invoice",
} as const;

function refineMethod(
  order: { method: TopUpMethod } & { [Field in keyof typeof BELONGS_TO]?: unknown },
  context: z.RefinementCtx,
): void {
  const given: Readonly<Record<string, unknown>> = order;
  for (const [field, method] of Object.entries(BELONGS_TO)) {
    if (given[field] === undefined || method === order.method) continue;
    context.addIssue({ code: "custom", path: [field], message: `belongs to the method ${method}` });
  }
}

export const topUpVoid = z
  .strictObject({ reason: requiredText(200).optional() })
  .meta({ id: "TopUpVoid", description: "Why the order is given up" });
export type TopUpVoid = z.infer<typeof topUpVoid>;

export const topUpMarkPaid = z
  .strictObject({ reason: requiredText(200) })
  .meta({ id: "TopUpMarkPaid", description: "How the money came, such as by a bank transfer" });
export type TopUpMarkPaid = z.infer<typeof topUpMarkPaid>;

export const topUpClearFraudWarning = z
  .strictObject({ reason: requiredText(200) })
  .meta({ id: "TopUpClearFraudWarning", description: "Why the payment is believed to be sound" });
export type TopUpClearFraudWarning = z.infer<typeof topUpClearFraudWarning>;

/** The invoice that an order waits for, or was paid by. */
export const topUpInvoice = z
  .object({
    id: z.string(),
    status: z.string().meta({ description: "open, paid, uncollectible or void", example: "open" }),
    number: z.string().nullable(),
    url: z.string().nullable().meta({ description: "Where it is read and paid" }),
    pdfUrl: z.string().nullable(),
    dueAt: timestamp.nullable(),
    isOverdue: z.boolean(),
  })
  .meta({ id: "TopUpInvoice" });
export type TopUpInvoice = z.infer<typeof topUpInvoice>;

/** Why an order has no money. */
export const topUpFailure = z
  .object({
    code: z.string().meta({ description: "What went wrong", example: "card_declined" }),
    declineCode: z.string().nullable().meta({ description: "What the card's bank said, as Stripe names it" }),
    message: z.string().meta({ description: "Safe to show to the buyer" }),
  })
  .meta({ id: "TopUpFailure" });
export type TopUpFailure = z.infer<typeof topUpFailure>;

export const topUp = z
  .object({
    id,
    customerId,
    creditTypeId: id,
    resourceId: id.nullable(),
    status: z.enum(TOP_UP_STATUSES),
    method: z.enum(TOP_UP_METHODS),
    credits,
    currency,
    pricePerCredit: pricePerCredit.meta({ description: "As it was when the order was made" }),
    subtotal: money,
    total: money.meta({ description: "What is asked for, before discounts and tax of the checkout" }),
    paid: money.nullable().meta({ description: "What was paid for the credits, without tax" }),
    uiMode: z.enum(UI_MODES).nullable(),
    url: z
      .string()
      .nullable()
      .meta({ description: "Where the buyer pays or confirms, while that is possible" }),
    clientSecret: z.string().nullable().meta({
      description:
        "Of an embedded checkout, or of a payment that its buyer has to confirm. In the answer that made the order and where Stripe was just asked; null elsewhere",
    }),
    publishableKey: z.string().nullable().meta({ description: "What the client secret is used with" }),
    payableUntil: timestamp.nullable().meta({ description: "When the checkout closes" }),
    failure: topUpFailure.nullable(),
    paymentIntentId: z.string().nullable(),
    receiptUrl: z.string().nullable(),
    refunded: money.meta({ description: "What was given back of the payment, or is on its way back" }),
    creditsRevoked: credits.meta({
      description:
        "Credits that were taken back because their money went back, by a refund or a lost dispute",
    }),
    creditsShort: credits.meta({ description: "Credits that were spent before their money went back" }),
    disputeStatus: z
      .string()
      .nullable()
      .meta({ description: "Of the payment's dispute, as Stripe names it", example: "needs_response" }),
    grantId: id.nullable(),
    invoice: topUpInvoice.nullable(),
    priority: z.int(),
    effectiveAt: timestamp.nullable(),
    expiresAt: timestamp.nullable().meta({ description: "Of the credits, where the order says it" }),
    grantExpiresAfter: z
      .string()
      .nullable()
      .meta({ description: "How long the credits live from their payment, where the order does not say" }),
    reason: z.string().nullable(),
    externalReference: z.string().nullable(),
    metadata: z.record(z.string(), z.string()),
    actor,
    history: z.array(
      z.object({
        status: z.enum(TOP_UP_STATUSES),
        at: timestamp,
        cause: z.string().meta({ description: "Who noticed", example: "webhook" }),
      }),
    ),
    createdAt: timestamp,
    updatedAt: timestamp,
  })
  .meta({ id: "TopUp", description: "An order of credits" });
export type TopUp = z.infer<typeof topUp>;
