import { html } from "lit";
import { SessionElement } from "../session/session-element.ts";
import { CreditsSessionExpiredEvent } from "../session/session-events.ts";
import type { SessionProvider } from "../session/session-provider.ts";
import { css, styleSheet } from "../ui/css.ts";

/**
 * @summary Gives one session to every credits element inside it.
 *
 * Elements also work alone; the provider saves repeating their session options. It draws nothing itself.
 *
 * @slot - The page's content, with credits elements anywhere in it, also inside shadow roots.
 * @event {CreditsSessionExpiredEvent} credits-session-expired - The `sessionToken` is over; set another one.
 * @status stable
 * @since 0.1.0
 */
export class CreditsSession extends SessionElement implements SessionProvider {
  static override get styles(): CSSStyleSheet {
    return styleSheet(css`
      :host {
        display: contents;
      }
    `);
  }

  readonly #followers = new Set<() => void>();
  #expired: string | undefined;

  /** @internal */
  followSession(onChange: () => void): () => void {
    this.#followers.add(onChange);
    return () => this.#followers.delete(onChange);
  }

  /** @internal */
  sessionExpired(): void {
    if (this.#expired === this.sessionToken) return;
    this.#expired = this.sessionToken;
    this.dispatchEvent(new CreditsSessionExpiredEvent());
  }

  protected override updated(): void {
    for (const onChange of [...this.#followers]) onChange();
  }

  protected override render() {
    return html`<slot></slot>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "credits-session": CreditsSession;
  }
}
