import type { Subscription } from "@credits-kit/contract";
import type { SubscriptionRow } from "../../storage/customers/subscriptions.ts";

export function toSubscription(row: SubscriptionRow): Subscription {
  const { price_amount: amount, price_currency: currency } = row;
  return {
    id: row.subscription_id,
    customerId: row.customer_id,
    planId: row.plan_id,
    planVersion: row.plan_version,
    status: row.status,
    startsAt: row.starts_at.toISOString(),
    endsAt: row.ends_at?.toISOString() ?? null,
    price: amount === null || currency === null ? null : { amount, currency },
    resourceId: row.resource_id === "" ? null : row.resource_id,
    createdAt: row.created_at.toISOString(),
  };
}
