/** A fraction of two integers: slow, exact, and written without looking at how amounts are computed. */
export interface Rational {
  readonly top: bigint;
  readonly bottom: bigint;
}

/** Reads a plain decimal string, character by character. */
export function rational(decimal: string): Rational {
  let top = 0n;
  let bottom = 1n;
  let pastPoint = false;
  for (const character of decimal.replace("-", "")) {
    if (character === ".") {
      pastPoint = true;
    } else {
      top = top * 10n + BigInt(character);
      if (pastPoint) bottom *= 10n;
    }
  }
  return { top: decimal.startsWith("-") ? -top : top, bottom };
}

export function times(left: Rational, right: Rational): Rational {
  return { top: left.top * right.top, bottom: left.bottom * right.bottom };
}

export function equal(left: Rational, right: Rational): boolean {
  return left.top * right.bottom === right.top * left.bottom;
}

/** The nearest integer; what lies exactly between two goes away from zero. */
export function nearest({ top, bottom }: Rational): bigint {
  const size = top < 0n ? -top : top;
  const below = size / bottom;
  const rest = size - below * bottom;
  const rounded = rest + rest >= bottom ? below + 1n : below;
  return top < 0n ? -rounded : rounded;
}
