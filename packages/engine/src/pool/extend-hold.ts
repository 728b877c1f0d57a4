import type { LedgerWriter } from "./ledger-writer.ts";
import { openHold } from "./release-hold.ts";
import type { ExtendHoldCommand, Refusal } from "./commands.ts";
import type { Instant } from "./types.ts";

/** Lets a hold live longer, never shorter. */
export function extendHold(writer: LedgerWriter, command: ExtendHoldCommand, now: Instant): Refusal | null {
  const { holdKey: key, expiresAt } = command;
  const hold = openHold(writer.pool, key);
  if (!hold) return { code: "hold_closed" };
  if (expiresAt <= hold.expiresAt) return { code: "not_later" };
  writer.append({
    type: "updated",
    draws: [],
    overageChange: 0n,
    occurredAt: now,
    hold: { key, expiresAt },
  });
  return null;
}
