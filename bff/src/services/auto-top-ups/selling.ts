import { currencyExponent, divideHalfUp, ONE_CREDIT, parsePrice } from "@credits-kit/amounts";
import { quote } from "@credits-kit/engine";
import { ServiceError } from "../../errors.ts";
import type { SellingTerms } from "../../storage/catalogue/plans-selling.ts";
import { type OpenTerms, priced } from "../quotes/price-order.ts";
import type { Selling } from "./decide.ts";

/** The currencies that credits can be bought in on some terms, the default first. */
export function currenciesOf({ agreed, terms }: SellingTerms): string[] {
  return agreed ? [agreed.currency] : (terms?.prices.map((price) => price.currency) ?? []);
}

/** How credits can be bought on some terms, in a currency or in their first; null where they cannot. */
export function sellingOf(selling: SellingTerms | undefined, currency: string | null): Selling | null {
  if (!selling?.terms) return null;
  const { terms } = selling;
  const open: OpenTerms = { ...selling, terms };
  const sold = currenciesOf(open);
  const chosen = currency ?? sold[0];
  if (chosen === undefined || !sold.includes(chosen)) return null;
  return {
    currency: chosen,
    min: terms.min,
    max: terms.max,
    grantExpiresAfter: selling.grantExpiresAfter,
    worth: (minor) => worthOf(open, chosen, minor),
    price: (credits) => priceIn(open, chosen, credits),
  };
}

/** By the agreed price, else by that of the first credits of an order. */
function worthOf({ agreed, terms }: OpenTerms, currency: string, minor: bigint): bigint | null {
  const first = terms.tiers.find((tier) => tier.currency === currency);
  const flat = terms.prices.find((price) => price.currency === currency);
  const { digits, scale } = parsePrice((agreed ?? first ?? flat)?.amount ?? "0");
  if (digits === 0n) return null;
  const unit = 10n ** BigInt(currencyExponent(currency));
  return divideHalfUp(minor * ONE_CREDIT * 10n ** BigInt(scale), digits * unit);
}

function priceIn({ agreed, terms }: OpenTerms, currency: string, credits: bigint) {
  const quoted = quote(terms, { credits, currency, agreed });
  if ("refusal" in quoted) return null;
  try {
    const { pricePerCredit, totalMinor } = priced(quoted);
    return totalMinor > 0n ? { pricePerCredit, totalMinor } : null;
  } catch (error) {
    if (error instanceof ServiceError) return null;
    throw error;
  }
}
