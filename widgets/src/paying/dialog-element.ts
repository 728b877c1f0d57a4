import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from "lit";
import { SessionElement } from "../session/session-element.ts";
import type { Translation } from "../ui/translation.ts";

/** What a dialog element draws. */
export interface Frames {
  common: Translation;
  panel: TemplateResult;
  /** Stripe's form with what belongs to it, which is always in a dialog. */
  checkout: TemplateResult | undefined;
  loading: boolean;
}

/**
 * An element that is a card on a page or, if `modal`, a dialog between `show()` and `close()`. Stripe's form is shown in a
 * dialog either way. It sees to the focus: into the dialog, back out of it, and on when a button is gone.
 */
export abstract class DialogElement extends SessionElement {
  static override properties: PropertyDeclarations = { modal: { type: Boolean, reflect: true } };

  /** Shows nothing on the page itself, but a dialog between `show()` and `close()`. */
  declare modal: boolean;

  /** Where the keyboard begins in a dialog. */
  protected abstract readonly firstStops: readonly string[];
  /** Where it goes on when the button that had it is gone, its work being done. */
  protected abstract readonly nextStops: readonly string[];
  #focused: Element | null | undefined;
  #isShown = false;
  #isAside = false;

  constructor() {
    super();
    this.modal = false;
  }

  protected abstract isPaying(): boolean;
  protected abstract isLoading(): boolean;
  /** Gives up what Stripe's form was opened for. */
  protected abstract cancelPaying(): void;
  /** The dialog of a `modal` element was closed. */
  protected abstract closed(): void;
  /** What has just happened, as it is said aloud; nothing while there are no words for it. */
  protected abstract spoken(): string | undefined;

  /** Opens the dialog of a `modal` element. */
  show(): void {
    this.#isShown = true;
    this.requestUpdate();
  }

  /** Closes the dialog. What is under way goes on. */
  close(): void {
    if (this.isPaying()) this.cancelPaying();
    if (!this.#isShown) return;
    this.#isShown = false;
    this.#dialog?.close();
    this.closed();
  }

  /** @internal */
  async stepAside(act: () => Promise<void>): Promise<void> {
    this.#isAside = true;
    this.#dialog?.close();
    try {
      await act();
    } finally {
      this.#isAside = false;
      this.requestUpdate();
    }
  }

  protected override willUpdate(_changed: PropertyValues<this>): void {
    this.#focused = this.shadowRoot?.activeElement;
  }

  protected renderFrames({ common, panel, checkout, loading }: Frames) {
    const { modal } = this;
    const spoken = html`${panel}
      <div class="visually-hidden" role="status"></div>`;
    const frame = (name: string, content: unknown) => html`
      <div
        class="base ${name}"
        part="base"
        tabindex="-1"
        lang=${common.code}
        dir=${this.dir || (this.lang ? common.dir : nothing)}
        aria-busy=${loading}
      >
        ${content}
      </div>
    `;
    return html`
      ${modal ? nothing : frame("card", spoken)}
      <dialog
        part="dialog"
        aria-labelledby=${checkout ? "checkout-title" : "title"}
        @close=${() => this.#isAside || this.#dialog?.open || this.close()}
      >
        ${frame("", checkout ?? (modal ? spoken : nothing))}
      </dialog>
    `;
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const dialog = this.#dialog;
    const wantsDialog = !this.#isAside && (this.#isShown || this.isPaying());
    if (dialog && wantsDialog && !dialog.open) {
      dialog.showModal();
      this.focusOn(this.firstStops);
    } else if (dialog?.open && !wantsDialog) dialog.close();
    else if (this.#focused?.isConnected === false || this.#isWaitingFocus())
      this.focusOn(this.#isShown ? this.firstStops : this.nextStops);
    this.#speak();
  }

  /** Puts the keyboard on the first of these that is there. */
  protected focusOn(selectors: readonly string[]): void {
    const root = this.#isShown || this.isPaying() ? this.#dialog : this.renderRoot;
    const found = selectors.map((selector) => root?.querySelector<HTMLElement>(selector)).find(Boolean);
    (found ?? root?.querySelector<HTMLElement>(".base"))?.focus();
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector("dialog");
  }

  /** A dialog that opened while loading has its first control only now. */
  #isWaitingFocus(): boolean {
    const isOnFrame = this.shadowRoot?.activeElement?.className.trim() === "base";
    return this.#isShown && !this.isLoading() && isOnFrame;
  }

  /** Says aloud what happened, once. */
  #speak(): void {
    const status = this.renderRoot.querySelector("[role=status]");
    const text = this.spoken();
    if (status && text !== undefined && status.textContent !== text) status.replaceChildren(text);
  }
}
