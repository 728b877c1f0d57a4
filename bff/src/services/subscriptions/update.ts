import type { Subscription, SubscriptionChange } from "@credits-kit/contract";
import { ServiceError } from "../../errors.ts";
import { fieldError } from "../../field-errors.ts";
import { findPlan, findPlanVersion, type PlanRow } from "../../storage/catalogue/plans.ts";
import { storeSubscription, type SubscriptionRow } from "../../storage/customers/subscriptions.ts";
import type { Transaction } from "../../storage/transaction.ts";
import { answerOnce } from "../answer-once.ts";
import type { Call, Deps, StoredAnswer } from "../call.ts";
import { unknown } from "../unknown.ts";
import { isUsable } from "./included.ts";
import { recurrenceAfter } from "./recurrence-after.ts";
import { customerOfSubscription, lockSubscription, settleAround } from "./settle-around.ts";
import { statusOf, toSubscription } from "./to-subscription.ts";

/**
 * Changes a subscription. Of what the plan includes only the difference to what the period already gave is granted, never
 * twice; less is from the next period on.
 * @throws ServiceError `not_found` for it, the plan or its version; `state_conflict` when it has ended;
 * `validation_failed` for an end that is not in the future; `amount_out_of_range` for seats with more credits than a grant
 * holds
 */
export async function updateSubscription(
  deps: Deps,
  call: Call,
  { id, change }: { id: string; change: SubscriptionChange },
): Promise<Subscription | StoredAnswer> {
  const customerId = await customerOfSubscription(deps, id);
  const options = { content: { id, change }, status: 200, customerId };
  const work = () =>
    answerOnce({ deps, call }, options, async (transaction) => {
      const { subscription } = await lockSubscription(transaction, { customerId, id });
      return toSubscription(await carryOut(transaction, subscription, change));
    });
  return settleAround(deps, call, { customerId, work });
}

async function carryOut(
  transaction: Transaction,
  subscription: SubscriptionRow,
  change: SubscriptionChange,
): Promise<SubscriptionRow> {
  if (statusOf(subscription) === "ended") {
    throw new ServiceError("state_conflict", "The subscription has ended.");
  }
  const { plan_id: id, plan_version: version, now } = subscription;
  const before = await findPlanVersion(transaction, { id, version });
  if (!before) throw new Error("the plan of a subscription is gone");
  const after = await planAfter(transaction, before, change);
  const endsAt = endAfter(subscription, change);
  const seats = change.seats ?? subscription.seats;
  const row = await storeSubscription(transaction, subscription, {
    plan_id: after.id,
    plan_version: after.version,
    seats,
    ends_at: endsAt,
    ...(change.price !== undefined && {
      price_amount: change.price,
      price_currency: change.currency ?? null,
    }),
    // Whoever says when it ends takes a cancellation back.
    ...(change.endsAt !== undefined && { canceled_at: null, cancel_reason: null }),
    ...(await recurrenceAfter(transaction, subscription, { before, after, seats, endsAt })),
  });
  return { ...row, now };
}

/** The plan that the subscription is moved to, or stays on. */
async function planAfter(
  transaction: Transaction,
  before: PlanRow,
  { planId = before.id, planVersion }: SubscriptionChange,
): Promise<PlanRow> {
  const isMoved = planId !== before.id || planVersion !== undefined;
  if (!isMoved) return before;
  const latest = await findPlan(transaction, planId);
  if (!latest || !(await isUsable(transaction, latest))) throw unknown("plan", "planId");
  if (planVersion === undefined || planVersion === "latest" || planVersion === latest.version) return latest;
  const version = await findPlanVersion(transaction, { id: planId, version: planVersion });
  if (!version || !(await isUsable(transaction, version)))
    throw unknown("version of the plan", "planVersion");
  return version;
}

function endAfter({ ends_at, starts_at, now }: SubscriptionRow, { endsAt }: SubscriptionChange): Date | null {
  if (endsAt === undefined) return ends_at;
  if (endsAt === null) return null;
  const end = new Date(endsAt);
  if (end <= now) throw fieldError("endsAt", "must be in the future; cancel it to end it at once");
  if (end <= starts_at) throw fieldError("endsAt", "must be after the start");
  return end;
}
