import { currencyExponent } from "@credits-kit/amounts";
import type { WidgetTopUp } from "@credits-kit/client/widget";
import { isDecimal } from "../ui/decimal.ts";
import type { Price } from "./price-feed.ts";

type Money = WidgetTopUp["total"];

/** Writes money of the wire digit for digit: this page computes none. */
export function writeMoney({ amountMinor, currency }: Money, lang: string): string {
  const decimals = currencyExponent(currency);
  const digits = String(amountMinor).padStart(decimals + 1, "0");
  const text = decimals > 0 ? `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}` : digits;
  return write(text, { lang, currency });
}

/** Writes a price per credit with all its decimals. */
export function writePrice({ amount, currency }: Price["pricePerCredit"], lang: string): string {
  return write(amount, { lang, currency, maximumFractionDigits: 12 });
}

function write(text: string, options: Intl.NumberFormatOptions & { lang: string }): string {
  const { lang, ...format } = options;
  return isDecimal(text) ? new Intl.NumberFormat(lang, { style: "currency", ...format }).format(text) : text;
}

const BRANDS: Partial<Record<string, string>> = {
  amex: "American Express",
  diners: "Diners Club",
  jcb: "JCB",
};

/** What people call a card: "Visa ···· 4242". */
export function writeCard({ brand, last4 }: { brand: string; last4: string }): string {
  return `${BRANDS[brand] ?? brand.charAt(0).toUpperCase() + brand.slice(1)} ···· ${last4}`;
}
