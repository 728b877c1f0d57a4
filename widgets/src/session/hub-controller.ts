import type { ReactiveController, ReactiveControllerHost } from "lit";
import { warnOnce } from "../warn-once.ts";
import type { Hub, HubListener, HubState } from "./hub.ts";
import { changeHub, joinHub, leaveHub } from "./hubs.ts";
import { configOf, type SessionConfig, type SessionOptions } from "./session-config.ts";
import { CreditsSessionExpiredEvent } from "./session-events.ts";
import { findProvider, isProvider, PROVIDER_TAG, type SessionProvider } from "./session-provider.ts";

/** An element that shows what a hub knows. */
export interface HubHost extends ReactiveControllerHost, HTMLElement, SessionOptions {
  hubChanged(state: HubState): void;
}

/** Frameworks set properties a while after the element is there. */
const CONFIG_PATIENCE_MS = 3_000;

/** Connects an element to the hub that its session options, or those of the provider around it, lead to. */
export class HubController implements ReactiveController, HubListener {
  hub: Hub | undefined;
  readonly #host: HubHost;
  #config: SessionConfig | undefined;
  #provider: SessionProvider | undefined;
  #unfollow: (() => void) | undefined;
  #patience: ReturnType<typeof setTimeout> | undefined;

  constructor(host: HubHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    const found = findProvider(this.#host);
    if (found && isProvider(found)) {
      this.#provider = found;
      this.#unfollow = found.followSession(() => this.#host.requestUpdate());
    } else if (found) {
      void customElements.whenDefined(PROVIDER_TAG).then(() => {
        if (this.#host.isConnected && !this.#provider) this.hostConnected();
      });
    }
    this.#patience ??= setTimeout(() => this.#miss(), CONFIG_PATIENCE_MS);
    this.#host.requestUpdate();
  }

  /** Before each update, since every session option is a reactive property of the host. */
  hostUpdate(): void {
    if (!this.#host.isConnected) return;
    const before = this.#config;
    this.#config = configOf(this.#host, this.#provider);
    if (!this.#config) leaveHub(this);
    else if (before) changeHub(this, before, this.#config);
    else joinHub(this, this.#config);
  }

  hostDisconnected(): void {
    clearTimeout(this.#patience);
    this.#unfollow?.();
    this.#provider = this.#config = this.#patience = undefined;
    leaveHub(this);
  }

  hubChanged(): void {
    if (this.hub) this.#host.hubChanged(this.hub.state);
  }

  /** Whoever was given the token speaks: this element, or the provider once for all inside it. */
  sessionExpired(): void {
    if (this.#host.sessionToken) this.#host.dispatchEvent(new CreditsSessionExpiredEvent());
    else this.#provider?.sessionExpired();
  }

  #miss(): void {
    if (this.#config) return;
    warnOnce("session", `<${this.#host.localName}> has no session: set session-url or fetchSession.`);
    this.#host.hubChanged({ type: "error", code: "session_missing", retryable: false, retrying: false });
  }
}
