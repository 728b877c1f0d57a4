import { AmountError } from "./amount-error.ts";

/** Credits in integer steps of 10^-6. Everything that is added up is one of these. */
export type MicroCredits = bigint;

/** One whole credit. */
export const ONE_CREDIT: MicroCredits = 1_000_000n;

/** The most one grant may hold: 10^12 credits. */
export const MAX_GRANT: MicroCredits = 10n ** 18n;

/** The most one pool may hold: 9 * 10^12 credits, so that every sum fits a signed 64-bit column. */
export const MAX_POOL: MicroCredits = 9n * 10n ** 18n;

const FRACTION_DIGITS = 6;
/** Whole digits of what a pool holds, and of what is added up. */
const POOL_DIGITS = 13;
const SUM_DIGITS = 40;
const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/**
 * Reads credits from a decimal string, or from a number that is exact to six decimals.
 * Numbers are limited to 15 significant digits: past that a double no longer says what its writer meant.
 * @throws AmountError when the input is no plain decimal, has more than six decimals, or is too large to be an amount.
 */
export function parseCredits(input: string | number): MicroCredits {
  const micro = readDecimal(typeof input === "number" ? plainDecimal(input) : input, POOL_DIGITS);
  if (micro > MAX_POOL || micro < -MAX_POOL) throw outOfRange();
  return micro;
}

/**
 * Reads what was added up: credits that passed through a pool, over time, may be more than it ever holds.
 * @throws AmountError as `parseCredits`, but for no sum that is to be expected.
 */
export function parseSum(input: string): MicroCredits {
  return readDecimal(input, SUM_DIGITS);
}

function readDecimal(text: string, mostDigits: number): MicroCredits {
  const match = DECIMAL.exec(text);
  if (!match) throw new AmountError("malformed", "must be a plain decimal such as 12.5");
  const [, sign, whole = "", fraction = ""] = match;
  if (/[1-9]/.test(fraction.slice(FRACTION_DIGITS))) throw tooPrecise();
  const digits = whole.replace(/^0+/, "");
  if (digits.length > mostDigits) throw outOfRange();
  const micro = BigInt(digits + fraction.slice(0, FRACTION_DIGITS).padEnd(FRACTION_DIGITS, "0"));
  return sign ? -micro : micro;
}

/** Writes credits as the shortest decimal string: `12500000n` is `"12.5"`. */
export function formatCredits(micro: MicroCredits): string {
  const negative = micro < 0n;
  const digits = (negative ? -micro : micro).toString().padStart(FRACTION_DIGITS + 1, "0");
  const whole = digits.slice(0, -FRACTION_DIGITS);
  const fraction = digits.slice(-FRACTION_DIGITS).replace(/0+$/, "");
  return `${negative ? "-" : ""}${whole}${fraction ? `.${fraction}` : ""}`;
}

/** The product of two micro amounts (a quantity and its rate), rounded half up, once. */
export function multiplyMicro(left: MicroCredits, right: MicroCredits): MicroCredits {
  return divideHalfUp(left * right, ONE_CREDIT);
}

/** Integer division rounded half away from zero. `divisor` must be positive. */
export function divideHalfUp(dividend: bigint, divisor: bigint): bigint {
  const half = divisor / 2n;
  return dividend < 0n ? -((-dividend + half) / divisor) : (dividend + half) / divisor;
}

function plainDecimal(value: number): string {
  if (!Number.isFinite(value)) throw new AmountError("malformed", "must be a finite number");
  const text = String(value);
  const significant = text
    .replace(/e.*$/, "")
    .replace(/^-?0*\.?0*|\./g, "")
    .replace(/0+$/, "");
  if (significant.length > 15) {
    throw new AmountError("too_precise", "has more than 15 significant digits: send it as a string");
  }
  // Doubles print with an exponent below 10^-6 and from 10^21 on.
  if (text.includes("e-")) throw tooPrecise();
  if (text.includes("e")) throw outOfRange();
  return text;
}

function tooPrecise(): AmountError {
  return new AmountError("too_precise", "must have at most six decimals");
}

function outOfRange(): AmountError {
  return new AmountError("out_of_range", "is larger than any pool can hold");
}
