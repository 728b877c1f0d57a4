import { html, nothing } from "lit";
import { linkAddress } from "../paying/leave-page.ts";
import { writeCard, writeMoney } from "../paying/money.ts";
import { checkIcon } from "../paying/icons.ts";
import { clockIcon, warningIcon } from "../ui/icons.ts";
import { type AutoTopUpView, creditsText } from "./auto-top-up-view.ts";
import { renderSpending } from "./render-spending.ts";
import { type Standing, standingText } from "./standing.ts";

/** What is set, what it is at, and what can be done about it. */
export function renderStatus(view: AutoTopUpView, { busy, asking }: { busy: boolean; asking: boolean }) {
  const standing = standingText(view);
  return html`
    <div class="form" part="status" aria-busy=${busy}>
      ${renderSwitch(view, busy)} ${standing && renderStanding(standing, view, busy)}
      <p class="sentence" part="rule">${ruleText(view)}</p>
      ${renderSpending(view)} ${renderFacts(view)}
      <div class="foot">${asking ? renderQuestion(view, busy) : renderActions(view)}</div>
    </div>
  `;
}

function renderSwitch({ settings, texts, actions }: AutoTopUpView, busy: boolean) {
  const isOn = settings?.rule?.enabled === true;
  return html`
    <div class="state">
      <p class="pill ${isOn ? "on" : ""}" part="state" aria-hidden="true">
        <span class="dot"></span>${isOn ? texts.on : texts.off}
      </p>
      <button
        class="switch"
        part="switch"
        role="switch"
        aria-checked=${isOn}
        aria-disabled=${busy}
        aria-label=${texts.switch}
        @click=${() => busy || actions.turn(!isOn)}
      >
        <span></span>
      </button>
      ${isOn ? nothing : html`<p class="caption off-hint">${texts.offHint}</p>`}
    </div>
  `;
}

const ICONS = { waiting: clockIcon, warn: warningIcon, bad: warningIcon, calm: checkIcon };

function renderStanding(standing: Standing, view: AutoTopUpView, busy: boolean) {
  const { tone, title, hint } = standing;
  return html`
    <div class="standing ${tone}" part="standing">
      ${ICONS[tone]}
      <div>
        <p class="headline">${title}</p>
        <p class="note">${hint}</p>
        ${renderRemedy(standing, view, busy)}
      </div>
    </div>
  `;
}

function renderRemedy({ action }: Standing, view: AutoTopUpView, busy: boolean) {
  const { settings, texts, actions } = view;
  const button = (text: string, click: () => void) => html`
    <button class="primary" part="action-button" aria-disabled=${busy} @click=${() => busy || click()}>
      ${text}
    </button>
  `;
  switch (action) {
    case "confirm":
      return renderWayOut(settings?.actionUrl, texts.confirmAction);
    case "invoice":
      return renderWayOut(settings?.inFlight?.invoice?.url, texts.payInvoice);
    case "add_card":
      return button(texts.addCard, actions.askForCard);
    case "raise_limit":
      return button(texts.raiseLimit, () => actions.edit("limit"));
    case "resume":
      return button(texts.tryAgain, actions.resume);
    case undefined:
      return nothing;
  }
}

/** A page in another tab, which gets no hold of this one. */
function renderWayOut(url: string | null | undefined, text: string) {
  const address = linkAddress(url);
  if (address === undefined) return nothing;
  return html`
    <a class="button primary" part="action-button" href=${address} target="_blank" rel="noopener">${text}</a>
  `;
}

/** The whole rule in a sentence. */
function ruleText(view: AutoTopUpView): string {
  const { settings, texts, lang } = view;
  if (!settings?.rule) return "";
  const { threshold, target, credits } = settings.rule;
  const below = typeof threshold === "object" ? writeMoney(threshold, lang) : creditsText(threshold, view);
  const then =
    target === null
      ? texts.ruleAdd(creditsText(credits ?? "0", view))
      : texts.ruleTarget(creditsText(target, view));
  const when = texts.rule(below);
  // Full-width marks bring their own space.
  return when.endsWith("、") ? when + then : `${when} ${then}`;
}

function renderFacts(view: AutoTopUpView) {
  const { settings, texts, formats, lang, actions } = view;
  const { card, lastAttempt, rule } = settings ?? {};
  const isInvoice = rule?.collectionMethod === "send_invoice";
  const row = (name: string, content: unknown) => html`
    <div class="row">
      <dt>${name}</dt>
      <dd>${content}</dd>
    </div>
  `;
  const attempt =
    lastAttempt &&
    row(
      texts.lastAttempt,
      html`
        <span>${creditsText(lastAttempt.credits, view)} · ${writeMoney(lastAttempt.total, lang)}</span>
        <span class="caption attempt ${lastAttempt.status}">
          ${texts.attempts[lastAttempt.status]}, ${formats.distance(Date.parse(lastAttempt.startedAt))}
        </span>
      `,
    );
  return html`
    <dl class="facts">
      ${row(
        texts.card,
        isInvoice
          ? texts.invoice
          : html`
              <span part="card">${card ? writeCard(card) : texts.noCard}</span>
              <button class="link" part="card-button" @click=${actions.askForCard}>
                ${card ? texts.otherCard : texts.addCard}
              </button>
            `,
      )}
      ${attempt}
    </dl>
  `;
}

function renderActions({ texts, actions }: AutoTopUpView) {
  return html`
    <div class="buttons">
      <button part="change-button" @click=${() => actions.edit()}>${texts.change}</button>
      <button part="remove-button" @click=${() => actions.askToRemove(true)}>${texts.remove}</button>
    </div>
  `;
}

function renderQuestion({ texts, actions }: AutoTopUpView, busy: boolean) {
  return html`
    <div class="question" role="group" aria-label=${texts.removeAsk}>
      <p><b>${texts.removeAsk}</b></p>
      <p class="note">${texts.removeHint}</p>
    </div>
    <div class="buttons">
      <button part="keep-button" @click=${() => actions.askToRemove(false)}>${texts.keep}</button>
      <button
        class="danger"
        part="remove-button"
        aria-disabled=${busy}
        @click=${() => busy || actions.remove()}
      >
        ${texts.remove}
      </button>
    </div>
  `;
}
