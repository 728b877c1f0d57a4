import { activate } from "./activate.ts";
import type { LedgerWriter } from "./ledger-writer.ts";
import type { ConfirmPaymentCommand, Refusal } from "./commands.ts";
import type { GrantChange, Instant } from "./types.ts";

/** Lets a grant that waited for its payment begin: at once, or at its time. */
export function confirmPayment(
  writer: LedgerWriter,
  command: ConfirmPaymentCommand,
  now: Instant,
): Refusal | null {
  const grant = writer.grant(command.grantKey, [command.closed]);
  if (!grant.isPaymentPending) return { code: "not_pending" };
  if (grant.isRevoked) return { code: "grant_closed", status: "revoked" };
  const change: GrantChange = { grantKey: grant.key, isPaymentPending: false };
  if (grant.effectiveAt <= now && !grant.isFrozen) activate(writer, grant, { at: now, change });
  else writer.append({ type: "updated", draws: [], overageChange: 0n, occurredAt: now, change });
  return null;
}
