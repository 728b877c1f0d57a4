import { costOf } from "@credits-kit/engine";
import type { SubscriptionFacts } from "../storage/pools/load-subscriptions.ts";
import type { EventCommand } from "./command.ts";

/** What an event costs and which credit type pays for it. */
export interface Price {
  readonly creditTypeId: string;
  readonly cost: bigint;
  readonly limit: "hard" | "soft";
}

/** Why an event has no price. */
export type NoPrice = "no_active_subscription" | "feature_not_mapped";

type PricedEvent = Pick<EventCommand, "featureId" | "quantity" | "resourceId" | "limit">;

/**
 * Prices an event: by the subscription of its resource, else by one without a resource; the latest start wins among
 * those that were active at `occurredAt` and whose plan has a rate for the feature.
 * @param subscriptions the latest start first
 */
export function priceEvent(
  event: PricedEvent,
  occurredAt: number,
  subscriptions: readonly SubscriptionFacts[],
): Price | NoPrice {
  const { resourceId } = event;
  const ofResource = priceBy(event, occurredAt, { subscriptions, resourceId });
  if (typeof ofResource === "object" || resourceId === "") return ofResource;
  const general = priceBy(event, occurredAt, { subscriptions, resourceId: "" });
  return general === "no_active_subscription" ? ofResource : general;
}

function priceBy(
  event: PricedEvent,
  occurredAt: number,
  { subscriptions, resourceId }: { subscriptions: readonly SubscriptionFacts[]; resourceId: string },
): Price | NoPrice {
  let reason: NoPrice = "no_active_subscription";
  for (const subscription of subscriptions) {
    if (subscription.resourceId !== resourceId || !isActive(subscription, occurredAt)) continue;
    const { creditTypeId, limit, rates } = subscription.plan;
    const rate = rates.get(event.featureId);
    if (rate) return { creditTypeId, cost: costOf(rate, event.quantity), limit: event.limit ?? limit };
    reason = "feature_not_mapped";
  }
  return reason;
}

function isActive(subscription: SubscriptionFacts, at: number): boolean {
  return subscription.startsAt <= at && (subscription.endsAt === null || at < subscription.endsAt);
}
