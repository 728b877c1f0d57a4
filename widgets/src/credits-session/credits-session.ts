import { css, html, LitElement, type PropertyDeclarations } from "lit";
import { sessionProperties } from "../session/live-element.ts";
import { CreditsSessionExpiredEvent } from "../session/session-events.ts";
import type { SessionProvider } from "../session/session-provider.ts";
import type { FetchSession } from "../session/session-config.ts";
import { VERSION } from "../versions.ts";

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
export class CreditsSession extends LitElement implements SessionProvider {
  static readonly version: string = VERSION;
  static override properties: PropertyDeclarations = sessionProperties;
  static override styles = css`
    :host {
      display: contents;
    }
  `;

  /** Where to POST, with the page's own cookies, for a session. */
  declare sessionUrl: string | undefined;
  /** The credits API; by default the origin of the script from the CDN, else the page's own. */
  declare apiBase: string | undefined;
  /** The customer the page means to show; sessions of others are refused. */
  declare customer: string | undefined;
  /** Asks the page's back end for a session, each time one is needed. */
  declare fetchSession: FetchSession | undefined;
  /** One session token, for demos: it cannot be renewed. */
  declare sessionToken: string | undefined;

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
