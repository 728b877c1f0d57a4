import { currencyExponent, formatCredits, type PricePerCredit, priceOf } from "@credits-kit/amounts";
import { quote, type QuoteRefusal, type TopUpTerms } from "@credits-kit/engine";
import { ServiceError } from "../../errors.ts";
import { fieldError } from "../../field-errors.ts";
import { isCreditTypeUsable } from "../../storage/catalogue/credit-types.ts";
import { findSellingTerms, type SellingTerms } from "../../storage/catalogue/plans-selling.ts";
import { findCustomer } from "../../storage/customers/customers.ts";
import type { Deps } from "../call.ts";
import { unknown } from "../unknown.ts";

/** The most that one order may cost, in minor units. */
const MAX_TOTAL = 99_999_999_999n;

/** What is to be bought. */
export interface PricedOrder {
  readonly customerId: string;
  readonly creditTypeId: string;
  readonly credits: bigint;
  readonly currency?: string | undefined;
}

/** What an order costs, and on what terms. */
export interface OrderPrice {
  readonly currency: string;
  readonly pricePerCredit: string;
  readonly subtotalMinor: bigint;
  /** What can be charged: of currencies with three decimals the last is always 0. */
  readonly totalMinor: bigint;
  readonly grantExpiresAfter: string | null;
}

/** On what terms a customer can buy credits now. */
export type OpenTerms = SellingTerms & { readonly terms: TopUpTerms };

/**
 * Prices an order by the terms of the customer's subscription.
 * @throws ServiceError as `termsFor`; `amount_out_of_range` below the plan's min and above its max; `currency_mismatch`
 */
export async function priceOrder(
  deps: Pick<Deps, "database">,
  order: PricedOrder,
): Promise<OrderPrice & { readonly open: OpenTerms }> {
  const open = await termsFor(deps, order);
  const { credits, currency = null } = order;
  const quoted = quote(open.terms, { credits, currency, agreed: open.agreed });
  if ("refusal" in quoted) throw refused(quoted);
  const { pricePerCredit, totalMinor } = quoted;
  const { grantExpiresAfter } = open;
  return {
    ...priced({ currency: quoted.currency, pricePerCredit, totalMinor }),
    grantExpiresAfter,
    open,
  };
}

/** Prices an order at a price of the caller's own. The customer needs no plan that sells. @throws ServiceError `not_found` */
export async function priceOrderAt(
  { database: { writer } }: Pick<Deps, "database">,
  order: PricedOrder,
  price: PricePerCredit,
): Promise<OrderPrice> {
  const { customerId, creditTypeId, credits } = order;
  if (!(await findCustomer(writer, customerId))) throw unknown("customer", "customerId");
  if (!(await isCreditTypeUsable(writer, creditTypeId))) throw unknown("credit type", "creditTypeId");
  const selling = await findSellingTerms(writer, { customerId, creditTypeId });
  const quoted = {
    currency: price.currency,
    pricePerCredit: price.amount,
    totalMinor: priceOf(credits, price),
  };
  return { ...priced(quoted), grantExpiresAfter: selling?.grantExpiresAfter ?? null };
}

/**
 * On what terms the customer can buy credits of a type.
 * @throws ServiceError `not_found` for the customer or the credit type; `no_active_subscription`; `state_conflict` for a
 * plan that sells nothing
 */
export async function termsFor(
  { database: { writer } }: Pick<Deps, "database">,
  { customerId, creditTypeId }: { customerId: string; creditTypeId: string },
): Promise<OpenTerms> {
  const selling = await findSellingTerms(writer, { customerId, creditTypeId });
  if (!selling) {
    if (!(await findCustomer(writer, customerId))) throw unknown("customer", "customerId");
    if (!(await isCreditTypeUsable(writer, creditTypeId))) throw unknown("credit type", "creditTypeId");
    throw new ServiceError(
      "no_active_subscription",
      "The customer has no active subscription for this credit type.",
    );
  }
  const { terms } = selling;
  if (!terms) throw new ServiceError("state_conflict", "The customer's plan sells no credits.");
  return { ...selling, terms };
}

/** A price as an order is charged it. @throws ServiceError `amount_out_of_range` */
export function priced({
  currency,
  pricePerCredit,
  totalMinor,
}: {
  currency: string;
  pricePerCredit: string;
  totalMinor: bigint;
}): Omit<OrderPrice, "grantExpiresAfter"> {
  if (totalMinor > MAX_TOTAL) {
    throw fieldError("credits", "would cost more than one order can", "amount_out_of_range");
  }
  return {
    currency,
    pricePerCredit,
    subtotalMinor: totalMinor,
    totalMinor: chargeable(totalMinor, currency),
  };
}

/** Stripe charges currencies with three decimals in tens of their smallest unit. Half up, as everywhere. */
function chargeable(totalMinor: bigint, currency: string): bigint {
  return currencyExponent(currency) === 3 ? ((totalMinor + 5n) / 10n) * 10n : totalMinor;
}

function refused(refusal: QuoteRefusal): ServiceError {
  switch (refusal.refusal) {
    case "below_min":
      return fieldError("credits", `must be at least ${formatCredits(refusal.bound)}`, "amount_out_of_range");
    case "above_max":
      return fieldError("credits", `must be at most ${formatCredits(refusal.bound)}`, "amount_out_of_range");
    case "currency_not_sold":
      return fieldError("currency", `must be one of ${refusal.sold.join(", ")}`, "currency_mismatch");
  }
}
