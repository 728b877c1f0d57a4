import { micros } from "../ui/decimal.ts";

/** By how many hundredths `now` is more than `before`; nothing where there was nothing before. */
export function percentChange(now: string, before: string): number | undefined {
  const [size, base] = [micros(now), micros(before)];
  return base > 0n ? Math.round(Number(((size - base) * 10_000n) / base) / 100) : undefined;
}
