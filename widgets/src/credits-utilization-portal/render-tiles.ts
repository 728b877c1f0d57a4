import type { WidgetBalance, WidgetForecast } from "@credits-kit/client/widget";
import { html, nothing } from "lit";
import type { FeedState } from "../feed/feed-state.ts";
import { percentOf } from "../ui/decimal.ts";
import { lengthIn } from "./lengths.ts";
import type { PortalView } from "./portal-view.ts";
import { type Projection, projectionOf } from "./projection.ts";
import { dayOf } from "./render-header.ts";

/** A figure with its name above and what it means below. */
interface Tile {
  title: string;
  figure: unknown;
  captions: readonly unknown[];
  drawing?: unknown;
  tone?: string;
}

/** The three figures that matter: what there is, what was used, and until when it lasts. */
export function renderTiles(view: PortalView, pool: WidgetBalance, forecast: FeedState<WidgetForecast>) {
  return html`
    <div class="tiles">
      ${renderTile(availableTile(view, pool))}${renderTile(usedTile(view, pool))}${renderRunsOut(view, pool, forecast)}
    </div>
  `;
}

function renderTile({ title, figure, captions, drawing = nothing, tone = "" }: Tile) {
  return html`
    <section class="section tile" part="tile">
      <h2 class="title">${title}</h2>
      <div class="beside">
        <div>
          <p class="figure ${tone}" part="figure">${figure}</p>
          ${captions.map((caption) => html`<p class="caption">${caption}</p>`)}
        </div>
        ${drawing}
      </div>
    </section>
  `;
}

function availableTile({ texts, common, amount, formats }: PortalView, pool: WidgetBalance): Tile {
  const { available, nextExpiry, unit } = pool;
  const expiry =
    nextExpiry &&
    common.expires(
      amount(nextExpiry.amount),
      formats.distance(Date.parse(nextExpiry.at)),
      formats.plural(nextExpiry.amount),
    );
  return {
    title: texts.available,
    figure: amount(available),
    captions: [expiry ?? common.available(unit.plural)],
    tone: available.startsWith("-") ? "danger" : "",
  };
}

function usedTile({ texts, amount, formats }: PortalView, pool: WidgetBalance): Tile {
  const { used, granted, nextRefreshAt } = pool;
  const percent = percentOf(used, granted);
  const refresh = nextRefreshAt && texts.refreshes(formats.distance(Date.parse(nextRefreshAt)));
  return {
    title: texts.used,
    figure: amount(used),
    captions: [[texts.ofGranted(amount(granted)), refresh].filter(Boolean).join(" · ")],
    drawing: renderRing(percent, formats.percent(percent)),
  };
}

/** 100 units around, so that a share is its own length. */
const RADIUS = 15.9155;

function renderRing(percent: number, label: string) {
  return html`
    <svg class="ring" part="ring" viewBox="0 0 40 40" role="img" aria-label=${label}>
      <circle class="track" cx="20" cy="20" r=${RADIUS}></circle>
      <circle
        class="share"
        cx="20"
        cy="20"
        r=${RADIUS}
        stroke-dasharray="${percent} 100"
        transform="rotate(-90 20 20)"
      ></circle>
      <text x="20" y="23.4" text-anchor="middle">${label}</text>
    </svg>
  `;
}

function renderRunsOut(view: PortalView, pool: WidgetBalance, state: FeedState<WidgetForecast>) {
  const { texts } = view;
  const isKnown = state.type === "loaded" && !state.refreshing;
  const nowMs = Date.now();
  const projection = isKnown ? projectionOf(state.data, pool.available, nowMs) : undefined;
  if (projection) return renderTile({ title: texts.runsOut, ...saidOf(projection, view, nowMs) });
  // It has failed on its own, or waits: the other figures stand.
  const figure = "code" in state ? "–" : html`<i class="bone"></i>`;
  const caption = "code" in state ? texts.partError : html`<i class="bone"></i>`;
  return renderTile({ title: texts.runsOut, figure, captions: [caption] });
}

/** What is said of a projection: the day, and how sure it is. */
function saidOf(projection: Projection, view: PortalView, nowMs: number): Omit<Tile, "title"> {
  const { texts, formats, day, lang, timeZone } = view;
  switch (projection.type) {
    case "depleted":
      return { figure: texts.now, captions: [texts.nowHint], tone: "danger" };
    case "unknown":
      return { figure: texts.unknown, captions: [texts.unknownHint], tone: "words" };
    case "idle":
      return {
        figure: texts.idle,
        captions: [texts.idleHint(lengthIn(projection.days, "day", lang))],
        tone: "words",
      };
    case "beyond":
      return {
        figure: texts.beyond,
        captions: [texts.basis(lengthIn(projection.days, "day", lang))],
        tone: "words",
      };
    default: {
      const { likelyMs, earliestMs, latestMs, percent, days } = projection;
      const options: Intl.DateTimeFormatOptions = { day: "numeric", month: "short", timeZone };
      const range =
        latestMs === undefined
          ? texts.notBefore(day(earliestMs, dayOf(earliestMs, nowMs)))
          : texts.range(
              new Intl.DateTimeFormat(lang, options).formatRange(earliestMs, latestMs),
              formats.percent(percent),
            );
      const basis = texts.basis(lengthIn(days, "day", lang));
      return { figure: day(likelyMs, dayOf(likelyMs, nowMs)), captions: [range, basis] };
    }
  }
}
