import type { Subscription } from "@credits-kit/contract";
import type { SubscriptionRow } from "../../storage/customers/subscriptions.ts";
import { currentPeriod, unlessEnded } from "./periods.ts";

export function toSubscription(row: SubscriptionRow): Subscription {
  const { price_amount: amount, price_currency: currency } = row;
  const status = statusOf(row);
  const period = status === "active" ? currentPeriod(row) : null;
  return {
    id: row.subscription_id,
    customerId: row.customer_id,
    planId: row.plan_id,
    planVersion: row.plan_version,
    status,
    startsAt: row.starts_at.toISOString(),
    endsAt: row.ends_at?.toISOString() ?? null,
    price: amount === null || currency === null ? null : { amount, currency },
    resourceId: row.resource_id === "" ? null : row.resource_id,
    seats: row.seats,
    currentPeriod: period && { startsAt: period.startsAt.toISOString(), endsAt: period.endsAt.toISOString() },
    nextRefreshAt: refreshOf(row)?.toISOString() ?? null,
    canceledAt: row.canceled_at?.toISOString() ?? null,
    cancelReason: row.cancel_reason,
    createdAt: row.created_at.toISOString(),
    updatedAt: (row.updated_at ?? row.created_at).toISOString(),
  };
}

/** When included credits come next; those that are due at this very moment come with the answer. */
function refreshOf(row: SubscriptionRow): Date | null {
  const { next_period_at, now, ends_at } = row;
  if (next_period_at === null || next_period_at > now) return next_period_at;
  return unlessEnded(currentPeriod(row).endsAt, ends_at);
}

/** Where a subscription stands now; one that ends before it begins never does. */
export function statusOf({ starts_at, ends_at, now }: SubscriptionRow): Subscription["status"] {
  if (ends_at !== null && (ends_at <= now || ends_at <= starts_at)) return "ended";
  return starts_at > now ? "scheduled" : "active";
}
