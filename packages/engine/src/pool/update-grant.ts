import { refuseGone } from "./gone.ts";
import type { LedgerWriter } from "./ledger-writer.ts";
import type { Refusal, UpdateGrantCommand } from "./commands.ts";
import type { Grant, GrantChange, Instant } from "./types.ts";

/** Changes the terms of a grant, as far as they still mean anything; without any, leaves a line that says so. */
export function updateGrant(writer: LedgerWriter, command: UpdateGrantCommand, now: Instant): Refusal | null {
  const grant = writer.grant(command.grantKey, [command.closed]);
  const { priority, effectiveAt, expiresAt } = command;
  const change: GrantChange = {
    grantKey: grant.key,
    ...(priority !== undefined && { priority }),
    ...(effectiveAt !== undefined && { effectiveAt }),
    ...(expiresAt !== undefined && { expiresAt }),
  };
  const refusal = Object.keys(change).length > 1 ? refuseChange(grant, change, now) : null;
  if (refusal) return refusal;
  writer.append({ type: "updated", draws: [], overageChange: 0n, occurredAt: now, change });
  return null;
}

function refuseChange(grant: Grant, change: GrantChange, now: Instant): Refusal | null {
  const gone = refuseGone(grant, now);
  if (gone) return gone;
  if (change.effectiveAt !== undefined && grant.activated) return { code: "already_active" };
  const effectiveAt = change.effectiveAt ?? grant.effectiveAt;
  const expiresAt = change.expiresAt === undefined ? grant.expiresAt : change.expiresAt;
  // Terms that stay pass: the grant is not gone, and never ends before it begins.
  if (expiresAt !== null && expiresAt <= Math.max(now, effectiveAt)) return { code: "already_expired" };
  return null;
}
