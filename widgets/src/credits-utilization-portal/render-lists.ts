import type { WidgetGrants, WidgetLedger } from "@credits-kit/client/widget";
import { html } from "lit";
import type { PortalView } from "./portal-view.ts";
import { type Asked, renderSection, renderWay } from "./render-section.ts";

/** Which credits end next. */
export function renderExpiries(view: PortalView, asked: Asked<WidgetGrants>) {
  const { texts, withUnit, formats, day } = view;
  return renderSection(view, asked, {
    title: texts.expiries,
    lines: 3,
    beside: renderWay(view, "grants", texts.details),
    content: ({ data }) => {
      const ending = data
        .filter(({ expiresAt }) => expiresAt !== null)
        .sort((one, other) => Date.parse(one.expiresAt ?? "") - Date.parse(other.expiresAt ?? ""));
      if (ending.length === 0) return html`<p class="note">${texts.noExpiries}</p>`;
      return html`
        <ul class="rows">
          ${ending.map(({ remaining, category, expiresAt, expiringSoon }) => {
            const atMs = Date.parse(expiresAt ?? "");
            return html`
              <li class="row" part="row">
                <span
                  ><b>${withUnit(remaining)}</b>
                  <span class="caption">${texts.categories[category]}</span></span
                >
                <span class=${expiringSoon ? "warning" : ""}
                  ><time datetime=${expiresAt ?? ""} title=${formats.date(atMs)}
                    >${formats.distance(atMs)}</time
                  >
                  <span class="caption">${day(atMs)}</span></span
                >
              </li>
            `;
          })}
        </ul>
      `;
    },
  });
}

/** What happened last. */
export function renderEntries(view: PortalView, asked: Asked<WidgetLedger>) {
  const { texts, amount, formats } = view;
  return renderSection(view, asked, {
    title: texts.entries,
    lines: 5,
    beside: renderWay(view, "ledger", texts.details),
    content: ({ data }) => {
      if (data.length === 0) return html`<p class="note">${texts.noEntries}</p>`;
      return html`
        <ul class="rows">
          ${data.slice(0, 5).map(({ type, feature, delta, endBalance, at }) => {
            const atMs = Date.parse(at);
            const isMore = /^[\d.]*[1-9]/.test(delta);
            const isForLater = type === "granted" && !isMore;
            const what = isForLater ? texts.grantedForLater : texts.types[type];
            return html`
              <li class="row" part="row">
                <span
                  >${feature?.label ?? what}
                  <span class="caption"
                    ><time datetime=${at} title=${formats.date(atMs)}>${formats.distance(atMs)}</time></span
                  ></span
                >
                <span
                  ><b class=${isMore ? "positive" : ""}><bdi>${isMore ? "+" : ""}${amount(delta)}</bdi></b>
                  <span class="caption">${amount(endBalance)}</span></span
                >
              </li>
            `;
          })}
        </ul>
      `;
    },
  });
}
