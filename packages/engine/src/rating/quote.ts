import {
  currencyExponent,
  divideHalfUp,
  type ExactDecimal,
  type MicroCredits,
  ONE_CREDIT,
  parsePrice,
  type PricePerCredit,
} from "@credits-kit/amounts";
import { stretchesOf, type Tier } from "./tiers.ts";

/** A step of a graduated price, in one currency; it ends with so many credits of an order. */
export interface PriceTier extends Tier, PricePerCredit {}

/** Credits that are sold together at a price of their own. */
export interface CreditPackage {
  readonly credits: MicroCredits;
  /** In minor units. */
  readonly price: { readonly amountMinor: number; readonly currency: string };
  readonly label: string | null;
}

/** How a plan sells credits. */
export interface TopUpTerms {
  /** At least one; the first currency is the one of whoever asks for none. */
  readonly prices: readonly PricePerCredit[];
  /** Of each currency that has any, they ascend and the last has no end. */
  readonly tiers: readonly PriceTier[];
  readonly packages: readonly CreditPackage[];
  readonly min: MicroCredits | null;
  readonly max: MicroCredits | null;
}

/** An order to be priced. */
export interface QuoteRequest {
  readonly credits: MicroCredits;
  /** The customer's own, or the plan's first, where it is null. */
  readonly currency: string | null;
  /** What the customer pays for a credit by agreement, instead of the plan's prices and tiers. */
  readonly agreed: PricePerCredit | null;
}

/** What an order costs. */
export interface Quote {
  readonly currency: string;
  /** The flat price as it was given; else what a credit comes to, to twelve decimals. */
  readonly pricePerCredit: string;
  /** In minor units of the currency. */
  readonly totalMinor: bigint;
}

/** Why there is no price for an order. */
export type QuoteRefusal =
  | { readonly refusal: "below_min" | "above_max"; readonly bound: MicroCredits }
  | { readonly refusal: "currency_not_sold"; readonly sold: readonly string[] };

const PRICE_DECIMALS = 12;

/**
 * Prices an order of credits: by the package of exactly so many, else by the plan's tiers, else by its flat price. An
 * agreed price stands instead of all of them, unless the package is cheaper. Exact until the end, then rounded half up to
 * a minor unit, once.
 */
export function quote(terms: TopUpTerms, request: QuoteRequest): Quote | QuoteRefusal {
  const { credits, agreed } = request;
  const sold = agreed ? [agreed.currency] : terms.prices.map((price) => price.currency);
  const currency = request.currency ?? sold[0];
  if (currency === undefined || !sold.includes(currency)) return { refusal: "currency_not_sold", sold };
  if (terms.min !== null && credits < terms.min) return { refusal: "below_min", bound: terms.min };
  if (terms.max !== null && credits > terms.max) return { refusal: "above_max", bound: terms.max };

  const whole = terms.packages.find((each) => each.credits === credits && each.price.currency === currency);
  if (agreed) {
    const byAgreement = flatQuote(agreed, credits);
    return whole && BigInt(whole.price.amountMinor) < byAgreement.totalMinor
      ? packageQuote(whole)
      : byAgreement;
  }
  if (whole) return packageQuote(whole);
  const tiers = terms.tiers.filter((tier) => tier.currency === currency);
  if (tiers.length > 0) return tieredQuote({ tiers, credits, currency });
  const flat = terms.prices.find((price) => price.currency === currency);
  if (!flat) throw new TypeError("a currency that is sold has a price");
  return flatQuote(flat, credits);
}

function flatQuote({ amount, currency }: PricePerCredit, credits: MicroCredits): Quote {
  const sum = sumOf([{ tier: { amount }, length: credits }]);
  return { currency, pricePerCredit: amount, totalMinor: minorOf(sum, currency) };
}

function packageQuote({ credits, price: { amountMinor, currency } }: CreditPackage): Quote {
  const unit = 10n ** BigInt(currencyExponent(currency));
  const effective = divideHalfUp(
    BigInt(amountMinor) * ONE_CREDIT * 10n ** BigInt(PRICE_DECIMALS),
    credits * unit,
  );
  return { currency, pricePerCredit: formatPrice(effective), totalMinor: BigInt(amountMinor) };
}

interface TieredOrder {
  readonly tiers: readonly PriceTier[];
  readonly credits: MicroCredits;
  readonly currency: string;
}

function tieredQuote({ tiers, credits, currency }: TieredOrder): Quote {
  const sum = sumOf([...stretchesOf(tiers, { from: 0n, length: credits })]);
  const effective = divideHalfUp(
    sum.digits * 10n ** BigInt(PRICE_DECIMALS),
    credits * 10n ** BigInt(sum.scale),
  );
  return { currency, pricePerCredit: formatPrice(effective), totalMinor: minorOf(sum, currency) };
}

/** What stretches of credits cost together, in millionths of major units. */
function sumOf(stretches: readonly { tier: { amount: string }; length: MicroCredits }[]): ExactDecimal {
  const priced = stretches.map(({ tier, length }) => ({ length, price: parsePrice(tier.amount) }));
  const scale = Math.max(0, ...priced.map(({ price }) => price.scale));
  const digits = priced.reduce(
    (sum, { length, price }) => sum + length * price.digits * 10n ** BigInt(scale - price.scale),
    0n,
  );
  return { digits, scale };
}

function minorOf({ digits, scale }: ExactDecimal, currency: string): bigint {
  return divideHalfUp(digits * 10n ** BigInt(currencyExponent(currency)), ONE_CREDIT * 10n ** BigInt(scale));
}

/** A price in steps of 10^-12 as the shortest decimal. */
function formatPrice(steps: bigint): string {
  const digits = steps.toString().padStart(PRICE_DECIMALS + 1, "0");
  const fraction = digits.slice(-PRICE_DECIMALS).replace(/0+$/, "");
  return `${digits.slice(0, -PRICE_DECIMALS)}${fraction ? `.${fraction}` : ""}`;
}
