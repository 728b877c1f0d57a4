import { html } from "lit";
import { SessionElement } from "../session/session-element.ts";
import { SESSION_CHANGE } from "../session/session-events.ts";
import { css, styleSheet } from "../ui/css.ts";

/**
 * @tag credits-session
 * @summary Gives one session to every credits element inside it.
 *
 * Elements also work alone; the provider saves repeating their session options. It draws nothing itself.
 *
 * @slot - The page's content, with credits elements anywhere in it, also inside shadow roots.
 * @event {CreditsSessionExpiredEvent} credits-session-expired - The `sessionToken` is over; set another one.
 * @status stable
 * @since 0.1.0
 */
export class CreditsSession extends SessionElement {
  static override get styles(): CSSStyleSheet {
    return styleSheet(css`
      :host {
        display: contents;
      }
    `);
  }

  protected override updated(): void {
    this.dispatchEvent(new Event(SESSION_CHANGE));
    // It says nothing itself, but those inside say it in its words.
    void this.language.texts;
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
