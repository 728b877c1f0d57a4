import type { WidgetBalance } from "@credits-kit/client/widget";
import type { BalanceView } from "./balance-view.ts";
import type { TopUpRequest } from "./credits-balance.events.ts";
import type { BalanceHost } from "./balance-host.ts";
import { Live } from "./live.ts";
import { renderSparkline } from "./sparkline.ts";

/** What a balance gets once there is something to show. */
export interface Parts {
  live?: Live;
  sparkline?: BalanceView["sparkline"];
  /** Draws the way to the auto top-up. */
  entry?: (balance: BalanceHost, pool: WidgetBalance) => unknown;
  /** Draws a row of the utilization variant. */
  renderRow?: BalanceView["renderRow"];
}

/** Loads what the balance needs and has not got yet. */
export async function complete(balance: BalanceHost, parts: Parts): Promise<void> {
  const { state, variant = "card", renderRoot } = balance;
  parts.sparkline = renderSparkline;
  if (state.type === "loaded") parts.live ??= new Live(renderRoot, state.pools);
  if (variant === "utilization")
    parts.renderRow ??= (await import("./utilization.ts")).utilizationIn(balance.shadowRoot);
  if (variant === "card" && state.type === "loaded" && state.canChangeSettings)
    parts.entry ??= (await import("../credits-auto-top-up/entry.ts")).renderEntry;
}

/** Opens the purchase. */
export async function openTopUp(balance: BalanceHost, pool?: TopUpRequest): Promise<void> {
  (await import("../credits-top-up/open-top-up.ts")).openTopUp(balance, pool);
}

/** Shows the latest entries of a pool beside the button that was pressed. */
export async function openHistory(
  balance: BalanceHost,
  place: { pool: WidgetBalance; anchor: HTMLElement },
): Promise<void> {
  (await import("./open-history.ts")).openHistory(balance, place);
}
