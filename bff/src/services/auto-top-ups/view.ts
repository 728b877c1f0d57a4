import { formatCredits } from "@credits-kit/amounts";
import type {
  AutoTopUp,
  AutoTopUpAttempt,
  CollectionMethod,
  Money,
  TopUpInvoice,
} from "@credits-kit/contract";
import { type AttemptRow, findLastAttempt, findOpenAttempt } from "../../storage/auto-top-ups/attempts.ts";
import type { RuleRow } from "../../storage/auto-top-ups/rules.ts";
import { findTopUp, stripeKeysOf } from "../../storage/payments/top-ups.ts";
import type { Transaction } from "../../storage/transaction.ts";
import { invoiceOf } from "../invoices/view.ts";
import type { TopUpDeps } from "../top-ups/payments.ts";
import { type Assessment, assess } from "./facts.ts";
import { confirmAddress } from "./settle.ts";

/** What an auto top-up is at. */
export type Standing = Pick<
  AutoTopUp,
  "state" | "spentThisMonth" | "inFlight" | "lastAttempt" | "suspendedReason" | "actionUrl" | "nextTryAt"
>;

/** Shows a rule to the host's back end. */
export async function viewRule(
  deps: Pick<TopUpDeps, "selling" | "now">,
  db: Transaction,
  row: RuleRow,
): Promise<AutoTopUp> {
  const { standing } = await readStanding(deps, db, row);
  return {
    customerId: row.customer_id,
    creditTypeId: row.credit_type_id,
    resourceId: row.resource_id === "" ? null : row.resource_id,
    ...viewSettings(row),
    method: row.method,
    ...viewCollection(row),
    paymentMethodId: row.payment_method_id,
    ...standing,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

/** What is set of a rule. */
export function viewSettings(row: RuleRow) {
  const currency = row.currency ?? "";
  return {
    enabled: row.enabled,
    threshold:
      row.threshold_credits === null
        ? moneyOf(row.threshold_minor ?? 0, currency)
        : formatCredits(BigInt(row.threshold_credits)),
    target: creditsOf(row.target),
    credits: creditsOf(row.credits),
    monthlyLimit: row.limit_minor === null ? null : moneyOf(row.limit_minor, currency),
    grantExpiresAfter: row.grant_expires_after,
  };
}

/** How a rule is paid. */
export function viewCollection({ method, days_until_due: daysUntilDue }: RuleRow) {
  const collectionMethod: CollectionMethod = method === "invoice" ? "send_invoice" : "charge_automatically";
  return { collectionMethod, daysUntilDue };
}

/** What a rule is at, with everything that says so. */
export async function readStanding(
  deps: Pick<TopUpDeps, "selling" | "now">,
  db: Transaction,
  row: RuleRow,
): Promise<{ standing: Standing; assessment: Assessment }> {
  const assessment = await assess(db, row);
  const open = await findOpenAttempt(db, row);
  const last = await findLastAttempt(db, row);
  const keys = await stripeKeysOf(db, row.customer_id, topUpIdsOf(last ? [last] : []));
  const { decision, facts, currency } = assessment;
  const isRest = decision.kind === "rest";
  const waits = open?.status === "action_required" ? open.top_up_id : null;
  const standing: Standing = {
    state: isRest ? decision.state : "active",
    spentThisMonth: moneyOf(facts.spentMinor, currency),
    inFlight: open
      ? {
          credits: formatCredits(BigInt(open.credits)),
          total: moneyOf(open.total_minor, open.currency),
          invoice: await invoiceOfAttempt(deps, db, open),
        }
      : null,
    lastAttempt: last ? viewAttempt(last, keys) : null,
    suspendedReason: isRest ? decision.reason : null,
    actionUrl: waits === null ? null : confirmAddress(deps, waits),
    nextTryAt: isRest && decision.until !== null ? new Date(decision.until).toISOString() : null,
  };
  return { standing, assessment };
}

async function invoiceOfAttempt(
  { now }: Pick<TopUpDeps, "now">,
  db: Transaction,
  { customer_id, top_up_id, method }: AttemptRow,
): Promise<TopUpInvoice | null> {
  if (top_up_id === null || method !== "invoice") return null;
  const order = await findTopUp(db, { customer_id, top_up_id });
  return order ? invoiceOf(order, now()) : null;
}

/** The orders of attempts. */
export function topUpIdsOf(attempts: readonly AttemptRow[]): string[] {
  return attempts.flatMap(({ top_up_id }) => (top_up_id === null ? [] : [top_up_id]));
}

/** @param keys what the calls to Stripe went under, by order */
export function viewAttempt(row: AttemptRow, keys: ReadonlyMap<string, string>): AutoTopUpAttempt {
  const { failure_code: code } = row;
  return {
    id: row.attempt_id,
    topUpId: row.top_up_id,
    status: row.status,
    credits: formatCredits(BigInt(row.credits)),
    total: moneyOf(row.total_minor, row.currency),
    paymentMethodId: row.payment_method_id,
    idempotencyKey: keys.get(row.top_up_id ?? "") ?? null,
    failure:
      code === null
        ? null
        : {
            code,
            declineCode: row.failure_decline_code,
            message: row.failure_message ?? "The payment did not succeed.",
          },
    startedAt: row.started_at.toISOString(),
    settledAt: row.settled_at?.toISOString() ?? null,
  };
}

export function moneyOf(amountMinor: string | number | bigint, currency: string): Money {
  return { amountMinor: Number(amountMinor), currency };
}

function creditsOf(amount: string | null): string | null {
  return amount === null ? null : formatCredits(BigInt(amount));
}
