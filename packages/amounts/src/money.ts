import { AmountError } from "./amount-error.ts";
import { divideHalfUp, ONE_CREDIT, type MicroCredits } from "./credits.ts";

/** Money in the currency's smallest unit: `{ amountMinor: 1250, currency: "usd" }` is $12.50. */
export interface Money {
  amountMinor: number;
  currency: string;
}

/** What one credit costs, as a decimal string in major units: `{ amount: "0.012", currency: "usd" }`. */
export interface PricePerCredit {
  amount: string;
  currency: string;
}

/** An exact decimal: `digits * 10^-scale`. */
export interface ExactDecimal {
  digits: bigint;
  scale: number;
}

// Source: ISO 4217 minor units, as Stripe charges them. ISK and UGX lost theirs, and are still sent in hundredths.
const ZERO_DECIMAL = new Set("bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf".split(" "));
const THREE_DECIMAL = new Set("bhd jod kwd omr tnd".split(" "));
const PRICE = /^(\d{1,12})(?:\.(\d{1,12}))?$/;

/** How many decimals the currency has: 0, 2 or 3. */
export function currencyExponent(currency: string): 0 | 2 | 3 {
  const code = currency.toLowerCase();
  if (ZERO_DECIMAL.has(code)) return 0;
  return THREE_DECIMAL.has(code) ? 3 : 2;
}

/**
 * Reads a non-negative decimal such as a price per credit.
 * @throws AmountError when it is no plain decimal of at most 12 digits on either side of the point.
 */
export function parsePrice(text: string): ExactDecimal {
  const match = PRICE.exec(text);
  if (!match) throw new AmountError("malformed", "must be a plain decimal such as 0.012");
  const fraction = match[2] ?? "";
  return { digits: BigInt(`${match[1]}${fraction}`), scale: fraction.length };
}

/** What `credits` cost at `price`, in minor units, rounded half up once at the end. */
export function priceOf(credits: MicroCredits, price: PricePerCredit): bigint {
  const { digits, scale } = parsePrice(price.amount);
  const minor = credits * digits * 10n ** BigInt(currencyExponent(price.currency));
  return divideHalfUp(minor, ONE_CREDIT * 10n ** BigInt(scale));
}
