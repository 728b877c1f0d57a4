import { ServiceError } from "../../errors.ts";
import { findCustomerOf } from "../../storage/customers/customers.ts";
import {
  findSubscription,
  lockCustomer,
  type SubscriptionRow,
} from "../../storage/customers/subscriptions.ts";
import type { Transaction } from "../../storage/transaction.ts";
import { settleDue } from "../balances/settle-due.ts";
import type { Call, Deps } from "../call.ts";
import { unknown } from "../unknown.ts";

/** Something recurred between the settlement and the lock: what it is to bring follows from how it was until now. */
class StillDueError extends Error {}

const MAX_TRIES = 5;

/**
 * Does work that changes what recurs for a customer: after everything that is due by then, and before it is answered
 * with what it itself made due. If the process dies in between, whoever touches the customer next makes up for it.
 */
export async function settleAround<Answer>(
  deps: Deps,
  call: Call,
  { customerId, work }: { customerId: string; work: () => Promise<Answer> },
): Promise<Answer> {
  for (let tries = 1; ; tries += 1) {
    await settleDue(deps, customerId, call);
    try {
      const answer = await work();
      await settleIfPossible(deps, call, customerId);
      deps.live.poolsChanged([customerId]);
      return answer;
    } catch (error) {
      if (!(error instanceof StillDueError)) throw error;
      if (tries === MAX_TRIES) {
        const message = "What fell due could not be written: ask again.";
        throw new ServiceError("overloaded", message, { retryAfterSeconds: 1, cause: error });
      }
    }
  }
}

/** What is stored stands, whether or not what comes with it can be written now: then it is later. */
export async function settleIfPossible(deps: Deps, call: Call, customerId: string): Promise<void> {
  await settleDue(deps, customerId, call).catch((error: unknown) => {
    if (!(error instanceof ServiceError)) throw error;
  });
}

/** Finds whose subscription it is. @throws ServiceError `not_found` */
export async function customerOfSubscription(deps: Deps, id: string): Promise<string> {
  const customerId = await findCustomerOf(deps.database.writer, id);
  if (customerId === null) throw unknown("subscription");
  return customerId;
}

/**
 * Locks a customer, and reads a subscription of theirs with nothing of it due any more.
 * @throws ServiceError `not_found`; an error upon which `settleAround` settles and begins again
 */
export async function lockSubscription(
  transaction: Transaction,
  { customerId, id }: { customerId: string; id: string },
): Promise<{ subscription: SubscriptionRow; now: Date }> {
  const now = await lockCustomer(transaction, customerId);
  const subscription = now && (await findSubscription(transaction, { customerId, id }));
  if (!subscription) throw unknown("subscription");
  const { next_period_at } = subscription;
  if (next_period_at !== null && next_period_at <= now) throw new StillDueError();
  return { subscription: { ...subscription, now }, now };
}
