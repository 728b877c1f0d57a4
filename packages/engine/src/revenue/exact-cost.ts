import { type MicroCredits, parsePrice, type PricePerCredit } from "@credits-kit/amounts";

/** Decimals of a micro-credit. */
const CREDIT_SCALE = 6;

/** What credits cost, unrounded: a decimal string in major units, with a sign where there are less than none. */
export function exactCostOf(credits: MicroCredits, price: PricePerCredit): string {
  const { digits, scale } = parsePrice(price.amount);
  const cost = credits * digits;
  const fractionDigits = scale + CREDIT_SCALE;
  const text = String(cost < 0n ? -cost : cost).padStart(fractionDigits + 1, "0");
  const fraction = text.slice(-fractionDigits).replace(/0+$/, "");
  return `${cost < 0n ? "-" : ""}${text.slice(0, -fractionDigits)}${fraction === "" ? "" : `.${fraction}`}`;
}
