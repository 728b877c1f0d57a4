import type { WidgetForecast } from "@credits-kit/client/widget";
import { html, nothing } from "lit";
import { renderStale } from "../feed/render-state.ts";
import { poolKey } from "../session/pool-store.ts";
import { micros } from "../ui/decimal.ts";
import { unitFor } from "../ui/unit.ts";
import type { PortalView } from "./portal-view.ts";
import { projectionOf } from "./projection.ts";

/** The card on top: what can be spent, until when, the way to more of it, and the tabs. */
export function renderHeader(view: PortalView, forecast: WidgetForecast | undefined, tabs: unknown) {
  const { texts, common, pool, ready, canTopUp, formats, retry } = view;
  if (view.isHidden("header"))
    return view.shown.length > 1 ? html`<div class="section header">${tabs}</div>` : nothing;
  return html`
    <section class="section header" part="header" aria-label=${texts.title}>
      <div class="main">
        <div class="amount">
          ${pool ? renderPool(view, forecast) : html`<p class="headline">${texts.title}</p>`}
        </div>
        ${
          canTopUp
            ? html`
                <button class="primary" part="top-up-button" @click=${view.topUp}>${common.topUp}</button>
              `
            : nothing
        }
      </div>
      ${renderStale(ready.stale, { common, formats, retry })} ${tabs}
    </section>
  `;
}

function renderPool(view: PortalView, forecast: WidgetForecast | undefined) {
  const { common, pool, amount, withUnit } = view;
  if (!pool) return nothing;
  const unit = withUnit("1") === amount("1") ? "" : unitFor(pool.available, pool.unit);
  const others = (["held", "pending", "scheduled"] as const).filter((name) => micros(pool[name]) > 0n);
  const pace = forecast && paceOf(view, forecast);
  const tone = pool.available.startsWith("-") ? "danger" : "";
  return html`
    ${renderName(view)}
    <p class="figure ${tone}" part="balance">${amount(pool.available)}</p>
    <p class="caption" part="caption">
      <span>${common.available(unit).trim()}</span>
      ${others.map((name) => html`<span>${common[name](amount(pool[name]))}</span>`)}
    </p>
    <p class="note pace" part="pace">${pace ?? html`&nbsp;`}</p>
  `;
}

/** The name of what is shown, or the choice among several. */
function renderName({ pools, pool, texts, choosePool }: PortalView) {
  if (!pool) return nothing;
  const nameOf = ({ name, resourceId }: typeof pool) => (resourceId ? `${name} · ${resourceId}` : name);
  if (pools.length < 2) return html`<p class="title" part="name">${pool.symbol} ${nameOf(pool)}</p>`;
  return html`
    <select
      part="pool-select"
      aria-label=${texts.choosePool}
      @change=${({ target }: Event) => {
        const chosen = target instanceof HTMLSelectElement ? pools[target.selectedIndex] : undefined;
        if (chosen) choosePool(poolKey(chosen));
      }}
    >
      ${pools.map(
        (one) => html`<option ?selected=${one === pool} .selected=${one === pool}>${nameOf(one)}</option>`,
      )}
    </select>
  `;
}

/** When it runs out, where that can be said: as a day of this year, or with the year. */
function paceOf(view: PortalView, forecast: WidgetForecast): string | undefined {
  const { pool, texts, day } = view;
  if (!pool) return undefined;
  const nowMs = Date.now();
  const projection = projectionOf(forecast, pool.available, nowMs);
  if (projection.type !== "dated") return undefined;
  return texts.pace(day(projection.likelyMs, dayOf(projection.likelyMs, nowMs)));
}

const NEAR_MS = 180 * 86_400_000;

/** A day that is near needs no year. */
export function dayOf(atMs: number, nowMs: number): Intl.DateTimeFormatOptions {
  const day = { day: "numeric", month: "long" } as const;
  return Math.abs(atMs - nowMs) < NEAR_MS ? day : { ...day, year: "numeric" };
}
