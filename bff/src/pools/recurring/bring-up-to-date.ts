import { nextDueAt } from "@credits-kit/engine";
import { planGrantId } from "../../storage/pools/plan-grant-ids.ts";
import { BY_CLOCK } from "../attribution.ts";
import type { Deciding } from "../deciding/deciding.ts";
import type { GroupCustomer, PoolOfCustomer, WorkingPool } from "../group-customer.ts";
import { isOfPool } from "./carry.ts";
import { giveByPlan, type PlannedGrant } from "./give-by-plan.ts";
import {
  afterAdjustment,
  creditsOfPeriod,
  type GivingSubscription,
  isGiving,
  nextPeriod,
  startOfPeriod,
} from "./period.ts";

/**
 * Carries out what recurs for a customer by now, one moment after the other and as of each, however late: at the end of
 * a period what is left of it expires, lives on where the plan says so, and the next period's credits come. So a late
 * worker leaves the ledger that a punctual one would have left. Costs nothing where no plan gives anything by itself.
 */
export function bringUpToDate(deciding: Deciding, customer: GroupCustomer): void {
  for (const pool of poolsOf(customer)) {
    const isDue = dueBy(giversOf(customer, pool), customer.now) !== null;
    const working = isDue ? customer.ensurePool(pool) : customer.findPool(pool);
    if (working) bringPool(deciding, working);
  }
}

/** Which pools the customer's plans give into. */
function poolsOf({ subscriptions }: GroupCustomer): PoolOfCustomer[] {
  const pools: PoolOfCustomer[] = [];
  for (const each of subscriptions) {
    if (!isGiving(each) || pools.some((pool) => isOfPool(each, pool))) continue;
    pools.push({ creditTypeId: each.plan.creditTypeId, resourceId: each.resourceId });
  }
  return pools;
}

function giversOf({ subscriptions }: GroupCustomer, pool: PoolOfCustomer): GivingSubscription[] {
  return subscriptions.filter(isGiving).filter((each) => isOfPool(each, pool));
}

function bringPool(deciding: Deciding, working: WorkingPool): void {
  const { customer } = working;
  for (;;) {
    const givers = giversOf(customer, working);
    const at = earlier(dueBy(givers, customer.now), nextDueAt(working.pool));
    if (at === null || at > customer.now) return;
    // The period changes hands first: what expires at its end lives on in the new one.
    const planned = givers
      .filter((each) => each.recurrence.nextPeriodAt === at)
      .map((each) => begin(each, at));
    for (const { subscription, recurrence } of planned) {
      customer.moveSubscription(subscription.subscriptionId, recurrence);
    }
    // Whatever falls due is the clock's.
    deciding.carryOut(working, { kind: "settle" }, { types: [], by: BY_CLOCK, at });
    for (const { grant } of planned) giveByPlan(deciding, working, grant);
  }
}

/** What a subscription gives at this moment, and how far that brings it. */
function begin(subscription: GivingSubscription, at: number) {
  const { recurrence, subscriptionId, plan } = subscription;
  const { priority, costBasis } = plan.included;
  const isPeriod = recurrence.adjustment === null;
  const periodNo = isPeriod ? recurrence.periodNo : recurrence.periodNo - 1;
  const change = isPeriod ? 0 : recurrence.changes + 1;
  const grant: PlannedGrant = {
    commandId: `recur:${subscriptionId}:${periodNo}${change === 0 ? "" : `.${change}`}`,
    grantId: planGrantId(subscriptionId, periodNo, change),
    amount: recurrence.adjustment ?? creditsOfPeriod(subscription),
    ...{ priority, costBasis, at },
    expiresAt: startOfPeriod(subscription, periodNo + 1),
    source: { kind: "plan", id: subscriptionId },
  };
  return {
    subscription,
    recurrence: isPeriod ? nextPeriod(subscription) : afterAdjustment(subscription),
    grant,
  };
}

/** The first moment at which one of these gives something, if that is by now. */
function dueBy(givers: readonly GivingSubscription[], now: number): number | null {
  let first: number | null = null;
  for (const { recurrence } of givers) first = earlier(first, recurrence.nextPeriodAt);
  return first !== null && first <= now ? first : null;
}

function earlier(left: number | null, right: number | null): number | null {
  if (left === null || right === null) return left ?? right;
  return left < right ? left : right;
}
