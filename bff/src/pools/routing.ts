import { costOf } from "@credits-kit/engine";
import { planKey, type PlanFacts, type SubscriptionFacts } from "../storage/pools/load-subscriptions.ts";
import type { EventCommand } from "./command.ts";

/** What an event costs and which credit type pays for it. */
export interface Price {
  readonly creditTypeId: string;
  readonly cost: bigint;
  readonly limit: "hard" | "soft";
}

/** Why an event has no price. */
export type NoPrice = "no_active_subscription" | "feature_not_mapped";

/** Versions of plans, by `planKey`. */
export interface PlanSource {
  get(key: string): PlanFacts | undefined;
}

/**
 * Prices an event: by the subscription of its resource, else by one without a resource; the latest start wins among
 * those that were active at `occurredAt` and whose plan has a rate for the feature.
 * @param subscriptions the latest start first
 */
export function priceEvent(
  event: Pick<EventCommand, "featureId" | "quantity" | "resourceId" | "limit">,
  occurredAt: number,
  { subscriptions, plans }: { subscriptions: readonly SubscriptionFacts[]; plans: PlanSource },
): Price | NoPrice {
  let subscribed = false;
  for (const resourceId of event.resourceId === "" ? [""] : [event.resourceId, ""]) {
    for (const subscription of subscriptions) {
      if (subscription.resourceId !== resourceId || !isActive(subscription, occurredAt)) continue;
      subscribed = true;
      const plan = plans.get(planKey(subscription.planId, subscription.planVersion));
      const rate = plan?.rates.get(event.featureId);
      if (!plan || !rate) continue;
      return { creditTypeId: plan.creditTypeId, cost: costOf(rate, event.quantity), limit: event.limit ?? plan.limit };
    }
  }
  return subscribed ? "feature_not_mapped" : "no_active_subscription";
}

function isActive(subscription: SubscriptionFacts, at: number): boolean {
  return subscription.startsAt <= at && (subscription.endsAt === null || at < subscription.endsAt);
}
