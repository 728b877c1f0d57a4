import type { BillingPage, PaymentMethod, WidgetBilling, WidgetClient } from "@credits-kit/client/widget";
import { html, nothing } from "lit";
import { Topics } from "../feed/topics.ts";
import type { HubState } from "../session/hub.ts";
import type { HubController } from "../session/hub-controller.ts";
import { Changes } from "./changes.ts";
import { CreditsPaymentMethodsChangeEvent } from "./credits-utilization-portal.events.ts";
import { keepFocus } from "./keep-focus.ts";
import type { PortalHost } from "./portal-host.ts";
import type { PortalView } from "./portal-view.ts";
import { type CardNotice, type CardsView, renderCards } from "./render-cards.ts";
import { renderDocuments } from "./render-documents.ts";
import { renderPlans } from "./render-plans.ts";
import { renderSection } from "./render-section.ts";
import { ask, Source } from "./source.ts";

const topics = new Topics<WidgetBilling>();
const PAGE_SIZE = 10;

/** Plan, cards, invoices and receipts: one answer, and what the person does about the cards. */
export class Billing {
  readonly #host: PortalHost;
  readonly #changes: Changes;
  readonly #source: Source<WidgetBilling>;
  #cursor: string | undefined;
  /** The cards as last known: Stripe need not answer each time. */
  #cards: readonly PaymentMethod[] | undefined;
  /** The answer that they stand instead of. */
  #outdated: WidgetBilling | undefined;
  #notice: CardNotice | undefined;
  /** The card that is asked about. */
  #asking: string | undefined;

  constructor(host: PortalHost, { hub, isOpen }: { hub: HubController; isOpen(): boolean }) {
    this.#host = host;
    this.#changes = new Changes(hub, () => host.requestUpdate());
    this.#source = new Source(host, {
      ...{ hub, topics },
      question: () => {
        const page: BillingPage = { limit: PAGE_SIZE, cursor: this.#cursor };
        return isOpen() ? ask<WidgetBilling>("/widget/billing", page) : undefined;
      },
    });
    void this.#comeBack();
  }

  hubChanged(state: HubState): void {
    this.#source.hubChanged(state);
  }

  forget(): void {
    this.#changes.forget();
    this.#cursor = this.#cards = this.#outdated = this.#notice = this.#asking = undefined;
  }

  render(view: PortalView) {
    const { texts, isHidden } = view;
    const { state } = this.#source;
    const data = state.type === "loaded" ? state.data : undefined;
    if (data && data !== this.#outdated) {
      this.#cards = data.paymentMethods ?? this.#cards;
      this.#outdated = undefined;
    }
    // One answer: where there is none, one card says so for all.
    if (!data)
      return renderSection(view, this.#source, { title: texts.plans, lines: 6, content: () => nothing });
    const turn = (cursor: string) => {
      this.#cursor = cursor;
      this.#host.requestUpdate();
    };
    return html`
      <div class="columns">
        ${isHidden("plans") ? nothing : renderPlans(view, data.plans)}
        ${isHidden("cards") ? nothing : renderCards(view, this.#cardsView(data))}
      </div>
      ${isHidden("documents") ? nothing : renderDocuments(view, this.#source, turn)}
    `;
  }

  #cardsView({ canManage }: WidgetBilling): CardsView {
    return {
      cards: this.#cards,
      canManage,
      notice: this.#notice,
      asking: this.#asking,
      isBusy: this.#changes.isBusy,
      ask: (id, isAsked) => {
        this.#asking = isAsked ? id : undefined;
        this.#notice = undefined;
        this.#host.requestUpdate();
        this.#keepFocus(id);
      },
      add: () => void this.#add(),
      remove: (id) => void this.#change(id, "cardRemoved", (client) => client.removePaymentMethod(id)),
      choose: (id) => void this.#change(id, "cardChosen", (client) => client.setDefaultPaymentMethod(id)),
    };
  }

  /** The keyboard goes on at the same card, or where cards are added. */
  #keepFocus(id: string): void {
    void keepFocus(this.#host, () => {
      const buttons = [...this.#host.renderRoot.querySelectorAll<HTMLElement>("[data-card]")];
      return buttons.find(({ dataset }) => dataset.card === id) ?? buttons.at(-1);
    });
  }

  async #change(
    id: string,
    notice: CardNotice,
    act: (client: WidgetClient) => ReturnType<WidgetClient["removePaymentMethod"]>,
  ): Promise<void> {
    if (this.#changes.isBusy) return;
    this.#notice = undefined;
    try {
      const answer = await this.#changes.send(act);
      if (answer) this.#take(answer.data, notice);
    } catch {
      this.#notice = "notChanged";
    }
    this.#host.requestUpdate();
    this.#keepFocus(id);
  }

  /** The cards are these now, whatever the answer at hand says. */
  #take(cards: readonly PaymentMethod[], notice: CardNotice): void {
    const { state } = this.#source;
    this.#cards = cards;
    this.#outdated = state.type === "loaded" ? state.data : undefined;
    this.#asking = undefined;
    this.#tell(notice);
  }

  #tell(notice: CardNotice): void {
    this.#notice = notice;
    this.#host.dispatchEvent(new CreditsPaymentMethodsChangeEvent());
    this.#source.retry();
    this.#host.requestUpdate();
  }

  /** The person comes back from Stripe's page in this tab. */
  async #comeBack(): Promise<void> {
    if (!location.search.includes("credits_card_setup=")) return;
    const { cardReturn } = await import("../credits-auto-top-up/card-return.ts");
    const back = cardReturn.take();
    if (back) this.#notice = back.cancelled ? "cardNotAdded" : "cardAdded";
    this.#host.requestUpdate();
  }

  /** Stripe's page for a card is a file of its own. */
  async #add(): Promise<void> {
    this.#notice = this.#asking = undefined;
    const isSame = this.#changes.watch();
    try {
      const { openAddingCard } = await import("../credits-adding-card/open-adding-card.ts");
      if (!isSame()) return;
      openAddingCard(this.#host, (isAdded) => {
        if (!isSame()) return;
        if (isAdded) return this.#tell("cardAdded");
        this.#notice = "cardNotAdded";
        this.#host.requestUpdate();
      });
    } catch {
      this.#notice = "notChanged";
      this.#host.requestUpdate();
    }
  }
}
