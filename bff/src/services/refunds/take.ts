import { ServiceError } from "../../errors.ts";
import { contentHash } from "../../pools/content-hash.ts";
import { findGrantRecord } from "../../storage/pools/read-grants.ts";
import { revokedBy } from "../../storage/pools/read-revocations.ts";
import type { ReversalRow } from "../../storage/payments/reversals.ts";
import { keepTaken, lowerTaking, type TakingRow } from "../../storage/payments/takings.ts";
import { submitOne } from "../submit-one.ts";
import type { TopUpDeps } from "../top-ups/payments.ts";
import { BY_STRIPE } from "./by-stripe.ts";
import { revocableOf, type Standing } from "./plan.ts";

const MOST_TRIES = 8;

/** Takes back what was decided and is not done yet. @returns whether there was anything to do */
export async function take(deps: TopUpDeps, { takings, reversals }: Standing): Promise<boolean> {
  let hasTaken = false;
  for (const taking of takings) {
    const reversal = reversals.find((each) => each.reversal_id === taking.reversal_id);
    if (taking.taken !== null || !reversal) continue;
    await takeOne(deps, taking, reversal);
    hasTaken = true;
  }
  return hasTaken;
}

async function takeOne(deps: TopUpDeps, taking: TakingRow, reversal: ReversalRow): Promise<void> {
  const { writer } = deps.database;
  let amount = BigInt(taking.amount);
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    if (amount === 0n && !taking.takes_held) break;
    const refusal = await revoke(deps, { taking, reversal, amount });
    if (refusal === null) break;
    // Gone, or all of it spent: nothing of this grant is there to take.
    if (refusal !== "amount_out_of_range") break;
    const pot = await findGrantRecord(writer, taking.customer_id, taking.grant_id);
    const there = pot ? revocableOf(pot) : 0n;
    if (there < amount) amount = there;
    await lowerTaking(writer, taking, amount);
  }
  // By the ledger, whoever wrote it there: another replica may have been asked for another amount.
  await keepTaken(writer, taking, (await revokedBy(writer, taking)) ?? 0n);
}

/** @returns what it was refused for */
async function revoke(
  deps: TopUpDeps,
  { taking, reversal, amount }: { taking: TakingRow; reversal: ReversalRow; amount: bigint },
): Promise<string | null> {
  const { customer_id: customerId, command_id: id, grant_id: grantId, takes_held: takesHeld } = taking;
  try {
    await submitOne(deps, {
      kind: "revoke_grant",
      customerId,
      grantId,
      id,
      // Not the amount: what was asked for first stands.
      contentHash: contentHash([id, grantId]),
      ...BY_STRIPE,
      amount: takesHeld ? null : amount,
      reason: reversal.kind === "refund" ? "The payment was refunded" : "The payment was charged back",
      externalReference: reversal.reversal_id,
    });
    return null;
  } catch (error) {
    if (error instanceof ServiceError && error.code !== "overloaded") return error.code;
    throw error;
  }
}
