import type { LedgerWriter } from "./ledger-writer.ts";
import { returnCredits } from "./return-credits.ts";
import type { Refusal, UnfreezeCommand } from "./commands.ts";
import type { Instant } from "./types.ts";

/** Brings a frozen grant back into the balance, unless its time is over by now. */
export function unfreeze(writer: LedgerWriter, command: UnfreezeCommand, now: Instant): Refusal | null {
  const { key, isFrozen, isRevoked, frozen } = writer.grant(command.grantKey, [command.closed]);
  if (isRevoked) return { code: "grant_closed", status: "revoked" };
  if (!isFrozen) return { code: "not_frozen" };
  writer.append({
    type: "unfrozen",
    draws: frozen > 0n ? [{ grantKey: key, amount: frozen, heldChange: 0n }] : [],
    overageChange: 0n,
    occurredAt: now,
    change: { grantKey: key, isFrozen: false },
  });
  returnCredits(writer, [key], now);
  return null;
}
