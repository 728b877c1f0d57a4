import { z } from "zod";
import { credits, creditsInput, money } from "../values/amounts.ts";
import { customerId, id, resourceId } from "../values/ids.ts";
import { calendarPeriod, timestamp } from "../values/time.ts";
import { daysUntilDue, topUpFailure, topUpInvoice } from "./top-ups.ts";

/** How an auto top-up is paid, as Stripe calls it: a saved card is charged, or an invoice is sent. */
export const COLLECTION_METHODS = ["charge_automatically", "send_invoice"] as const;
export type CollectionMethod = (typeof COLLECTION_METHODS)[number];

/** What an auto top-up does at the moment; of one that is not enabled, what it would do. */
export const AUTO_TOP_UP_STATES = [
  "active",
  "in_flight",
  "cooling_down",
  "action_required",
  "suspended",
  "limit_reached",
] as const;
export type AutoTopUpState = (typeof AUTO_TOP_UP_STATES)[number];

/**
 * Why an auto top-up stopped by itself: three payments in a row failed, the card can never be charged again, it was
 * removed, there is none, the customer was deleted at Stripe, the plan no longer sells what is asked for, Stripe refused
 * for another reason, or three invoices in a row were not paid.
 */
export const SUSPENDED_REASONS = [
  "declined",
  "card_unusable",
  "card_removed",
  "no_card",
  "customer_deleted",
  "not_sold",
  "refused",
  "unpaid",
] as const;
export type SuspendedReason = (typeof SUSPENDED_REASONS)[number];

/** What became of one try to top up. `in_flight` and `action_required` are not over. */
export const ATTEMPT_STATUSES = [
  "in_flight",
  "action_required",
  "succeeded",
  "failed",
  "expired",
  "canceled",
] as const;
export type AttemptStatus = (typeof ATTEMPT_STATUSES)[number];

const threshold = "It tops up when what can be spent, with what is on its way, falls below this";

/** What is set of an auto top-up. */
export const autoTopUpSettings = {
  enabled: z.boolean(),
  threshold: z.union([money, creditsInput]).meta({ description: `${threshold}: credits, or what they cost` }),
  target: creditsInput.optional().meta({ description: "Tops up to so many credits; this or `credits`" }),
  credits: creditsInput.optional().meta({ description: "Tops up by so many credits; this or `target`" }),
  monthlyLimit: money
    .optional()
    .meta({ description: "The most that is charged in a calendar month of UTC; no limit if left out" }),
  grantExpiresAfter: calendarPeriod
    .optional()
    .meta({ description: "How long the credits live; what the plan says if left out" }),
  paymentMethodId: id.optional().meta({ description: "The customer's default card if left out" }),
};

const collectionMethod = z.enum(COLLECTION_METHODS);

interface Amounts {
  readonly threshold: bigint | { readonly currency: string };
  readonly target?: bigint | undefined;
  readonly credits?: bigint | undefined;
  readonly monthlyLimit?: { readonly amountMinor: number; readonly currency: string } | undefined;
}

/** What the settings must be to one another. */
export function refineAutoTopUp(input: Amounts, context: z.RefinementCtx): void {
  const refuse = (path: string, message: string) =>
    context.addIssue({ code: "custom", path: [path], message });
  const { threshold: below, target, credits: by, monthlyLimit } = input;
  if (target === undefined && by === undefined) refuse("target", "or credits must be given");
  if (target !== undefined && by !== undefined) refuse("credits", "must not come with target");
  if (target !== undefined && typeof below === "bigint" && target <= below)
    refuse("target", "must be more than the threshold");
  if (monthlyLimit?.amountMinor === 0) refuse("monthlyLimit", "must be more than 0");
  if (typeof below !== "bigint" && monthlyLimit && below.currency !== monthlyLimit.currency)
    refuse("monthlyLimit", "must be in the currency of the threshold");
}

export const autoTopUpInput = z
  .strictObject({
    ...autoTopUpSettings,
    collectionMethod: collectionMethod
      .optional()
      .meta({ description: "Whether a saved card is charged, or an invoice sent; a card if left out" }),
    daysUntilDue: daysUntilDue
      .optional()
      .meta({ description: "Of send_invoice: when its invoices are due; 30 days if left out" }),
    method: z
      .enum(["charge", "invoice"])
      .optional()
      .meta({ description: "The same as `collectionMethod`, as orders call it" }),
  })
  .superRefine(refineAutoTopUp)
  .superRefine(refineCollection)
  .meta({ id: "AutoTopUpInput", description: "The whole rule: what is left out is not set" });
export type AutoTopUpInput = z.output<typeof autoTopUpInput>;

/** How it is paid, said in either way. */
export function collectionMethodOf({
  collectionMethod: asked,
  method,
}: Pick<AutoTopUpInput, "collectionMethod" | "method">): CollectionMethod {
  return asked ?? (method === "invoice" ? "send_invoice" : "charge_automatically");
}

function refineCollection(
  input: {
    readonly collectionMethod?: CollectionMethod | undefined;
    readonly method?: "charge" | "invoice" | undefined;
    readonly daysUntilDue?: number | undefined;
    readonly paymentMethodId?: string | undefined;
  },
  context: z.RefinementCtx,
): void {
  const refuse = (path: string, message: string) =>
    context.addIssue({ code: "custom", path: [path], message });
  const collection = collectionMethodOf(input);
  const sends = collection === "send_invoice";
  if (input.method !== undefined && (input.method === "invoice") !== sends)
    refuse("method", `must not contradict the collection method ${collection}`);
  if (sends && input.paymentMethodId !== undefined)
    refuse("paymentMethodId", "belongs to the collection method charge_automatically");
  if (!sends && input.daysUntilDue !== undefined)
    refuse("daysUntilDue", "belongs to the collection method send_invoice");
}

/** One try to top up. */
export const autoTopUpAttempt = z
  .object({
    id,
    topUpId: id.nullable().meta({ description: "The order; null where none was placed" }),
    status: z.enum(ATTEMPT_STATUSES),
    credits,
    total: money,
    paymentMethodId: z.string().nullable(),
    idempotencyKey: z
      .string()
      .nullable()
      .meta({ description: "What the call to Stripe went under, each time that it was made" }),
    failure: topUpFailure.nullable(),
    startedAt: timestamp.meta({ description: "By the customer's clock" }),
    settledAt: timestamp.nullable(),
  })
  .meta({ id: "AutoTopUpAttempt" });
export type AutoTopUpAttempt = z.infer<typeof autoTopUpAttempt>;

/** What an auto top-up is at, as both its readers see it. */
export const autoTopUpStanding = {
  state: z.enum(AUTO_TOP_UP_STATES),
  spentThisMonth: money.meta({ description: "Of payments that succeeded, in the month of UTC" }),
  inFlight: z
    .object({
      credits,
      total: money,
      invoice: topUpInvoice.nullable().meta({
        description: "Of send_invoice, once it was sent: where it is read and paid",
      }),
    })
    .nullable()
    .meta({ description: "What is being charged, or waits for its payer; counts against the limit" }),
  lastAttempt: autoTopUpAttempt.nullable(),
  suspendedReason: z.enum(SUSPENDED_REASONS).nullable(),
  actionUrl: z
    .string()
    .nullable()
    .meta({ description: "Where the customer confirms a payment, in the state action_required" }),
  nextTryAt: timestamp.nullable().meta({ description: "When a pause ends, by the customer's clock" }),
};

/** How it is paid, as it is shown. */
export const autoTopUpCollection = {
  collectionMethod: collectionMethod.meta({
    description: "Whether a saved card is charged, or an invoice sent",
  }),
  daysUntilDue: daysUntilDue
    .nullable()
    .meta({ description: "Of send_invoice: when its invoices are due; null where 30 days are meant" }),
};

export const autoTopUp = z
  .object({
    customerId,
    creditTypeId: id,
    resourceId: resourceId.nullable(),
    enabled: z.boolean(),
    threshold: z.union([money, credits]),
    target: credits.nullable(),
    credits: credits.nullable(),
    monthlyLimit: money.nullable(),
    method: z
      .enum(["charge", "invoice"])
      .meta({ description: "The same as `collectionMethod`, as orders call it" }),
    ...autoTopUpCollection,
    grantExpiresAfter: z.string().nullable(),
    paymentMethodId: z.string().nullable(),
    ...autoTopUpStanding,
    createdAt: timestamp,
    updatedAt: timestamp,
  })
  .meta({ id: "AutoTopUp", description: "A rule by which credits are bought before they run out" });
export type AutoTopUp = z.infer<typeof autoTopUp>;
