import { divideHalfUp } from "@credits-kit/amounts";

/** An exact fraction; the denominator is positive. It is not in lowest terms: formulas are too short for it to matter. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/;

/** The fraction that a decimal text says, with or without an exponent; undefined for any other text. */
export function rationalOf(text: string): Rational | undefined {
  const match = DECIMAL.exec(text);
  if (!match) return undefined;
  const [, sign, whole = "", fraction = "", exponent = "0"] = match;
  const digits = BigInt(`${sign}${whole}${fraction}`);
  const scale = fraction.length - Number(exponent);
  return scale >= 0
    ? { numerator: digits, denominator: 10n ** BigInt(scale) }
    : { numerator: digits * 10n ** BigInt(-scale), denominator: 1n };
}

export function negate({ numerator, denominator }: Rational): Rational {
  return { numerator: -numerator, denominator };
}

export function add(left: Rational, right: Rational): Rational {
  if (left.denominator === right.denominator) {
    return { numerator: left.numerator + right.numerator, denominator: left.denominator };
  }
  return {
    numerator: left.numerator * right.denominator + right.numerator * left.denominator,
    denominator: left.denominator * right.denominator,
  };
}

export function multiply(left: Rational, right: Rational): Rational {
  return {
    numerator: left.numerator * right.numerator,
    denominator: left.denominator * right.denominator,
  };
}

/** @throws RangeError for a divisor of zero */
export function divide(left: Rational, right: Rational): Rational {
  const numerator = left.numerator * right.denominator;
  const denominator = left.denominator * right.numerator;
  if (denominator === 0n) throw new RangeError("division by zero");
  return denominator < 0n ? { numerator: -numerator, denominator: -denominator } : { numerator, denominator };
}

export function isLess(left: Rational, right: Rational): boolean {
  return left.numerator * right.denominator < right.numerator * left.denominator;
}

export function floor({ numerator, denominator }: Rational): Rational {
  const towardsZero = numerator / denominator;
  const isAbove = numerator < 0n && towardsZero * denominator !== numerator;
  return { numerator: isAbove ? towardsZero - 1n : towardsZero, denominator: 1n };
}

export function ceil(value: Rational): Rational {
  return negate(floor(negate(value)));
}

/** To the nearest integer; what lies exactly between two goes away from zero. */
export function round({ numerator, denominator }: Rational): Rational {
  return { numerator: divideHalfUp(numerator, denominator), denominator: 1n };
}
