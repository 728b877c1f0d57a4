import type { LedgerWriter } from "./ledger-writer.ts";
import { returnCredits } from "./return-credits.ts";
import type { Refusal, ReleaseHoldCommand } from "./commands.ts";
import type { Draw, Hold, HoldEnd, Instant, Pool } from "./types.ts";

/** Ends a hold and frees what it reserves. */
export function releaseHold(writer: LedgerWriter, command: ReleaseHoldCommand, now: Instant): Refusal | null {
  const hold = openHold(writer.pool, command.holdKey);
  if (!hold) return { code: "hold_closed" };
  endHold(writer, hold, { end: "released", at: now });
  return null;
}

/** A hold of the pool; one that ended is no longer there. */
export function openHold(pool: Pool, key: number): Hold | undefined {
  return pool.holds.find((hold) => hold.key === key);
}

/** What a hold still reserves of a grant. */
export function partOf(hold: Hold, grantKey: number): bigint {
  return hold.parts.find((part) => part.grantKey === grantKey)?.amount ?? 0n;
}

/** Ends an open hold: frees what it still reserves, in burn order, and settles what became of that meanwhile. */
export function endHold(writer: LedgerWriter, hold: Hold, { end, at }: { end: HoldEnd; at: Instant }): void {
  const draws = writer.pool.grants.flatMap(({ key: grantKey }): Draw[] => {
    const part = partOf(hold, grantKey);
    return part > 0n ? [{ grantKey, amount: 0n, heldChange: -part }] : [];
  });
  writer.append({
    type: "hold_released",
    draws,
    overageChange: 0n,
    occurredAt: at,
    hold: { key: hold.key, end },
  });
  returnCredits(
    writer,
    draws.map((draw) => draw.grantKey),
    at,
  );
}
