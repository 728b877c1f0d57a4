import { html, nothing } from "lit";
import { renderClose, renderFailure, renderMessage } from "../paying/render-message.ts";
import { checkIcon } from "../paying/icons.ts";
import { coinIcon, warningIcon } from "../ui/icons.ts";
import { type AutoTopUpView, balanceText, unitFor } from "./auto-top-up-view.ts";
import type { Notice } from "./credits-auto-top-up.types.ts";
import { refreshIcon } from "./icons.ts";
import { renderAdding, renderCardConsent } from "./render-adding.ts";
import { renderForm } from "./render-form.ts";
import { renderStatus } from "./render-status.ts";
import { standingText } from "./standing.ts";

/** The head of the panel, and below it what the state asks for. */
export function renderPanel(view: AutoTopUpView) {
  return html`${renderHead(view)}${renderBody(view)}`;
}

/** What has just happened, as it is said aloud. */
export function spokenText(view: AutoTopUpView): string {
  const { state, texts } = view;
  switch (state.type) {
    case "unsold":
    case "error":
    case "tab":
    case "blocked":
    case "checking":
      return texts[state.type];
    case "status":
      if (state.asking) return texts.removeAsk;
      return [state.notice && texts[state.notice], standingText(view)?.title].filter(Boolean).join(" ");
    case "invite":
    case "form":
    case "card":
      return state.notice ? texts[state.notice] : "";
    default:
      return "";
  }
}

function renderHead(view: AutoTopUpView) {
  const { settings, texts, state, modal, actions } = view;
  const close = modal ? renderClose(texts.close, actions.close) : nothing;
  if (!settings && state.type !== "loading") return close;
  const { name, symbol } = settings?.creditType ?? {};
  return html`
    <header class="head" part="header">
      <span class="symbol" part="symbol" aria-hidden="true">${symbol ?? coinIcon}</span>
      <div class="names">
        <h2 id="title" part="title">${texts.title}${name && html`<span class="of"> · ${name}</span>`}</h2>
        <p class="caption" part="balance">${balanceText(view) ?? html`&nbsp;`}</p>
      </div>
      ${close}
    </header>
  `;
}

function renderBody(view: AutoTopUpView) {
  const { state, texts, common, actions } = view;
  switch (state.type) {
    case "forbidden":
      return nothing;
    case "loading":
      return renderSkeleton(texts.loading);
    case "unsold":
      return renderMessage({ title: texts.unsold, hint: texts.unsoldHint });
    case "error":
      return renderFailure(state, { title: texts.error, common, retry: actions.retry });
    case "invite":
      return html`${renderNotice(state.notice, view)}${renderInvite(view)}`;
    case "form":
      return html`${renderNotice(state.notice, view)}${renderForm(view, state.busy)}`;
    case "status":
      return html`${renderNotice(state.notice, view)}${renderStatus(view, state)}`;
    case "card":
      return html`${renderNotice(state.notice, view)}${renderCardConsent(view, state.busy)}`;
    case "checkout":
      // Inline, what was there stays where it is behind the dialog.
      return view.settings?.rule ? renderStatus(view, { busy: true, asking: false }) : renderForm(view, true);
    default:
      return renderAdding(state, view);
  }
}

const GOOD: readonly Notice[] = ["saved", "cardSaved"];
const CALM: readonly Notice[] = ["cardCancelled", "removed"];

function renderNotice(notice: Notice | undefined, { texts }: AutoTopUpView) {
  if (!notice) return nothing;
  const isGood = GOOD.includes(notice);
  const tone = isGood ? "good" : CALM.includes(notice) ? "calm" : "bad";
  return html`
    <p class="notice ${tone}" part="notice">
      ${isGood ? checkIcon : warningIcon}<span>${texts[notice]}</span>
    </p>
  `;
}

function renderInvite(view: AutoTopUpView) {
  const { texts, actions } = view;
  return html`
    <div class="outcome waiting" part="invitation">
      <span class="badge">${refreshIcon}</span>
      <p class="headline">${texts.invite(unitFor("2", view))}</p>
      <p class="note">${texts.inviteHint}</p>
      <div class="actions">
        <button class="primary" part="set-up-button" @click=${() => actions.edit()}>${texts.setUp}</button>
      </div>
    </div>
  `;
}

/** The lines of a status with nothing in them, so that the panel keeps its size. */
function renderSkeleton(label: string) {
  const row = html`<div class="row"><span class="bone"></span><span class="bone"></span></div>`;
  return html`
    <div class="form" part="skeleton">
      <div class="state"><span class="bone"></span><span class="bone"></span></div>
      <p class="sentence"><span class="bone"></span></p>
      <div class="spending">
        <div class="row"><span class="bone"></span><span class="bone"></span></div>
        <div class="track"></div>
      </div>
      <div class="facts">${row}${row}</div>
      <p class="foot caption"><span class="bone"></span></p>
      <p class="visually-hidden">${label}</p>
    </div>
  `;
}
