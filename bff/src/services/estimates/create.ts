import { formatCredits, ONE_CREDIT } from "@credits-kit/amounts";
import type { Estimate, EstimatedEvent, FieldError } from "@credits-kit/contract";
import { availableOf } from "@credits-kit/engine";
import type { Deps } from "../call.ts";
import { type Intent, lookAt, type Prospect } from "../spending/look.ts";
import { trySpending } from "../spending/try-spending.ts";

/**
 * Estimates what events would cost if all of them came now, one after the other: each sees what those before it left,
 * also below zero. What cannot be told of one event is its own error. Nothing is written.
 */
export async function createEstimates(
  { database }: Deps,
  events: readonly EstimatedEvent[],
): Promise<{ estimates: Estimate[] }> {
  const { prospects } = await lookAt(database, events.map(toIntent));
  const estimates = events.map((event, index) => {
    const prospect = prospects[index];
    if (!prospect) throw new Error("every intent has a prospect");
    return estimateOf(event, prospect);
  });
  return { estimates };
}

function toIntent(event: EstimatedEvent): Intent {
  const { customerId, featureId, quantity = ONE_CREDIT, resourceId = "" } = event;
  const { limit = null, timestamp = null } = event;
  return { customerId, asked: { kind: "feature", featureId, quantity }, resourceId, limit, timestamp };
}

function estimateOf(event: EstimatedEvent, prospect: Prospect): Estimate {
  if (prospect.kind === "rejected") {
    const { code, path, message } = prospect;
    return faulty(event, { code, path, message });
  }
  const { trial, price } = prospect;
  const { pool: before } = trial;
  if (!trySpending(trial, price.cost)) {
    return faulty(event, {
      code: "amount_out_of_range",
      path: "quantity",
      message: "is more than a pool can hold",
    });
  }
  return {
    id: event.id ?? null,
    creditTypeId: price.creditTypeId,
    resourceId: event.resourceId ?? null,
    cost: formatCredits(price.cost),
    balance: formatCredits(before.balance),
    balanceAfter: formatCredits(trial.pool.balance),
    wouldOverdraw: price.cost > availableOf(before),
  };
}

function faulty({ id, resourceId }: EstimatedEvent, error: FieldError): Estimate {
  return {
    id: id ?? null,
    creditTypeId: null,
    resourceId: resourceId ?? null,
    cost: null,
    balance: null,
    balanceAfter: null,
    wouldOverdraw: null,
    error,
  };
}
