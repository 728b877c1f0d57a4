import type { WidgetBalance } from "@credits-kit/client/widget";
import type { HubState } from "../session/hub.ts";
import { micros } from "../ui/decimal.ts";
import type { CreditsBalanceState, Level } from "./credits-balance.types.ts";

export interface PoolChoice {
  creditType?: string | undefined;
  resource?: string | undefined;
}

/** How `resource` names the pool that has none, here and on the wire. */
const NO_RESOURCE = "none";

/** What the element shows of what the hub knows. */
export function stateOf(hub: HubState, { creditType, resource }: PoolChoice): CreditsBalanceState {
  if (hub.type !== "ready") return hub;
  const { stale } = hub;
  const { canTopUp, canChangeSettings, balances } = hub.pools;
  const pools = balances.filter(
    (pool) =>
      (!creditType || creditType === pool.creditTypeId) &&
      (!resource || resource === (pool.resourceId ?? NO_RESOURCE)),
  );
  // A pool without a single entry has not begun: it is not used up.
  const type = pools.some((pool) => pool.seq > 0) ? "loaded" : "empty";
  return { type, pools, canTopUp, canChangeSettings, stale };
}

export function levelOf({ available, low, seq }: WidgetBalance): Level {
  const left = micros(available);
  if (left < 0n) return "over";
  if (left === 0n && seq > 0) return "depleted";
  return low ? "low" : "ok";
}
