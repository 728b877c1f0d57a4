import { lesserOf, waitingOf } from "./figures.ts";
import { refuseGone } from "./gone.ts";
import type { LedgerWriter } from "./ledger-writer.ts";
import type { Refusal, RevokeCommand } from "./commands.ts";
import type { Draw, Grant, Instant } from "./types.ts";

/**
 * Takes credits of a grant back: an amount, or as a whole. What holds reserve stays until they end, and is revoked then
 * if the grant was revoked as a whole.
 */
export function revoke(writer: LedgerWriter, command: RevokeCommand, now: Instant): Refusal | null {
  const grant = writer.grant(command.grantKey, [command.closed]);
  const gone = refuseGone(grant, now);
  if (gone) return gone;
  const left = grant.remaining + grant.frozen + waitingOf(grant);
  if (left === 0n) return { code: "grant_closed", status: "depleted" };
  const revocable = left - grant.held;
  const amount = command.amount ?? revocable;
  if (command.amount !== null && amount <= 0n) return { code: "amount_out_of_range" };
  if (amount > revocable) return { code: "beyond_revocable", revocable };
  thaw(writer, grant, { amount: lesserOf(grant.frozen, amount), at: now });
  writer.append({
    type: "revoked",
    draws: grant.activated ? drawOn(grant, -amount) : [],
    overageChange: 0n,
    occurredAt: now,
    change: {
      grantKey: grant.key,
      revoked: amount,
      ...((command.amount === null || amount === left) && { isRevoked: true }),
    },
  });
  return null;
}

/** Brings what a freeze keeps out back into the balance, so that it can be taken from there. */
function thaw(writer: LedgerWriter, grant: Grant, { amount, at }: { amount: bigint; at: Instant }): void {
  if (amount === 0n) return;
  writer.append({
    type: "unfrozen",
    draws: drawOn(grant, amount),
    overageChange: 0n,
    occurredAt: at,
    change: { grantKey: grant.key },
  });
}

function drawOn(grant: Grant, amount: bigint): Draw[] {
  return amount === 0n ? [] : [{ grantKey: grant.key, amount, heldChange: 0n }];
}
