import type { WidgetBalance, WidgetLedgerEntry } from "@credits-kit/client/widget";
import { html, nothing } from "lit";
import { hintOf, isForbidden, isRetryable } from "../session/failure.ts";
import type { BalanceHistoryTexts } from "../ui/balance-history-texts.ts";
import { micros } from "../ui/decimal.ts";
import type { Formats } from "../ui/formats.ts";
import { clockIcon, lockIcon, warningIcon } from "../ui/icons.ts";
import type { Translation } from "../ui/translation.ts";

/** What the latest entries show. */
export type HistoryState =
  | { type: "loading" }
  | { type: "error"; code: string }
  | { type: "loaded"; entries: readonly WidgetLedgerEntry[] };

/** What drawing them takes. */
export interface HistoryView {
  pool: WidgetBalance;
  texts: BalanceHistoryTexts;
  common: Translation;
  formats: Formats;
  /** The day and the time of an entry, in few signs. */
  moment(at: string): string;
  fractionDigits: number | null | undefined;
  /** Where all entries are. */
  address: string | undefined;
  onAll(event: Event): void;
  onRetry(): void;
}

/** As many as are asked for. */
export const MOST_ENTRIES = 10;

export function renderHistory(state: HistoryState, view: HistoryView) {
  const { texts, pool, address } = view;
  const isLoading = state.type === "loading";
  return html`
    <h2 lang=${view.common.code}>${texts.title(pool.name)}</h2>
    <p class="visually-hidden" role="status">${isLoading ? texts.loading : nothing}</p>
    <div lang=${view.common.code} aria-busy=${isLoading}>${renderBody(state, view)}</div>
    ${
      address &&
      html`<footer>
        <a part="history-link" lang=${view.common.code} href=${address} @click=${view.onAll}>${texts.all}</a>
      </footer>`
    }
  `;
}

function renderBody(state: HistoryState, view: HistoryView) {
  switch (state.type) {
    case "loading":
      return renderSkeleton(view);
    case "error":
      return renderError(state.code, view);
    case "loaded":
      return state.entries.length === 0
        ? html`<div class="message">
            ${clockIcon}
            <p>${view.texts.empty}</p>
          </div>`
        : html`<ol>
            ${state.entries.map((entry) => renderEntry(entry, view))}
          </ol>`;
  }
}

/** As many lines as will come: entries of a pool are counted. */
function renderSkeleton({ pool }: HistoryView) {
  const bone = html`<span class="bone"></span>`;
  const count = Math.min(MOST_ENTRIES, Math.max(1, pool.seq));
  return html`<ol aria-hidden="true">
    ${Array.from({ length: count }, () => {
      return html`<li>
        <div>
          <p class="what">${bone}</p>
          <p class="when">${bone}</p>
        </div>
        <div class="figures">
          <p class="delta">${bone}</p>
          <p class="rest">${bone}</p>
        </div>
      </li>`;
    })}
  </ol>`;
}

function renderError(code: string, { texts, common, onRetry }: HistoryView) {
  const forbidden = isForbidden(code);
  return html`
    <div class="message" role="alert">
      ${forbidden ? lockIcon : warningIcon}
      <p>${forbidden ? texts.forbidden : texts.error}</p>
      <p class="hint">${forbidden ? common.forbiddenHint : common[hintOf(code)]}</p>
      ${isRetryable(code) ? html`<button part="retry-button" @click=${onRetry}>${common.retry}</button>` : nothing}
    </div>
  `;
}

function renderEntry(entry: WidgetLedgerEntry, view: HistoryView) {
  const { texts, common, formats, fractionDigits, moment } = view;
  const { at, delta, endBalance } = entry;
  const gain = micros(delta) > 0n;
  const amount = formats.amount(delta, fractionDigits);
  // Written from right to left, a sign stands on the left of its figure only behind a mark that says so.
  const sign = common.dir === "rtl" ? "\u200E+" : "+";
  return html`
    <li part="history-entry">
      <div>
        <p class="what"><bdi>${labelOf(entry, texts)}</bdi></p>
        <p class="when">
          <time datetime=${at} title=${formats.date(Date.parse(at))}>${moment(at)}</time>
        </p>
      </div>
      <div class="figures">
        <p class="delta ${gain ? "gain" : ""}">${gain ? `${sign}${amount}` : amount}</p>
        <p class="rest">${texts.balance(formats.amount(endBalance, fractionDigits))}</p>
      </div>
    </li>
  `;
}

/** What happened: what was used, or where credits came from, by names that are somebody's text. */
function labelOf({ type, feature, source, delta }: WidgetLedgerEntry, texts: BalanceHistoryTexts): string {
  const kind = own(texts.types, type) ?? type;
  if (type === "granted" && micros(delta) === 0n) return texts.grantedForLater;
  if (type === "granted" || type === "activated") return own(texts.sources, source.kind) ?? kind;
  if (!feature) return kind;
  return type === "consumed" ? feature.label : `${feature.label} · ${kind}`;
}

function own(names: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(names, name) ? names[name] : undefined;
}
