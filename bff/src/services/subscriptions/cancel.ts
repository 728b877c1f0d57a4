import type { Subscription, SubscriptionCancellation } from "@credits-kit/contract";
import { ServiceError } from "../../errors.ts";
import { storeSubscription, type SubscriptionRow } from "../../storage/customers/subscriptions.ts";
import { answerOnce } from "../answer-once.ts";
import type { Call, Deps, StoredAnswer } from "../call.ts";
import { currentPeriod, unlessEnded } from "./periods.ts";
import { customerOfSubscription, lockSubscription, settleAround } from "./settle-around.ts";
import { statusOf, toSubscription } from "./to-subscription.ts";

/**
 * Ends a subscription, with its current period or at once. What was granted stays until it expires; nothing is granted or
 * carried over after the end. One that has not begun never does.
 * @throws ServiceError `not_found`; `state_conflict` when it has ended
 */
export async function cancelSubscription(
  deps: Deps,
  call: Call,
  { id, input }: { id: string; input: SubscriptionCancellation },
): Promise<Subscription | StoredAnswer> {
  const customerId = await customerOfSubscription(deps, id);
  const options = { content: { id, input }, status: 200, customerId };
  const work = () =>
    answerOnce({ deps, call }, options, async (transaction) => {
      const { subscription, now } = await lockSubscription(transaction, { customerId, id });
      if (statusOf(subscription) === "ended") {
        throw new ServiceError("state_conflict", "The subscription has ended.");
      }
      const ends_at = endOf(subscription, input);
      const { next_period_at } = subscription;
      const row = await storeSubscription(transaction, subscription, {
        ends_at,
        next_period_at: next_period_at && unlessEnded(next_period_at, ends_at),
        canceled_at: now,
        cancel_reason: input.reason ?? null,
      });
      return toSubscription({ ...row, now });
    });
  return settleAround(deps, call, { customerId, work });
}

/** Never later than it would have ended anyway. */
function endOf(subscription: SubscriptionRow, { at = "period_end" }: SubscriptionCancellation): Date {
  const { now, starts_at, ends_at } = subscription;
  const asked = at === "now" ? now : currentPeriod(subscription).endsAt;
  const end = starts_at > now ? starts_at : asked;
  return ends_at !== null && ends_at < end ? ends_at : end;
}
