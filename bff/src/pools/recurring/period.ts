import { periodStart } from "@credits-kit/engine";
import type { IncludedFacts } from "../../storage/pools/load-plans.ts";
import type { Recurrence, SubscriptionFacts } from "../../storage/pools/load-subscriptions.ts";

/** A subscription whose plan gives credits by itself. */
export interface GivingSubscription extends SubscriptionFacts {
  readonly plan: SubscriptionFacts["plan"] & { readonly included: IncludedFacts };
}

/** Whether something comes with the subscription's plan. */
export function isGiving(subscription: SubscriptionFacts): subscription is GivingSubscription {
  return subscription.plan.included !== null;
}

/** When a period of a subscription begins, in milliseconds since 1970. */
export function startOfPeriod({ plan, recurrence }: GivingSubscription, periodNo: number): number {
  const { anchorAt, anchorPeriodNo } = recurrence;
  return periodStart({ anchorAt, every: plan.included.every }, periodNo - anchorPeriodNo);
}

/** What a period brings: for the whole subscription, or for each of its seats. */
export function creditsOfPeriod({ plan: { included }, seats }: GivingSubscription): bigint {
  return included.perSeat ? included.credits * BigInt(seats) : included.credits;
}

/** The recurrence after its next period has begun: what was of the period before may live on as the plan has it now. */
export function nextPeriod(subscription: GivingSubscription): Recurrence {
  const { recurrence, plan } = subscription;
  const periodNo = recurrence.periodNo + 1;
  const { rollover } = plan.included;
  return {
    ...recurrence,
    periodNo,
    nextPeriodAt: whenNext(subscription, periodNo),
    changes: 0,
    carryLimit: rollover === "all" ? null : rollover === "none" ? 0n : rollover.upTo,
    carried: 0n,
  };
}

/** The recurrence after what a change in mid-period still had to give. */
export function afterAdjustment(subscription: GivingSubscription): Recurrence {
  const { recurrence } = subscription;
  const nextPeriodAt = whenNext(subscription, recurrence.periodNo);
  return { ...recurrence, nextPeriodAt, adjustment: null, changes: recurrence.changes + 1 };
}

/** When a period is to be granted: when it begins, unless the subscription has ended by then. */
function whenNext(subscription: GivingSubscription, periodNo: number): number | null {
  const at = startOfPeriod(subscription, periodNo);
  return subscription.endsAt !== null && at >= subscription.endsAt ? null : at;
}
