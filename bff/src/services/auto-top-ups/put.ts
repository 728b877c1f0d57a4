import type { CollectionMethod } from "@credits-kit/contract";
import { ServiceError } from "../../errors.ts";
import { fieldError } from "../../field-errors.ts";
import { GatewayError } from "../../payments/gateway.ts";
import { lockRule, type PoolKey, putRule, type RuleRow } from "../../storage/auto-top-ups/rules.ts";
import { isCreditTypeUsable } from "../../storage/catalogue/credit-types.ts";
import { findSellingTerms } from "../../storage/catalogue/plans-selling.ts";
import { findCustomer } from "../../storage/customers/customers.ts";
import type { Transaction } from "../../storage/transaction.ts";
import { gatewayOf, toServiceError, type TopUpDeps } from "../top-ups/payments.ts";
import { unknown } from "../unknown.ts";
import { cardToCharge } from "./card.ts";
import type { Selling } from "./decide.ts";
import { currenciesOf, sellingOf } from "./selling.ts";
import { lift } from "./standing.ts";

/** A rule as it is set. */
export interface RuleInput {
  readonly enabled: boolean;
  readonly threshold: bigint | { readonly amountMinor: number; readonly currency: string };
  readonly target?: bigint | undefined;
  readonly credits?: bigint | undefined;
  readonly monthlyLimit?: { readonly amountMinor: number; readonly currency: string } | undefined;
  readonly collectionMethod: CollectionMethod;
  /** Of an invoice; 30 if null. */
  readonly daysUntilDue: number | null;
  readonly grantExpiresAfter?: string | undefined;
  readonly paymentMethodId: string | null;
  readonly consentedAt: Date | null;
}

/**
 * What can be known before anything is written: whether anything can be charged, and the named card.
 * @throws ServiceError `state_conflict` where Stripe is not configured; `validation_failed` for a card that is not the
 * customer's
 */
export async function checkMeans(deps: TopUpDeps, key: PoolKey, input: RuleInput): Promise<void> {
  if (!input.enabled) return;
  gatewayOf(deps);
  const { paymentMethodId } = input;
  if (paymentMethodId === null) return;
  try {
    const named = { customer_id: key.customer_id, payment_method_id: paymentMethodId };
    if ((await cardToCharge(deps, named)).card) return;
  } catch (error) {
    throw error instanceof GatewayError ? toServiceError(error) : error;
  }
  throw fieldError("paymentMethodId", "is not a card of this customer");
}

/**
 * Sets a pool's rule. What had stopped the old one stays, unless another card is named, or it is paid in another way.
 * @throws ServiceError `not_found`; for a rule that is enabled also `no_active_subscription`, `state_conflict` for a plan
 * that sells nothing, `currency_mismatch`, `amount_out_of_range`, `validation_failed` for a target below the threshold
 */
export async function setRule(transaction: Transaction, key: PoolKey, input: RuleInput): Promise<RuleRow> {
  const { customer_id: customerId, credit_type_id: creditTypeId } = key;
  if (!(await findCustomer(transaction, customerId))) throw unknown("customer");
  if (!(await isCreditTypeUsable(transaction, creditTypeId))) throw unknown("credit type");
  const { threshold, monthlyLimit: limit } = input;
  const isMoney = typeof threshold !== "bigint";
  const currency = limit?.currency ?? (isMoney ? threshold.currency : null);
  const terms = await findSellingTerms(transaction, { customerId, creditTypeId });
  const selling = sellingOf(terms, currency);
  const below = isMoney ? (selling?.worth(BigInt(threshold.amountMinor)) ?? null) : threshold;
  if (input.enabled) {
    if (!terms) throw new ServiceError("no_active_subscription", "The customer has no active subscription.");
    if (!terms.terms) throw new ServiceError("state_conflict", "The customer's plan sells no credits.");
    if (!selling) {
      const field = limit ? "monthlyLimit" : "threshold";
      throw fieldError(field, `must be in ${currenciesOf(terms).join(" or ")}`, "currency_mismatch");
    }
    checkAmounts(input, selling, below);
  }
  const was = await lockRule(transaction, key);
  const rule = await putRule(transaction, {
    ...key,
    enabled: input.enabled,
    threshold_credits: isMoney ? null : threshold,
    threshold_minor: isMoney ? BigInt(threshold.amountMinor) : null,
    target: input.target ?? null,
    credits: input.credits ?? null,
    limit_minor: limit ? BigInt(limit.amountMinor) : null,
    currency,
    method: input.collectionMethod === "send_invoice" ? "invoice" : "charge",
    days_until_due: input.daysUntilDue,
    grant_expires_after: input.grantExpiresAfter ?? null,
    payment_method_id: input.paymentMethodId,
    consented_at: input.consentedAt ?? was?.consented_at ?? null,
    watch_below: below ?? 0n,
  });
  if (!was || (was.payment_method_id === rule.payment_method_id && was.method === rule.method)) return rule;
  await lift(transaction, rule, { cause: "card_changed" });
  return (await lockRule(transaction, key)) ?? rule;
}

function checkAmounts(input: RuleInput, selling: Selling, below: bigint | null): void {
  if (below === null) throw fieldError("threshold", "must be credits: they cost nothing");
  if (below === 0n) throw fieldError("threshold", "must be worth some credits");
  if (input.target !== undefined && input.target <= below)
    throw fieldError("target", "must be more than the threshold buys");
  if (input.credits === undefined) return;
  const { min, max } = selling;
  const raised = min !== null && input.credits < min ? min : input.credits;
  const bought = max !== null && raised > max ? max : raised;
  if (selling.price(bought) === null)
    throw fieldError("credits", "cannot be charged: they cost too little or too much", "amount_out_of_range");
}
