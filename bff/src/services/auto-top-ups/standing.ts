import type { SuspendedReason } from "@credits-kit/contract";
import { addNotice } from "../../storage/auto-top-ups/notices.ts";
import {
  hasBoughtSince,
  lockRule,
  type PoolKey,
  REAL_NOW,
  type RuleRow,
  storeRule,
} from "../../storage/auto-top-ups/rules.ts";
import { readCustomerClock } from "../../storage/auto-top-ups/attempts.ts";
import { inTransaction, type Transaction } from "../../storage/transaction.ts";
import type { TopUpDeps } from "../top-ups/payments.ts";
import { WARNINGS } from "./pace.ts";

/** Why a rule goes on that had stopped. */
export type LiftCause = "resumed" | "card_changed" | "top_up";

/** Stops a rule, and notes that its owner is to be told. */
export async function suspend(
  transaction: Transaction,
  rule: PoolKey,
  { reason, at, cardId, mark }: { reason: SuspendedReason; at: Date; cardId: string | null; mark: string },
): Promise<void> {
  await storeRule(transaction, rule, {
    suspended_reason: reason,
    failed_at: REAL_NOW,
    failed_card_id: cardId,
    paused_until: null,
  });
  const { customer_id, credit_type_id, resource_id } = rule;
  await addNotice(transaction, {
    customer_id,
    credit_type_id,
    resource_id,
    kind: "changed",
    notice_key: `suspended:${mark}`,
    details: { reason: "suspended", suspendedReason: reason },
    occurred_at: at,
  });
}

/** Suspends a rule that is not suspended, outside of any attempt. */
export async function suspendNow(
  deps: Pick<TopUpDeps, "database" | "standingChanged">,
  key: PoolKey,
  reason: SuspendedReason,
): Promise<void> {
  const isStopped = await inTransaction(deps.database, async (transaction) => {
    const rule = await lockRule(transaction, key);
    if (!rule?.enabled || rule.suspended_reason !== null) return false;
    const at = await readCustomerClock(transaction, key.customer_id);
    const mark = `${key.credit_type_id}:${key.resource_id}:${reason}:${at.getTime()}`;
    await suspend(transaction, rule, { reason, at, cardId: rule.payment_method_id, mark });
    return true;
  });
  if (isStopped) deps.standingChanged?.(key.customer_id);
}

/** Lets a rule that failed go on, if it is there. */
export async function liftFailures(
  deps: Pick<TopUpDeps, "database" | "standingChanged">,
  key: PoolKey,
  options: { cause: LiftCause; paymentMethodId?: string; consentedAt?: Date },
): Promise<boolean> {
  const isThere = await inTransaction(deps.database, async (transaction) => {
    const rule = await lockRule(transaction, key);
    if (!rule) return false;
    await lift(transaction, rule, options);
    return true;
  });
  if (isThere) deps.standingChanged?.(key.customer_id);
  return isThere;
}

/** Lets a locked rule that failed start over, perhaps with another card. A pause after a success stays. */
export async function lift(
  transaction: Transaction,
  rule: RuleRow,
  options: { cause: LiftCause; paymentMethodId?: string; consentedAt?: Date },
): Promise<void> {
  const { cause, paymentMethodId, consentedAt } = options;
  const hasFailed = rule.failed_at !== null;
  await storeRule(transaction, rule, {
    look_again_at: null,
    ...(paymentMethodId === undefined ? {} : { payment_method_id: paymentMethodId }),
    ...(consentedAt === undefined ? {} : { consented_at: consentedAt }),
    ...(hasFailed
      ? { suspended_reason: null, failed_at: null, failed_card_id: null, failures: 0, paused_until: null }
      : {}),
  });
  if (rule.suspended_reason === null) return;
  const { customer_id, credit_type_id, resource_id } = rule;
  await addNotice(transaction, {
    customer_id,
    credit_type_id,
    resource_id,
    kind: "changed",
    notice_key: `lifted:${credit_type_id}:${resource_id}:${rule.failed_at?.getTime() ?? 0}`,
    details: { reason: cause },
    occurred_at: await readCustomerClock(transaction, customer_id),
  });
}

/** The rule, gone on where its customer has bought credits by themselves since it failed. */
export async function liftedByTopUp(
  deps: Pick<TopUpDeps, "database" | "standingChanged">,
  rule: RuleRow,
): Promise<boolean> {
  if (rule.failed_at === null) return false;
  if (!(await hasBoughtSince(deps.database.writer, rule.customer_id, rule.failed_at))) return false;
  return liftFailures(deps, rule, { cause: "top_up" });
}

/** Notes which parts of a month's limit are used, each once. */
export async function warnOfLimit(
  transaction: Transaction,
  rule: RuleRow,
  { usedMinor, month, at, isLimited }: { usedMinor: bigint; month: string; at: Date; isLimited: boolean },
): Promise<void> {
  if (rule.limit_minor === null) return;
  const { customer_id, credit_type_id, resource_id, currency } = rule;
  const limitMinor = BigInt(rule.limit_minor);
  for (const percent of WARNINGS) {
    if (!isLimited && usedMinor * 100n < limitMinor * BigInt(percent)) continue;
    await addNotice(transaction, {
      customer_id,
      credit_type_id,
      resource_id,
      kind: "limit_reached",
      notice_key: `limit:${month}:${percent}:${credit_type_id}:${resource_id}`,
      details: { percent, month, currency, usedMinor: Number(usedMinor), limitMinor: Number(limitMinor) },
      occurred_at: at,
    });
  }
}
