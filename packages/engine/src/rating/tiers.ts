/** One step of a graduated scale: it ends with the amount named, the last one never. */
export interface Tier {
  readonly upTo: bigint | null;
}

/** How much of a stretch lies in each tier that it reaches. Tiers ascend, and the last has no end. */
export function* stretchesOf<Step extends Tier>(
  tiers: readonly Step[],
  { from, length }: { from: bigint; length: bigint },
): Generator<{ tier: Step; length: bigint }> {
  const end = from + length;
  let at = from;
  for (const tier of tiers) {
    if (at >= end) return;
    const stop = tier.upTo === null || tier.upTo > end ? end : tier.upTo;
    if (stop > at) {
      yield { tier, length: stop - at };
      at = stop;
    }
  }
}
