import { GatewayError } from "../../payments/gateway.ts";
import { type AttemptRow, findOpenAttempt, insertAttempt } from "../../storage/auto-top-ups/attempts.ts";
import {
  findRule,
  lockRule,
  type PoolKey,
  type RuleRow,
  rulesOf,
  storeRule,
  storeWatch,
} from "../../storage/auto-top-ups/rules.ts";
import { makeId } from "../../storage/customers/ids.ts";
import { inTransaction } from "../../storage/transaction.ts";
import { settleDue } from "../balances/settle-due.ts";
import type { TopUpDeps } from "../top-ups/payments.ts";
import { cardToCharge } from "./card.ts";
import { carryOn, resumeAttempt } from "./carry-on.ts";
import { thresholdOf } from "./decide.ts";
import { type Assessment, assess, ruleOf } from "./facts.ts";
import { AUTO_PACE } from "./pace.ts";
import { liftedByTopUp, suspendNow, warnOfLimit } from "./standing.ts";

/** Evaluates all rules of a customer. @returns whether the customer has any that is enabled */
export async function evaluateCustomer(deps: TopUpDeps, customerId: string): Promise<boolean> {
  const rules = (await rulesOf(deps.database.writer, customerId)).filter(({ enabled }) => enabled);
  for (const rule of rules) await evaluateAutoTopUp(deps, rule);
  return rules.length > 0;
}

/**
 * Looks whether a pool needs credits, and buys them if it does. Any number may do so at once, on several replicas: a pool
 * has at most one attempt that is not over. It never stands in a transaction of money; what a crash leaves undone is taken
 * up by the next sweep.
 * @throws ServiceError `overloaded` when what is due of the customer cannot be written now
 */
export async function evaluateAutoTopUp(deps: TopUpDeps, key: PoolKey): Promise<void> {
  const { writer } = deps.database;
  if (deps.payments === null) return;
  const open = await findOpenAttempt(writer, key);
  if (open) await resumeAttempt(deps, open);
  const rule = await findRule(writer, key);
  if (!rule?.enabled) return;
  await settleDue(deps, key.customer_id);
  const standing = (await liftedByTopUp(deps, rule)) ? await findRule(writer, key) : rule;
  if (!standing) return;
  const assessment = await assess(writer, standing);
  await note(deps, standing, assessment);
  if (assessment.decision.kind !== "buy") return;
  const cardId = standing.method === "invoice" ? null : await findCard(deps, standing);
  if (cardId === null && standing.method !== "invoice") return;
  const attempt = await begin(deps, key, { method: standing.method, cardId });
  if (attempt) await carryOn(deps, attempt);
}

/** Keeps what spares others the look: what the threshold comes to, and until when nothing can be bought. */
async function note(deps: TopUpDeps, rule: RuleRow, { facts, read, decision }: Assessment): Promise<void> {
  const { writer } = deps.database;
  const threshold = thresholdOf(ruleOf(rule), facts.selling);
  const isMoney = rule.threshold_minor !== null;
  if (threshold !== null && (isMoney || threshold !== BigInt(rule.watch_below)))
    await storeWatch(writer, rule, threshold);
  if (decision.kind === "buy") return;
  if (decision.reason === "not_sold" && rule.suspended_reason === null)
    await storeRule(writer, rule, { look_again_at: new Date(deps.now() + AUTO_PACE.notSoldMs) });
  if (!decision.isLimited || rule.limited_in === read.month) return;
  await inTransaction(deps.database, async (transaction) => {
    await storeRule(transaction, rule, { limited_in: read.month });
    const usedMinor = facts.spentMinor + facts.inFlightMinor;
    await warnOfLimit(transaction, rule, { usedMinor, month: read.month, at: read.now, isLimited: true });
  });
  deps.standingChanged?.(rule.customer_id);
}

async function findCard(deps: TopUpDeps, rule: RuleRow): Promise<string | null> {
  try {
    const found = await cardToCharge(deps, rule);
    if (found.card) return found.card.id;
    await suspendNow(deps, rule, found.missing);
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    await storeRule(deps.database.writer, rule, { look_again_at: new Date(deps.now() + AUTO_PACE.retryMs) });
  }
  return null;
}

/** Begins an attempt, if one is still wanted, and in this way: decided again, with the rule locked. */
async function begin(
  deps: TopUpDeps,
  key: PoolKey,
  { method, cardId }: { method: RuleRow["method"]; cardId: string | null },
): Promise<AttemptRow | undefined> {
  return inTransaction(deps.database, async (transaction) => {
    const rule = await lockRule(transaction, key);
    if (!rule?.enabled || rule.method !== method) return undefined;
    const { facts, read, decision } = await assess(transaction, rule);
    if (decision.kind !== "buy") return undefined;
    const attempt = await insertAttempt(transaction, {
      customer_id: key.customer_id,
      attempt_id: makeId("atu", key.customer_id),
      credit_type_id: key.credit_type_id,
      resource_id: key.resource_id,
      credits: decision.credits,
      currency: decision.currency,
      price_per_credit: decision.pricePerCredit,
      total_minor: decision.totalMinor,
      grant_expires_after: rule.grant_expires_after ?? facts.selling?.grantExpiresAfter ?? null,
      method,
      days_until_due: method === "invoice" ? rule.days_until_due : null,
      limit_minor: rule.limit_minor,
      payment_method_id: cardId,
      started_at: read.now,
      leased_until: new Date(deps.now() + AUTO_PACE.leaseMs),
    });
    const usedMinor = facts.spentMinor + facts.inFlightMinor + decision.totalMinor;
    if (attempt)
      await warnOfLimit(transaction, rule, { usedMinor, month: read.month, at: read.now, isLimited: false });
    return attempt;
  });
}
