import { insertTakings } from "../../storage/payments/takings.ts";
import { lockTopUp, type TopUpKey, type TopUpRow } from "../../storage/payments/top-ups.ts";
import { inTransaction, type Transaction } from "../../storage/transaction.ts";
import type { TopUpDeps } from "../top-ups/payments.ts";
import { freezeOrThaw } from "./freeze.ts";
import { planTakings, type Standing } from "./plan.ts";
import { readStanding } from "./read-standing.ts";
import { restore } from "./restore.ts";
import { sumUp } from "./sum-up.ts";
import { take } from "./take.ts";

/** Credits may be spent, come free or be made good while they are taken: then what is left is looked at once more. */
const MOST_ROUNDS = 8;

/**
 * Does what the refunds and disputes that are kept ask for. What is to be taken is decided under a lock of the order and
 * kept before it is done, by commands that each work once: so it does not matter who does it, or how often.
 * @throws ServiceError when the pool cannot be written now
 */
export async function settleReversals(deps: TopUpDeps, key: TopUpKey): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const before = await readStanding(deps.database.writer, key);
    await restore(deps, before);
    const standing = await inTransaction(deps.database, (transaction) => decide(transaction, key));
    const taken = await take(deps, standing);
    const moved = await freezeOrThaw(deps, standing);
    if (!taken && !moved) break;
  }
  await sumUp(deps, key);
}

async function decide(transaction: Transaction, key: TopUpKey): Promise<Standing<TopUpRow>> {
  await lockTopUp(transaction, key);
  await insertTakings(transaction, planTakings(await readStanding(transaction, key)));
  return readStanding(transaction, key);
}
