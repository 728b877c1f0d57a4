import type { Entry, Hold, HoldChange, HoldPart } from "./types.ts";

/**
 * The open holds after an entry.
 * @throws Error when the entry does not fit them.
 */
export function applyToHolds(holds: readonly Hold[], entry: Entry): readonly Hold[] {
  const { hold: change } = entry;
  if (!change) {
    for (const draw of entry.draws) if (draw.heldChange !== 0n) throw misfit(entry, "of no hold");
    return holds;
  }
  if (change.placed) return [...holds, placed(change, change.placed, entry)];
  const index = holds.findIndex((hold) => hold.key === change.key);
  const hold = holds[index];
  if (!hold) throw misfit(entry, "of a hold that is not open");
  const next = changed(hold, change, entry);
  if (!change.end) return holds.with(index, next);
  if (next.parts.length > 0) throw misfit(entry, "too little of a hold that ends");
  return holds.toSpliced(index, 1);
}

function placed(
  { key, expiresAt }: HoldChange,
  { id, amount }: { id: string; amount: bigint },
  entry: Entry,
): Hold {
  const parts = entry.draws.map((draw) => ({ grantKey: draw.grantKey, amount: draw.heldChange }));
  const reserved = parts.reduce((sum, part) => sum + part.amount, 0n);
  if (key !== entry.seq || expiresAt === undefined || reserved !== amount || parts.some(isNothing)) {
    throw misfit(entry, "what its hold does not say");
  }
  return { key, id, amount, captured: 0n, expiresAt, parts };
}

function changed(hold: Hold, change: HoldChange, entry: Entry): Hold {
  return {
    ...hold,
    // Of all that is done to a hold, only burning moves the balance.
    captured: hold.captured - entry.delta,
    expiresAt: change.expiresAt ?? hold.expiresAt,
    parts: partsAfter(hold.parts, entry),
  };
}

function partsAfter(parts: readonly HoldPart[], entry: Entry): readonly HoldPart[] {
  const left = new Map(parts.map((part) => [part.grantKey, part.amount]));
  for (const { grantKey, heldChange } of entry.draws) {
    if (heldChange === 0n) continue;
    const amount = (left.get(grantKey) ?? 0n) + heldChange;
    if (amount < 0n || heldChange > 0n) throw misfit(entry, "more than its hold reserves");
    left.set(grantKey, amount);
  }
  return [...left].map(([grantKey, amount]) => ({ grantKey, amount })).filter((part) => !isNothing(part));
}

function isNothing(part: HoldPart): boolean {
  return part.amount <= 0n;
}

function misfit(entry: Entry, what: string): Error {
  return new Error(`entry ${entry.seq} draws on what is held ${what}`);
}
