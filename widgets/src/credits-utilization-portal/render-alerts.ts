import type { WidgetBalance, WidgetGrant } from "@credits-kit/client/widget";
import { html, nothing } from "lit";
import { linkAddress } from "../paying/leave-page.ts";
import { clockIcon, lockIcon, warningIcon } from "../ui/icons.ts";
import { unitFor } from "../ui/unit.ts";
import { warningOf } from "./level.ts";
import type { PortalView } from "./portal-view.ts";
import { renderWay } from "./render-section.ts";

/** Credits that end within so many days are worth a word. */
const SOON_MS = 14 * 86_400_000;

/** Something that a person should know, and the one thing to do about it. */
interface Alert {
  tone: "warning" | "danger";
  icon: unknown;
  text: string;
  hint?: string | undefined;
  action?: unknown;
}

/** What needs attention, the worst first; nothing while all is well. */
export function renderAlerts(view: PortalView, pool: WidgetBalance, unpaid: readonly WidgetGrant[]) {
  const alerts = alertsOf(view, pool, unpaid);
  if (alerts.length === 0) return nothing;
  return html`
    <ul class="alerts" aria-label=${view.texts.alerts}>
      ${alerts.map(
        ({ tone, icon, text, hint, action }) => html`
          <li class="alert ${tone}" part="alert">
            ${icon}
            <div>
              <p>${text}</p>
              ${hint ? html`<p class="note">${hint}</p>` : nothing}
            </div>
            ${action ?? nothing}
          </li>
        `,
      )}
    </ul>
  `;
}

function alertsOf(view: PortalView, pool: WidgetBalance, unpaid: readonly WidgetGrant[]): Alert[] {
  const alerts = [balanceAlert(view, pool), autoTopUpAlert(view, pool), expiryAlert(view, pool)];
  return [...alerts, ...unpaid.map((grant) => invoiceAlert(view, grant))].filter(
    (alert) => alert !== undefined,
  );
}

function balanceAlert(view: PortalView, pool: WidgetBalance): Alert | undefined {
  const warning = warningOf(pool, view);
  return warning && { ...warning, icon: warningIcon };
}

function autoTopUpAlert(view: PortalView, { autoTopUp }: WidgetBalance): Alert | undefined {
  const { texts } = view;
  if (autoTopUp !== "stopped" && autoTopUp !== "needs_action") return undefined;
  const isStopped = autoTopUp === "stopped";
  return {
    tone: isStopped ? "danger" : "warning",
    icon: warningIcon,
    text: isStopped ? texts.autoTopUpStopped : texts.autoTopUpNeedsYou,
    hint: texts.autoTopUpHint,
    action: renderWay(view, "settings", texts.toSettings),
  };
}

function expiryAlert(view: PortalView, { nextExpiry, unit }: WidgetBalance): Alert | undefined {
  const { texts, amount, formats } = view;
  const atMs = Date.parse(nextExpiry?.at ?? "");
  if (!nextExpiry || !(atMs - Date.now() < SOON_MS)) return undefined;
  const text = texts.expiring(
    amount(nextExpiry.amount),
    unitFor(nextExpiry.amount, unit),
    formats.distance(atMs),
  );
  return { tone: "warning", icon: clockIcon, text, action: renderWay(view, "grants", texts.details) };
}

function invoiceAlert(view: PortalView, { purchase, remaining }: WidgetGrant): Alert | undefined {
  const { texts, amount, pool } = view;
  const href = linkAddress(purchase?.payUrl);
  if (!href || !pool) return undefined;
  const isOverdue = purchase?.invoice?.isOverdue === true;
  return {
    tone: isOverdue ? "danger" : "warning",
    icon: lockIcon,
    text: texts.unpaid(purchase?.invoice?.number ?? ""),
    hint: texts.unpaidHint(amount(remaining), unitFor(remaining, pool.unit)),
    action: html`<a class="button" part="link" href=${href} target="_blank" rel="noopener">${texts.pay}</a>`,
  };
}
