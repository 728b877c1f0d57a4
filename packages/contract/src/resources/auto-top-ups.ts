import { z } from "zod";
import { credits, creditsInput, money } from "../values/amounts.ts";
import { customerId, id, resourceId } from "../values/ids.ts";
import { calendarPeriod, timestamp } from "../values/time.ts";
import { topUpFailure } from "./top-ups.ts";

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
 * removed, there is none, the customer was deleted at Stripe, the plan no longer sells what is asked for, or Stripe
 * refused for another reason.
 */
export const SUSPENDED_REASONS = [
  "declined",
  "card_unusable",
  "card_removed",
  "no_card",
  "customer_deleted",
  "not_sold",
  "refused",
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
    method: z
      .enum(["charge", "invoice"])
      .optional()
      .meta({ description: "charge if left out; invoice cannot be used yet" }),
  })
  .superRefine(refineAutoTopUp)
  .meta({ id: "AutoTopUpInput", description: "The whole rule: what is left out is not set" });
export type AutoTopUpInput = z.output<typeof autoTopUpInput>;

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
    .object({ credits, total: money })
    .nullable()
    .meta({ description: "What is being charged; counts against the limit" }),
  lastAttempt: autoTopUpAttempt.nullable(),
  suspendedReason: z.enum(SUSPENDED_REASONS).nullable(),
  actionUrl: z
    .string()
    .nullable()
    .meta({ description: "Where the customer confirms a payment, in the state action_required" }),
  nextTryAt: timestamp.nullable().meta({ description: "When a pause ends, by the customer's clock" }),
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
    method: z.enum(["charge", "invoice"]),
    grantExpiresAfter: z.string().nullable(),
    paymentMethodId: z.string().nullable(),
    ...autoTopUpStanding,
    createdAt: timestamp,
    updatedAt: timestamp,
  })
  .meta({ id: "AutoTopUp", description: "A rule by which credits are bought before they run out" });
export type AutoTopUp = z.infer<typeof autoTopUp>;
