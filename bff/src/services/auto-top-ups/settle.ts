import type { AttemptStatus, TopUpFailure } from "@credits-kit/contract";
import {
  type AttemptRow,
  lockAttempt,
  readCustomerClock,
  storeAttempt,
} from "../../storage/auto-top-ups/attempts.ts";
import { addNotice } from "../../storage/auto-top-ups/notices.ts";
import { lockRule, REAL_NOW, type RuleRow, storeRule } from "../../storage/auto-top-ups/rules.ts";
import { storeTopUp, type TopUpRow } from "../../storage/payments/top-ups.ts";
import { inTransaction, type Transaction } from "../../storage/transaction.ts";
import { failureColumns } from "../top-ups/move.ts";
import type { TopUpDeps } from "../top-ups/payments.ts";
import { classifyFailure, type FailureKind } from "./classify.ts";
import { AUTO_PACE } from "./pace.ts";
import { suspend } from "./standing.ts";

/** What became of an attempt that is not over yet. */
export type Result =
  | { readonly status: "succeeded" | "canceled" }
  | { readonly status: "action_required"; readonly order: TopUpRow }
  | { readonly status: "failed" | "expired"; readonly failure: TopUpFailure };

const NOT_CONFIRMED: TopUpFailure = {
  code: "not_confirmed",
  declineCode: "authentication_required",
  message: "The payment was not confirmed within a day.",
};

const INVOICE_VOID: TopUpFailure = {
  code: "invoice_void",
  declineCode: null,
  message: "The invoice was taken back before it was paid.",
};
const INVOICE_UNCOLLECTIBLE: TopUpFailure = {
  code: "invoice_uncollectible",
  declineCode: null,
  message: "The invoice was not paid, and was written off as uncollectible.",
};

/** What an order says about its attempt; null while nothing is new. */
export function resultOf(order: TopUpRow): Result | null {
  const { invoice_status: invoiceStatus } = order;
  switch (order.status) {
    case "paid":
      return { status: "succeeded" };
    case "action_required":
      return { status: "action_required", order };
    case "expired":
      return { status: "expired", failure: NOT_CONFIRMED };
    case "void":
      return invoiceStatus === null ? { status: "canceled" } : { status: "failed", failure: INVOICE_VOID };
    case "failed":
      return { status: "failed", failure: failureOf(order) };
    case "awaiting_payment":
      return invoiceStatus === "uncollectible" ? { status: "failed", failure: INVOICE_UNCOLLECTIBLE } : null;
    case "processing":
      return null;
  }
}

function failureOf({ failure_code, failure_decline_code, failure_message }: TopUpRow): TopUpFailure {
  return {
    code: failure_code ?? "payment_failed",
    declineCode: failure_decline_code,
    message: failure_message ?? "The payment did not succeed.",
  };
}

/** Where a page is that its payer confirms an order on. */
export function confirmAddress({ selling }: Pick<TopUpDeps, "selling">, topUpId: string): string {
  return `${selling.publicUrl}/stripe/confirm?top_up=${encodeURIComponent(topUpId)}`;
}

/** Ends an attempt, and moves its rule on: once, whoever notices first. */
export async function settleAttempt(
  deps: Pick<TopUpDeps, "database" | "selling" | "standingChanged">,
  attempt: AttemptRow,
  result: Result,
): Promise<void> {
  const isMoved = await inTransaction(deps.database, async (transaction) => {
    const rule = await lockRule(transaction, attempt);
    const standing = await lockAttempt(transaction, attempt);
    const isOver = standing?.status !== "in_flight" && standing?.status !== "action_required";
    if (isOver || standing.status === result.status) return false;
    const at = await readCustomerClock(transaction, attempt.customer_id);
    await noteAttempt(transaction, standing, { status: result.status, at });
    if (result.status === "action_required") {
      await awaitPayer(deps, transaction, { standing, result, at });
      return true;
    }
    const failure = "failure" in result ? failureColumns(result.failure) : {};
    await storeAttempt(transaction, standing, { status: result.status, settled_at: at, ...failure });
    if (rule) await moveRule(transaction, rule, { attempt: standing, result, at });
    return true;
  });
  if (isMoved) deps.standingChanged?.(attempt.customer_id);
}

async function awaitPayer(
  deps: Pick<TopUpDeps, "selling">,
  transaction: Transaction,
  {
    standing,
    result: { order },
    at,
  }: { standing: AttemptRow; result: Extract<Result, { status: "action_required" }>; at: Date },
): Promise<void> {
  await storeAttempt(transaction, standing, {
    status: "action_required",
    action_until: new Date(at.getTime() + AUTO_PACE.actionMs),
  });
  await storeTopUp(transaction, order, { pay_url: confirmAddress(deps, order.top_up_id) });
}

async function moveRule(
  transaction: Transaction,
  rule: RuleRow,
  { attempt, result, at }: { attempt: AttemptRow; result: Result; at: Date },
): Promise<void> {
  const after = (ms: number) => new Date(at.getTime() + ms);
  if (result.status === "succeeded") {
    await storeRule(transaction, rule, {
      failures: 0,
      paused_until: after(AUTO_PACE.coolDownMs),
      suspended_reason: null,
      failed_at: null,
      failed_card_id: null,
      limited_in: null,
      look_again_at: null,
    });
    return;
  }
  if (!("failure" in result)) {
    // Somebody gave it up: to charge again at once would be against their will.
    await storeRule(transaction, rule, {
      paused_until: after(AUTO_PACE.backOffMs),
      failed_at: REAL_NOW,
      limited_in: null,
    });
    return;
  }
  const kind = classifyFailure(result.failure);
  const failures = rule.failures + (kind === "outage" ? 0 : 1);
  await storeRule(transaction, rule, {
    failures,
    paused_until: after(pauseAfter(kind)),
    failed_at: REAL_NOW,
    limited_in: null,
  });
  const reason = suspensionOf(result.failure, { failures, namesCard: rule.payment_method_id !== null });
  if (reason === null) return;
  const mark = attempt.attempt_id;
  await suspend(transaction, rule, { reason, at, cardId: attempt.payment_method_id, mark });
}

function pauseAfter(kind: FailureKind): number {
  if (kind === "outage") return AUTO_PACE.outageMs;
  return kind === "unpaid" ? AUTO_PACE.unpaidMs : AUTO_PACE.backOffMs;
}

function suspensionOf(
  failure: TopUpFailure,
  { failures, namesCard }: { failures: number; namesCard: boolean },
) {
  const kind = classifyFailure(failure);
  if (kind === "hard") return "card_unusable";
  if (kind === "no_card") return "no_card";
  if (kind === "gone") return namesCard ? "card_removed" : "no_card";
  if (kind === "outage" || failures < AUTO_PACE.mostFailures) return null;
  if (kind === "unpaid") return "unpaid";
  return kind === "refused" ? "refused" : "declined";
}

async function noteAttempt(
  transaction: Transaction,
  attempt: AttemptRow,
  { status, at }: { status: AttemptStatus; at: Date },
): Promise<void> {
  const { customer_id, credit_type_id, resource_id, attempt_id } = attempt;
  const isAction = status === "action_required";
  await addNotice(transaction, {
    customer_id,
    credit_type_id,
    resource_id,
    kind: isAction ? "action_required" : "attempted",
    notice_key: `${isAction ? "action" : "attempted"}:${attempt_id}`,
    details: { attemptId: attempt_id, status },
    occurred_at: at,
  });
}
