import { html, nothing } from "lit";
import { renderClose, renderFailure, renderMessage } from "../paying/render-message.ts";
import { coinIcon } from "../ui/icons.ts";
import { noticeText, renderForm } from "./render-form.ts";
import { outcomeText, renderOutcome } from "./render-outcome.ts";
import type { TopUpView } from "./top-up-view.ts";

/** The head of the panel, and below it what the state asks for. */
export function renderPanel(view: TopUpView) {
  const { state } = view;
  return html`${renderHead(view)}${renderBody(state, view)}`;
}

/** What has just happened, as it is said aloud. */
export function spokenText(view: TopUpView): string {
  const { state, texts } = view;
  switch (state.type) {
    case "unsold":
    case "error":
      return texts[state.type];
    case "form":
      return state.notice ? noticeText(state.notice, texts) : "";
    case "tab":
    case "blocked":
    case "confirming":
    case "action":
    case "paid":
      return outcomeText(state, view);
    default:
      return "";
  }
}

function renderHead(view: TopUpView) {
  const { form, formats, texts, common, pool, state, actions } = view;
  const type = form.offer?.creditType;
  if (!type && state.type !== "loading")
    return view.modal ? renderClose(texts.close, actions.close) : nothing;
  const unit = pool && (/^-?1(\.0*)?$/.test(pool.available) ? pool.unit.singular : pool.unit.plural);
  return html`
    <header class="head" part="header">
      <span class="symbol" part="symbol" aria-hidden="true">${type?.symbol ?? coinIcon}</span>
      <div class="names">
        <h2 id="title" part="title">
          ${type ? texts.title(type.name) : html`<span class="bone">${nothing}</span><span class="visually-hidden">${common.topUp}</span>`}
        </h2>
        <p class="caption" part="balance">
          ${pool && unit !== undefined ? texts.youHave(formats.amount(pool.available), unit) : html`&nbsp;`}
        </p>
      </div>
      ${view.modal ? renderClose(texts.close, actions.close) : nothing}
    </header>
  `;
}

function renderBody(state: TopUpView["state"], view: TopUpView) {
  switch (state.type) {
    case "forbidden":
      return nothing;
    case "loading":
      return renderSkeleton(view.texts.loading);
    case "unsold":
      return renderMessage({ title: view.texts.unsold, hint: view.texts.unsoldHint });
    case "error":
      return renderFailure(state, {
        title: view.texts.error,
        common: view.common,
        retry: view.actions.retry,
      });
    case "form":
      return renderForm(view, state);
    case "checkout":
      // Inline, the form stays where it is behind the dialog.
      return renderForm(view, { busy: true });
    default:
      return renderOutcome(state, view);
  }
}

/** The lines of a form with three packages and nothing in them, so that the panel keeps its size. */
function renderSkeleton(label: string) {
  const option = html`
    <div class="option">
      <label
        ><span class="credits"><span class="bone"></span></span><span class="bone"></span
      ></label>
    </div>
  `;
  return html`
    <div class="form" part="skeleton">
      <div class="amounts">${[option, option, option, option]}</div>
      <div class="foot">
        <div class="total">
          <div class="what">
            <p><span class="bone"></span></p>
            <p class="caption"><span class="bone"></span></p>
          </div>
          <p class="sum"><span class="bone"></span></p>
        </div>
        <div class="wide bone"></div>
        <p class="consent"><span>&nbsp;</span><span class="bone"></span></p>
        <p class="caption"><span class="bone"></span></p>
      </div>
      <p class="visually-hidden">${label}</p>
    </div>
  `;
}
