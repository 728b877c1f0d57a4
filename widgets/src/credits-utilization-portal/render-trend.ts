import type { UsagePoint, WidgetUsage } from "@credits-kit/client/widget";
import { html } from "lit";
import { micros } from "../ui/decimal.ts";
import { lengthIn } from "./lengths.ts";
import type { PortalView } from "./portal-view.ts";
import { type Asked, renderSection, renderWay } from "./render-section.ts";

/** The drawing is so high, in its own units: bars are shares of it. */
const HEIGHT = 100;

/** What each of the last days burned, as bars of one colour. The tab Usage tells them apart. */
export function renderTrend(view: PortalView, asked: Asked<WidgetUsage>) {
  const { texts } = view;
  return renderSection(view, asked, {
    title: texts.trend,
    lines: 4,
    beside: renderWay(view, "usage", texts.details),
    content: (usage) => renderBars(view, usage),
  });
}

function renderBars(view: PortalView, { series, total }: WidgetUsage) {
  const { texts, withUnit, day, lang } = view;
  // Nothing is told apart here: there is one series.
  const days = series[0]?.points ?? [];
  const peak = days.reduce<UsagePoint | undefined>(
    (most, one) => (micros(one.credits) > micros(most?.credits ?? "") ? one : most),
    undefined,
  );
  if (!peak) return html`<p class="note">${texts.unused}</p>`;
  const highest = micros(peak.credits);
  const dayOf = (point: UsagePoint | undefined, options?: Intl.DateTimeFormatOptions) =>
    day(Date.parse(point?.start ?? ""), options);
  const short = { day: "numeric", month: "short" } as const;
  return html`
    <p class="sum">
      <b>${withUnit(total)}</b>
      <span class="caption">${texts.lastDays(lengthIn(days.length, "day", lang))}</span>
    </p>
    <svg
      class="bars"
      part="trend"
      role="img"
      viewBox="0 0 ${days.length * 10} ${HEIGHT}"
      preserveAspectRatio="none"
      aria-label=${texts.trendLabel(withUnit(total), withUnit(peak.credits), dayOf(peak))}
    >
      ${days.map(({ credits }, index) => {
        const used = micros(credits);
        const height = used > 0n ? Math.max(2, Number((used * 96n) / highest)) : 1;
        return html`<svg class=${used > 0n ? "" : "none"} x=${index * 10 + 1} width="8" height=${HEIGHT}>
          <rect y=${HEIGHT - height} width="8" height=${height}></rect>
        </svg>`;
      })}
    </svg>
    <p class="caption ends" aria-hidden="true">
      <span>${dayOf(days[0], short)}</span><span>${dayOf(days.at(-1), short)}</span>
    </p>
  `;
}
