import { ServiceError } from "../../errors.ts";
import { contentHash } from "../../pools/content-hash.ts";
import type { TopUpRow } from "../../storage/payments/top-ups.ts";
import { submitOne } from "../submit-one.ts";
import type { TopUpDeps } from "../top-ups/payments.ts";
import { BY_STRIPE } from "./by-stripe.ts";
import type { Pot, Standing } from "./plan.ts";
import { freezes, isDecided } from "./standing.ts";

/** Why credits are kept out of the balance, or no longer are. */
interface Cause {
  readonly kind: "dispute" | "fraud_warning";
  readonly id: string;
  readonly frozenFor: string;
  readonly freeBecause: string;
}

/**
 * Keeps the payment's credits out of the balance while a dispute is open, or a warning of fraud stands where the policy is to
 * freeze by it, and brings them back when neither is.
 * @returns whether anything was to be done
 */
export async function freezeOrThaw(deps: TopUpDeps, standing: Standing<TopUpRow>): Promise<boolean> {
  const { order, reversals, pots } = standing;
  const disputes = reversals.filter(({ kind }) => kind === "dispute");
  const open = disputes.find(freezes);
  const warning = order.fraud_freezes ? order.fraud_warning_id : null;
  // The bank's decision about a dispute is one about the warning, too.
  const isWarned = warning !== null && order.fraud_cleared_at === null && !disputes.some(isDecided);
  const dispute = open ?? disputes.at(-1);
  const cause: Cause | null =
    dispute && (open || !isWarned)
      ? {
          kind: "dispute",
          id: dispute.reversal_id,
          frozenFor: `The payment is disputed: ${dispute.reason ?? "no reason"}`,
          freeBecause: "The dispute is over",
        }
      : warning === null
        ? null
        : {
            kind: "fraud_warning",
            id: warning,
            frozenFor: "The card's issuer suspects fraud",
            freeBecause: "The warning of fraud was cleared",
          };
  if (cause === null) return false;
  const isKept = open !== undefined || isWarned;
  let hasMoved = false;
  for (const pot of pots) {
    const { isFrozen, isRevoked, expiresAt } = pot.record;
    const isPast = expiresAt !== null && expiresAt <= pot.now;
    const isDue = isKept ? !isFrozen && !isPast : isFrozen;
    if (isDue && !isRevoked) hasMoved = (await move(deps, pot, cause)) || hasMoved;
  }
  return hasMoved;
}

/** @returns whether it was done, now or before */
async function move(deps: TopUpDeps, { record }: Pot, cause: Cause): Promise<boolean> {
  const { customerId, grantId } = record;
  const kind = record.isFrozen ? "unfreeze_grant" : "freeze_grant";
  const id = `${kind}:${cause.id}:${grantId}`;
  try {
    const { kind: outcome } = await submitOne(deps, {
      kind,
      customerId,
      grantId,
      id,
      contentHash: contentHash([id]),
      ...BY_STRIPE,
      reason: kind === "freeze_grant" ? cause.frozenFor : cause.freeBecause,
      source: { kind: cause.kind, id: cause.id },
    });
    return outcome === "applied";
  } catch (error) {
    // Somebody else was quicker, or the grant came to its end.
    if (error instanceof ServiceError && error.code === "state_conflict") return false;
    throw error;
  }
}
