import type { WidgetBalance } from "@credits-kit/client/widget";
import type { HubState } from "../session/hub.ts";
import { micros } from "../ui/decimal.ts";
import type { CreditsBalanceState } from "./credits-balance.types.ts";

export interface PoolChoice {
  creditType?: string | undefined;
  resource?: string | undefined;
}

/** How a pool stands. */
export type Level = "ok" | "low" | "depleted" | "over";

/** How `resource` names the pool that has none, here and on the wire. */
const NO_RESOURCE = "none";

/** What the element shows of what the hub knows. */
export function stateOf(hub: HubState, choice: PoolChoice): CreditsBalanceState {
  if (hub.type === "loading") return hub;
  if (hub.type === "failed") {
    const { forbidden, code, retryable, requestId } = hub.failure;
    return forbidden ? { type: "forbidden" } : { type: "error", code, retryable, requestId, retrying: hub.retrying };
  }
  const { stale, pools } = hub;
  const { canTopUp } = pools;
  const chosen = pools.balances.filter((pool) => isChosen(pool, choice));
  return chosen.every((pool) => pool.seq === 0)
    ? { type: "empty", canTopUp, stale }
    : { type: "loaded", pools: chosen, canTopUp, stale };
}

/** A pool without a single entry is not used up: it has not begun. */
export function levelOf({ available, low, seq }: WidgetBalance): Level {
  const left = micros(available);
  if (seq === 0) return "ok";
  if (left <= 0n) return left < 0n ? "over" : "depleted";
  return low ? "low" : "ok";
}

export function poolKey({ creditTypeId, resourceId }: WidgetBalance): string {
  return JSON.stringify([creditTypeId, resourceId]);
}

function isChosen({ creditTypeId, resourceId }: WidgetBalance, { creditType, resource }: PoolChoice): boolean {
  return (!creditType || creditTypeId === creditType) && (!resource || (resourceId ?? NO_RESOURCE) === resource);
}
