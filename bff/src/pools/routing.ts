import { multiplyMicro } from "@credits-kit/amounts";
import { periodNumberAt, type Rate } from "@credits-kit/engine";
import type { SubscriptionFacts } from "../storage/pools/load-subscriptions.ts";
import type { CounterKey } from "../storage/pools/rate-counters.ts";
import type { Dimensions } from "./command.ts";

/** What usage costs and which credit type pays for it. */
export interface Price {
  readonly creditTypeId: string;
  /** In micro-credits, or what tells it once its turn has come. */
  readonly cost: bigint | LaterCost;
  readonly limit: "hard" | "soft";
}

/** A cost that depends on what was used before, or on what the event says of itself. */
export interface LaterCost {
  readonly rate: Rate;
  readonly quantity: bigint;
  readonly dimensions: Dimensions | null;
  /** Where the units count, and are counted from; null for a rate without tiers. */
  readonly counter: CounterKey | null;
}

/** Why an event has no price. */
export type NoPrice = "no_active_subscription" | "feature_not_mapped";

/** So much of a feature, in a pool of a resource or the default one. */
export interface PricedUsage {
  readonly customerId: string;
  readonly featureId: string;
  readonly quantity: bigint;
  readonly resourceId: string;
  readonly dimensions: Dimensions | null;
  /** The plan's, unless it says. */
  readonly limit: "hard" | "soft" | null;
}

/**
 * Prices usage: by the subscription of its resource, else by one without a resource; the latest start wins among
 * those that were active at `occurredAt` and whose plan has a rate for the feature.
 * @param subscriptions the latest start first
 */
export function priceUsage(
  usage: PricedUsage,
  occurredAt: number,
  subscriptions: readonly SubscriptionFacts[],
): Price | NoPrice {
  const { resourceId } = usage;
  const ofResource = priceBy(usage, occurredAt, { subscriptions, resourceId });
  if (typeof ofResource === "object" || resourceId === "") return ofResource;
  const general = priceBy(usage, occurredAt, { subscriptions, resourceId: "" });
  return general === "no_active_subscription" ? ofResource : general;
}

function priceBy(
  usage: PricedUsage,
  occurredAt: number,
  { subscriptions, resourceId }: { subscriptions: readonly SubscriptionFacts[]; resourceId: string },
): Price | NoPrice {
  let reason: NoPrice = "no_active_subscription";
  for (const subscription of subscriptions) {
    if (subscription.resourceId !== resourceId || !isActive(subscription, occurredAt)) continue;
    const { creditTypeId, limit, rates } = subscription.plan;
    const rate = rates.get(usage.featureId);
    if (rate) {
      const cost =
        rate.kind === "unit"
          ? multiplyMicro(usage.quantity, rate.creditsPerUnit)
          : laterCost(rate, { usage, subscription, occurredAt });
      return { creditTypeId, cost, limit: usage.limit ?? limit };
    }
    reason = "feature_not_mapped";
  }
  return reason;
}

interface Circumstances {
  readonly usage: PricedUsage;
  readonly subscription: SubscriptionFacts;
  readonly occurredAt: number;
}

/** Tiers count the period in which the usage happened; a plan that includes nothing counts by the month. */
function laterCost(rate: Rate, { usage, subscription, occurredAt }: Circumstances): LaterCost {
  const { customerId, featureId, quantity, dimensions } = usage;
  if (rate.kind !== "tiered") return { rate, quantity, dimensions, counter: null };
  const { subscriptionId, startsAt, plan } = subscription;
  const every = plan.included?.every ?? "month";
  const periodNo = periodNumberAt({ anchorAt: startsAt, every }, occurredAt);
  const counter = { customerId, subscriptionId, featureId, every, periodNo };
  return { rate, quantity, dimensions, counter };
}

/** The limit of the plan under which a customer spends credits of a type, if any. */
export function limitOfCredits(
  { creditTypeId, resourceId }: { creditTypeId: string; resourceId: string },
  now: number,
  subscriptions: readonly SubscriptionFacts[],
): "hard" | "soft" | null {
  const active = subscriptions.filter(
    (each) => each.plan.creditTypeId === creditTypeId && isActive(each, now),
  );
  const own = active.find((each) => each.resourceId === resourceId);
  return (own ?? active.find((each) => each.resourceId === ""))?.plan.limit ?? null;
}

function isActive(subscription: SubscriptionFacts, at: number): boolean {
  return subscription.startsAt <= at && (subscription.endsAt === null || at < subscription.endsAt);
}
