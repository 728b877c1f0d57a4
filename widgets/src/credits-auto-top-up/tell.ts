import type { WidgetAutoTopUp } from "@credits-kit/client/widget";
import { CreditsAutoTopUpCardEvent, CreditsAutoTopUpChangeEvent } from "./credits-auto-top-up.events.ts";
import type { PoolOnWire } from "./pool-api.ts";

/** Tells the page how the auto top-up of a pool is set now. */
export function tellChange(
  host: EventTarget,
  pool: PoolOnWire | undefined,
  rule: WidgetAutoTopUp["rule"] | undefined,
): void {
  const detail = { ...detailOf(pool), enabled: rule?.enabled ?? false, isSet: Boolean(rule) };
  host.dispatchEvent(new CreditsAutoTopUpChangeEvent(detail));
}

/** Tells the page that a card was added. */
export function tellCard(host: EventTarget, pool: PoolOnWire | undefined): void {
  host.dispatchEvent(new CreditsAutoTopUpCardEvent(detailOf(pool)));
}

function detailOf(pool: PoolOnWire | undefined) {
  return { creditTypeId: pool?.creditTypeId ?? "", resourceId: pool?.resourceId ?? null };
}
