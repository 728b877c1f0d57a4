import type { Subscription, SubscriptionInput } from "@credits-kit/contract";
import { periodNumberAt } from "@credits-kit/engine";
import { fieldError } from "../../field-errors.ts";
import { findPlan, type PlanRow } from "../../storage/catalogue/plans.ts";
import { makeId } from "../../storage/customers/ids.ts";
import { insertSubscription, lockCustomer } from "../../storage/customers/subscriptions.ts";
import type { Transaction } from "../../storage/transaction.ts";
import { answerOnce } from "../answer-once.ts";
import type { Call, Deps, StoredAnswer } from "../call.ts";
import { unknown } from "../unknown.ts";
import { creditsPerPeriod, isUsable } from "./included.ts";
import { unlessEnded } from "./periods.ts";
import { settleIfPossible } from "./settle-around.ts";
import { toSubscription } from "./to-subscription.ts";

/**
 * Subscribes a customer to the current version of a plan: later versions do not touch it. What the plan includes is there
 * when the answer comes.
 * @throws ServiceError `not_found` for the customer or the plan, also for a plan of which something is archived;
 * `validation_failed` for an end before the start; `amount_out_of_range` for seats with more credits than a grant holds
 */
export async function createSubscription(
  deps: Deps,
  call: Call,
  { customerId, input }: { customerId: string; input: SubscriptionInput },
): Promise<Subscription | StoredAnswer> {
  const options = { content: input, status: 201, customerId };
  const answer = await answerOnce({ deps, call }, options, (transaction) =>
    subscribe(transaction, customerId, input),
  );
  await settleIfPossible(deps, call, customerId);
  // A credit type that the customer did not have appears. Nobody else's widgets need to hear of it.
  deps.live.poolsChanged([customerId]);
  return answer;
}

async function subscribe(
  transaction: Transaction,
  customerId: string,
  input: SubscriptionInput,
): Promise<Subscription> {
  const plan = await findPlan(transaction, input.planId);
  // The lock comes before the row: whoever burns for the customer sees all of this or nothing.
  const now = await lockCustomer(transaction, customerId);
  if (!now) throw unknown("customer");
  if (!plan || !(await isUsable(transaction, plan))) throw unknown("plan", "planId");
  const startsAt = input.startsAt === undefined ? now : new Date(input.startsAt);
  const endsAt = input.endsAt === undefined ? null : new Date(input.endsAt);
  if (endsAt && endsAt <= startsAt) throw fieldError("endsAt", "must be after the start");
  const seats = input.seats ?? 1;
  creditsPerPeriod(plan, seats);
  const row = await insertSubscription(transaction, {
    customer_id: customerId,
    subscription_id: makeId("sub", customerId),
    plan_id: plan.id,
    plan_version: plan.version,
    resource_id: input.resourceId ?? "",
    starts_at: startsAt,
    ends_at: endsAt,
    price_amount: input.price ?? null,
    price_currency: input.currency ?? null,
    seats,
    anchor_at: startsAt,
    ...firstPeriod(plan, { startsAt, endsAt, now }),
  });
  return toSubscription({ ...row, now });
}

/** What is granted first: of a start in the past only the period that is going on, and from now on. */
function firstPeriod(
  { included }: PlanRow,
  { startsAt, endsAt, now }: { startsAt: Date; endsAt: Date | null; now: Date },
): { period_no: number; next_period_at: Date | null } {
  if (!included) return { period_no: 0, next_period_at: null };
  if (startsAt > now) return { period_no: 0, next_period_at: startsAt };
  const periods = { anchorAt: startsAt.getTime(), every: included.every };
  return { period_no: periodNumberAt(periods, now.getTime()), next_period_at: unlessEnded(now, endsAt) };
}
