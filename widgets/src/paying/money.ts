import { currencyExponent } from "@credits-kit/amounts";
import type { WidgetTopUp } from "@credits-kit/client/widget";
import { isDecimal } from "../ui/decimal.ts";
import type { Price } from "./price-feed.ts";

export type Money = WidgetTopUp["total"];

/** Writes money of the wire digit for digit: this page computes none. */
export function writeMoney(money: Money, lang: string): string {
  return write(decimalOf(money), { lang, currency: money.currency });
}

/** Money as a decimal: "12.05". */
export function decimalOf({ amountMinor, currency }: Money): string {
  const decimals = currencyExponent(currency);
  const digits = String(amountMinor).padStart(decimals + 1, "0");
  return decimals > 0 ? `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}` : digits;
}

/** The money that a decimal says; nothing if it is finer than the currency, or too much. */
export function moneyOf(decimal: string, currency: string): Money | undefined {
  const decimals = currencyExponent(currency);
  const [whole = "", fraction = ""] = decimal.split(".");
  const amountMinor = Number(whole + fraction.slice(0, decimals).padEnd(decimals, "0"));
  const isFiner = /[1-9]/.test(fraction.slice(decimals));
  return isFiner || !Number.isSafeInteger(amountMinor) ? undefined : { amountMinor, currency };
}

/** The sign or the code that people know a currency by: "$". */
export function currencySign(currency: string, lang: string): string {
  const parts = new Intl.NumberFormat(lang, { style: "currency", currency }).formatToParts(0);
  return parts.find(({ type }) => type === "currency")?.value ?? currency.toUpperCase();
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
