import type { WidgetBalance } from "@credits-kit/client/widget";
import { BalanceHistory } from "./balance-history.ts";
import type { BalanceHost } from "./balance-host.ts";

/** Shows the latest entries of a pool beside the button that was pressed, with the balance's session and looks. */
export function openHistory(
  balance: BalanceHost,
  { pool, anchor }: { pool: WidgetBalance; anchor: HTMLElement },
): void {
  if (anchor.ariaExpanded || !anchor.isConnected) return;
  const { fetchSession, sessionUrl, sessionToken, apiBase, customer, theme, appearance } = balance;
  const { historyUrl, timeZone, fractionDigits, renderRoot } = balance;
  const element = new BalanceHistory();
  const lang = balance.closest<HTMLElement>("[lang]")?.lang ?? "";
  const { direction: dir } = getComputedStyle(anchor);
  Object.assign(element, { fetchSession, sessionUrl, sessionToken, apiBase, customer, theme, appearance });
  Object.assign(element, { historyUrl, timeZone, fractionDigits, lang, dir, pool, anchor });
  element.setAttribute("part", "history-popover");
  element.setAttribute("exportparts", "history-entry, history-link, retry-button");
  renderRoot.append(element);
  element.show();
  closeWithAnchor(balance, element);
}

/** What each balance has open, and how it looks whether that may stay. */
const checks = new WeakMap<BalanceHost, () => void>();

/** What is chosen anew is another pool: its entries are others, even where the button is the same. */
function closeWithAnchor(balance: BalanceHost, element: BalanceHistory): void {
  const choice = () => JSON.stringify([balance.creditType, balance.resource, balance.variant]);
  const chosen = choice();
  // One for all times: what is added to an element stays there.
  if (!checks.has(balance)) balance.addController({ hostUpdated: () => checks.get(balance)?.() });
  checks.set(balance, () => {
    if (element.isConnected && element.anchor?.isConnected && choice() === chosen) return;
    checks.set(balance, () => undefined);
    element.close();
  });
}
