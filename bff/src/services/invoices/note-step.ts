import { ServiceError } from "../../errors.ts";
import { type HistoryStep, lockTopUp, moveTopUp, type TopUpRow } from "../../storage/payments/top-ups.ts";
import { inTransaction } from "../../storage/transaction.ts";
import type { TopUpDeps } from "../top-ups/payments.ts";

/**
 * Keeps who wants something of an order that waits for its money, and why, before it is done.
 * @throws ServiceError `state_conflict` for an order that does not wait any more
 */
export function noteStep(
  { database }: Pick<TopUpDeps, "database">,
  order: TopUpRow,
  step: HistoryStep,
): Promise<void> {
  return inTransaction(database, async (transaction) => {
    const { status } = (await lockTopUp(transaction, order)) ?? order;
    if (status !== "awaiting_payment")
      throw new ServiceError("state_conflict", `The order is ${status.replace("_", " ")} by now.`);
    await moveTopUp(transaction, order, { change: { status }, step });
  });
}
