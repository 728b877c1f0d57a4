import { waitingOf } from "./figures.ts";
import type { LedgerWriter } from "./ledger-writer.ts";
import { repayOverage } from "./return-credits.ts";
import type { Grant, GrantChange, Instant } from "./types.ts";

/** Brings a grant that waited into the balance, where it repays overage first. */
export function activate(
  writer: LedgerWriter,
  grant: Grant,
  { at, change }: { at: Instant; change?: GrantChange },
): void {
  writer.append({
    type: "activated",
    draws: [{ grantKey: grant.key, amount: waitingOf(grant), heldChange: 0n }],
    overageChange: 0n,
    occurredAt: at,
    ...(change && { change }),
  });
  repayOverage(writer, grant.key, at);
}
