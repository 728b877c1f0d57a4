import { formatCredits, ONE_CREDIT } from "@credits-kit/amounts";
import type { Estimate, EstimatedEvent } from "@credits-kit/contract";
import { availableOf } from "@credits-kit/engine";
import type { Rejected } from "../../pools/outcome.ts";
import { costNow, type RateCounters } from "../../pools/rate-counters.ts";
import type { Deps } from "../call.ts";
import { type Intent, lookAt, type Prospect } from "../spending/look.ts";
import { trySpending } from "../spending/try-spending.ts";

/**
 * Estimates what events would cost if all of them came now, one after the other: each sees what those before it left,
 * also below zero. What cannot be told of one event is its own error.
 */
export async function createEstimates(
  deps: Deps,
  events: readonly EstimatedEvent[],
): Promise<{ estimates: Estimate[] }> {
  const { prospects, counters } = await lookAt(deps, events.map(toIntent));
  const estimates = events.map((event, index) => {
    const prospect = prospects[index];
    if (!prospect) throw new Error("every intent has a prospect");
    return estimateOf(event, prospect, counters);
  });
  return { estimates };
}

function toIntent(event: EstimatedEvent): Intent {
  const { customerId, featureId, quantity = ONE_CREDIT, resourceId = "" } = event;
  const { dimensions = null, limit = null, timestamp = null } = event;
  const asked = { kind: "feature", featureId, quantity } as const;
  return { customerId, asked, resourceId, dimensions, limit, timestamp };
}

function estimateOf(event: EstimatedEvent, prospect: Prospect, counters: RateCounters): Estimate {
  if (prospect.kind === "rejected") return faulty(event, prospect);
  const { trial, price } = prospect;
  const cost = costNow(price, counters);
  if (typeof cost !== "bigint") return faulty(event, cost);
  const { pool: before } = trial;
  if (!trySpending(trial, cost)) {
    return faulty(event, {
      code: "amount_out_of_range",
      path: "quantity",
      message: "is more than a pool can hold",
    });
  }
  counters.count(price);
  return {
    id: event.id ?? null,
    creditTypeId: price.creditTypeId,
    resourceId: event.resourceId ?? null,
    cost: formatCredits(cost),
    balance: formatCredits(before.balance),
    balanceAfter: formatCredits(trial.pool.balance),
    wouldOverdraw: cost > availableOf(before),
  };
}

function faulty(
  { id, resourceId }: EstimatedEvent,
  { code, path, message }: Pick<Rejected, "code" | "path" | "message">,
): Estimate {
  return {
    id: id ?? null,
    creditTypeId: null,
    resourceId: resourceId ?? null,
    cost: null,
    balance: null,
    balanceAfter: null,
    wouldOverdraw: null,
    error: { code, path, message },
  };
}
