/** A credit amount of the wire, which the number formatter takes as exactly as it is written. */
export type Decimal = `${number}`;

const DECIMAL = /^-?\d+(\.\d+)?$/;
const SCALE = 6;

export function isDecimal(text: string): text is Decimal {
  return DECIMAL.test(text);
}

/**
 * An amount in millionths, for comparing and sharing out. Unlike the engine's reader it takes amounts of any size: what
 * a pool may hold is the server's to decide. Text that is no amount counts as 0.
 */
export function micros(text: string): bigint {
  if (!isDecimal(text)) return 0n;
  const [whole = "0", fraction = ""] = text.replace("-", "").split(".");
  const size = BigInt(whole + fraction.slice(0, SCALE).padEnd(SCALE, "0"));
  return text.startsWith("-") ? -size : size;
}

/** How many whole hundredths of `whole` the `part` is, at most 100: rounded down, so that 100 means all of it. */
export function percentOf(part: string, whole: string): number {
  const size = micros(whole);
  return size > 0n ? Math.min(100, Number((micros(part) * 100n) / size)) : 0;
}
