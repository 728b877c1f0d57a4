import { z } from "zod";
import type { FraudWarningView, ReversalView } from "../reversal-gateway.ts";

const reference = z
  .union([z.string(), z.looseObject({ id: z.string() })])
  .nullish()
  .transform((value) => (typeof value === "object" ? (value?.id ?? null) : (value ?? null)));
const text = z
  .string()
  .max(200)
  .nullish()
  .transform((value) => value ?? null);
const shared = {
  id: z.string(),
  amount: z.int().min(0).transform(BigInt),
  currency: z.string(),
  payment_intent: reference,
  reason: text,
  created: z.number().transform((value) => value * 1000),
};

const refund = z
  .looseObject({
    ...shared,
    // Stripe's type allows null: a refund that says nothing else counts as made.
    status: z
      .enum(["pending", "requires_action", "succeeded", "failed", "canceled"])
      .nullish()
      .transform((status) => status ?? "succeeded"),
  })
  .transform((object): ReversalView => ({ kind: "refund", status: object.status, ...factsOf(object) }));

const dispute = z
  .looseObject({
    ...shared,
    status: z.enum([
      "warning_needs_response",
      "warning_under_review",
      "warning_closed",
      "needs_response",
      "under_review",
      "won",
      "lost",
      "prevented",
    ]),
  })
  .transform((object): ReversalView => ({ kind: "dispute", status: object.status, ...factsOf(object) }));

const warning = z
  .looseObject({
    id: z.string(),
    payment_intent: reference,
    charge: z.union([z.string(), z.looseObject({ id: z.string() }).transform(({ id }) => id)]),
    fraud_type: z.string().max(200),
  })
  .transform((object): FraudWarningView => ({
    id: object.id,
    paymentId: object.payment_intent,
    chargeId: object.charge,
    fraudType: object.fraud_type,
  }));

interface Facts {
  readonly id: string;
  readonly amount: bigint;
  readonly currency: string;
  readonly payment_intent: string | null;
  readonly reason: string | null;
  readonly created: number;
}

function factsOf({ id, amount, currency, payment_intent, reason, created }: Facts) {
  return { id, amountMinor: amount, currency, paymentId: payment_intent, reason, happenedAtMs: created };
}

/** The payment that a refund or a dispute is of, whatever else it says; null for one without. */
export function paymentReversedBy(object: unknown): string | null {
  return z.looseObject({ payment_intent: reference }).safeParse(object).data?.payment_intent ?? null;
}

/** @throws ZodError for something that is no refund */
export function viewRefund(object: unknown): ReversalView {
  return refund.parse(object);
}

/** @throws ZodError for something that is no dispute */
export function viewDispute(object: unknown): ReversalView {
  return dispute.parse(object);
}

/** @throws ZodError for something that is no early fraud warning */
export function viewFraudWarning(object: unknown): FraudWarningView {
  return warning.parse(object);
}
