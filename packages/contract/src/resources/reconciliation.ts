import { z } from "zod";
import { credits, money } from "../values/amounts.ts";
import { timestamp } from "../values/time.ts";

/** What can differ between Stripe and the ledger, or between two clocks. */
export const RECONCILIATION_KINDS = [
  "paid_without_credits",
  "payment_mismatch",
  "unknown_payment",
  "second_payment",
  "unanswered_order",
  "stripe_unread",
  "dead_webhook",
  "foreign_event",
  "clock_skew",
  "refund_shortfall",
  "refund_mismatch",
  "dispute_mismatch",
  "early_fraud_warning",
  "invoice_mismatch",
] as const;
export type ReconciliationKind = (typeof RECONCILIATION_KINDS)[number];

export const reconciliationFinding = z
  .object({
    kind: z.enum(RECONCILIATION_KINDS),
    customerId: z.string().nullable(),
    topUpId: z.string().nullable(),
    objectId: z.string().nullable().meta({ description: "Stripe's id: a payment intent, an event, …" }),
    amount: money.nullable(),
    credits: credits.nullable(),
    detail: z.string(),
    since: timestamp,
    repairedAt: timestamp.nullable().meta({ description: "Null while it stands" }),
  })
  .meta({ id: "ReconciliationFinding" });
export type ReconciliationFinding = z.infer<typeof reconciliationFinding>;

export const reconciliation = z
  .object({
    checkedAt: timestamp.nullable().meta({ description: "When Stripe was last compared with the ledger" }),
    open: z
      .array(reconciliationFinding)
      .meta({ description: "What stands and needs a person, newest first" }),
    repaired: z.array(reconciliationFinding).meta({ description: "What was put right in the last 30 days" }),
    webhooks: z.object({
      waiting: z.int().meta({ description: "Events that are stored and not yet dealt with" }),
      oldestWaitingAt: timestamp.nullable(),
      dead: z.int().meta({ description: "Events that are no longer tried" }),
      lastReceivedAt: timestamp.nullable(),
    }),
    clocks: z
      .object({
        databaseAheadMs: z.int().nullable(),
        stripeAheadMs: z.int().nullable(),
        isFine: z.boolean(),
      })
      .meta({
        description: "Against this process's clock; beyond 60 s signatures of webhooks are in danger",
      }),
  })
  .meta({ id: "Reconciliation", description: "Stripe's payments compared with the credits they bought" });
export type Reconciliation = z.infer<typeof reconciliation>;
