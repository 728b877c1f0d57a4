import type { Grant } from "@credits-kit/engine";
import { readPlanGrantId } from "../../storage/pools/plan-grant-ids.ts";
import type { GroupCustomer, PoolOfCustomer } from "../group-customer.ts";
import { type GivingSubscription, isGiving, startOfPeriod } from "./period.ts";

/** Where what expires unspent of a plan's grant may live on. */
export interface Carriage {
  readonly subscription: GivingSubscription;
  /** How much may; null for all of it. */
  readonly room: bigint | null;
  /** Whether it counts towards what the period may take over. */
  readonly isCounted: boolean;
  /** Until when: the end of the current period. */
  readonly expiresAt: number;
}

/** What matters of a grant that expires. */
export type Expiring = Pick<Grant, "id" | "effectiveAt" | "expiresAt">;

/**
 * Whether what expires of a grant of this pool lives on, and how. What a plan gave for a period does so in the next one,
 * within what the plan lets over, as long as the subscription goes on in this pool; also what a hold or a dispute kept
 * over the boundary, as soon as it comes free. What was carried over before is not again.
 * @param at when it expires, in milliseconds since 1970
 */
export function carriageOf(
  customer: GroupCustomer,
  pool: PoolOfCustomer,
  { grant, at }: { grant: Expiring; at: number },
): Carriage | null {
  const origin = readPlanGrantId(grant.id);
  const found =
    origin && customer.subscriptions.find((each) => each.subscriptionId === origin.subscriptionId);
  if (!origin || !found || !isGiving(found) || !isOfPool(found, pool)) return null;
  if (found.endsAt !== null && found.endsAt <= at) return null;
  const { recurrence } = found;
  const current = recurrence.periodNo - 1;
  const expiresAt = startOfPeriod(found, recurrence.periodNo);
  const carriage = { subscription: found, expiresAt };
  if (origin.periodNo === current) {
    // The period was begun anew with another length: what it had given before belongs to it to its end.
    const isOfBefore = recurrence.anchorPeriodNo === current && grant.effectiveAt < recurrence.anchorAt;
    return isOfBefore ? { ...carriage, room: null, isCounted: false } : null;
  }
  // A longer period before may have given what ends only now.
  const isOfNow = grant.expiresAt !== null && grant.expiresAt >= startOfPeriod(found, current);
  if (origin.periodNo !== current - 1 && !isOfNow) return null;
  const { carryLimit, carried } = recurrence;
  return { ...carriage, room: carryLimit === null ? null : carryLimit - carried, isCounted: true };
}

/** Whether a subscription gives into this pool. */
export function isOfPool({ plan, resourceId }: GivingSubscription, pool: PoolOfCustomer): boolean {
  return plan.creditTypeId === pool.creditTypeId && resourceId === pool.resourceId;
}
