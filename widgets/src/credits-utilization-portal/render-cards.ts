import type { PaymentMethod } from "@credits-kit/client/widget";
import { html, nothing } from "lit";
import { writeCard } from "../paying/money.ts";
import type { PortalView } from "./portal-view.ts";

/** What became of what the person did with a card. */
export type CardNotice = "cardAdded" | "cardNotAdded" | "cardRemoved" | "cardChosen" | "notChanged";

export interface CardsView {
  /** Nothing while Stripe does not answer, and never has. */
  cards: readonly PaymentMethod[] | undefined;
  canManage: boolean;
  notice: CardNotice | undefined;
  /** The card that is asked about before it is removed. */
  asking: string | undefined;
  isBusy: boolean;
  /** Asks about a card, or asks no more. */
  ask(id: string, isAsked: boolean): void;
  add(): void;
  remove(id: string): void;
  choose(id: string): void;
}

/** The saved cards, and what the session may do about them. */
export function renderCards(view: PortalView, own: CardsView) {
  const { texts } = view;
  const { cards, canManage, notice, add } = own;
  const isBad = notice === "notChanged";
  return html`
    <section class="section" part="section">
      <div class="head"><h2 class="title" part="title">${texts.cards}</h2></div>
      <p class="notice ${isBad ? "danger" : "positive"}" part="notice" role="status">
        ${notice ? texts[notice] : nothing}
      </p>
      ${cards === undefined ? html`<p class="note">${texts.cardsUnknown}</p>` : nothing}
      ${
        cards?.length === 0
          ? html`<div>
              <p class="headline">${texts.noCards}</p>
              <p class="note">${texts.noCardsHint}</p>
            </div>`
          : nothing
      }
      ${
        cards?.length
          ? html`<ul class="rows">
              ${cards.map((card) => renderCard(view, card, own))}
            </ul>`
          : nothing
      }
      ${canManage ? html`<div><button part="card-button" data-card="" @click=${add}>${texts.addCard}</button></div>` : nothing}
    </section>
  `;
}

function renderCard(view: PortalView, card: PaymentMethod, own: CardsView) {
  const { texts, lang } = view;
  const { id, expiryMonth, expiryYear, isDefault } = card;
  const name = writeCard(card);
  // A card lives until the end of its month.
  const endsAt = Date.UTC(expiryYear, expiryMonth, 1);
  const month = new Intl.DateTimeFormat(lang, { month: "2-digit", year: "numeric", timeZone: "UTC" });
  const date = month.format(Date.UTC(expiryYear, expiryMonth - 1, 1));
  const isOver = endsAt <= Date.now();
  if (own.asking === id) return renderQuestion(view, { id, name }, own);
  return html`
    <li class="row wide" part="row">
      <span>
        <b>${name}</b>
        <span class="caption ${isOver ? "danger" : ""}"
          >${isOver ? texts.cardExpired : texts.cardExpires(date)}</span
        >
      </span>
      <span class="actions">
        ${isDefault ? html`<span class="pill positive" part="status">${texts.defaultCard}</span>` : nothing}
        ${own.canManage && !isDefault ? renderAction(texts.makeDefault, { name, act: () => own.choose(id) }) : nothing}
        ${own.canManage ? renderAction(texts.remove, { name, id, act: () => own.ask(id, true) }) : nothing}
      </span>
    </li>
  `;
}

/** With its id, it is where the keyboard goes on at a card. */
function renderAction(text: string, { name, id, act }: { name: string; id?: string; act(): void }) {
  return html`
    <button
      class="link"
      part="card-button"
      data-card=${id ?? nothing}
      aria-label="${text}: ${name}"
      @click=${act}
    >
      ${text}
    </button>
  `;
}

/** A card is gone for good: it is asked once more. */
function renderQuestion({ texts }: PortalView, { id, name }: { id: string; name: string }, own: CardsView) {
  return html`
    <li class="row wide" part="row">
      <span>${texts.removeAsk(name)}</span>
      <span class="actions">
        <button class="bad" part="card-button" aria-disabled=${own.isBusy} @click=${() => own.remove(id)}>
          ${texts.remove}
        </button>
        <button part="card-button" data-card=${id} @click=${() => own.ask(id, false)}>${texts.keep}</button>
      </span>
    </li>
  `;
}
