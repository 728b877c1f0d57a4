/** What is wrong with one tier of a list. */
export interface TierFault {
  /** Its place in the list. */
  readonly index: number;
  readonly message: string;
}

/** What is wrong with the ends of tiers: they must ascend, and the last one, alone, has none. */
export function faultsOfTiers(tiers: readonly { readonly upTo: bigint | null }[]): TierFault[] {
  const faults: TierFault[] = [];
  let before = 0n;
  for (const [index, { upTo }] of tiers.entries()) {
    const isLast = index === tiers.length - 1;
    if (upTo === null) {
      if (!isLast) faults.push({ index, message: "must be an amount: only the last tier has no end" });
      continue;
    }
    if (isLast) faults.push({ index, message: "must be null in the last tier, which has no end" });
    else if (upTo <= before) {
      const least = before === 0n ? "0" : "that of the tier before";
      faults.push({ index, message: `must be more than ${least}` });
    } else before = upTo;
  }
  return faults;
}
