import { formatCredits } from "@credits-kit/amounts";
import type { Mismatch } from "./compare-entry.ts";
import type { ReplayOpening } from "./replay-opening.ts";

/** What a checkpoint says that no ledger can have come to, and nothing after it shows. */
export function faultsOfOpening({ pool, grants }: ReplayOpening): Mismatch[] {
  return grants
    .filter(({ isPaymentPending, unsold, revoked }) =>
      isPaymentPending ? unsold !== revoked : unsold < 0n || unsold > revoked,
    )
    .map(({ key, unsold, revoked }): Mismatch => {
      const told = `${formatCredits(unsold)} of ${formatCredits(revoked)} revoked`;
      return { invariant: "I-22", seq: pool.seq, detail: `grant ${key} had ${told} before it was paid` };
    });
}
