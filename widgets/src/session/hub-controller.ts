import type { ReactiveController, ReactiveControllerHost } from "lit";
import { warnOnce } from "../warn-once.ts";
import { failureOf, SessionError } from "./failure.ts";
import type { HubState } from "./hub.ts";
import { Lease } from "./hubs.ts";
import { configOf, type SessionOptions } from "./session-config.ts";
import { findProvider, isProvider, PROVIDER_TAG, type SessionProvider } from "./session-provider.ts";
import { CreditsSessionExpiredEvent } from "./session-events.ts";

/** An element that shows what a hub knows. */
export interface HubHost extends ReactiveControllerHost, HTMLElement, SessionOptions {
  hubChanged(state: HubState): void;
}

/** Frameworks set properties a while after the element is there. */
const CONFIG_PATIENCE_MS = 3_000;

/** Connects an element to the hub that its session options, or those of the provider around it, lead to. */
export class HubController implements ReactiveController {
  readonly #host: HubHost;
  #lease: Lease | undefined;
  #provider: SessionProvider | undefined;
  #unfollow: (() => void) | undefined;
  #missing: ReturnType<typeof setTimeout> | undefined;

  constructor(host: HubHost) {
    this.#host = host;
    host.addController(this);
  }

  retry(): void {
    this.#lease?.retry();
  }

  hostConnected(): void {
    this.#findProvider();
    this.#host.requestUpdate();
  }

  /** Before each update, since every session option is a reactive property of the host. */
  hostUpdate(): void {
    if (!this.#host.isConnected) return;
    const config = configOf(this.#host, this.#provider);
    if (!config) return this.#waitForConfig();
    clearTimeout(this.#missing);
    this.#missing = undefined;
    if (this.#lease) return this.#lease.update(config);
    this.#lease = new Lease(config, {
      hubChanged: () => this.#pass(),
      sessionExpired: () => this.#expired(),
    });
    this.#pass();
  }

  hostDisconnected(): void {
    this.#unfollow?.();
    this.#provider = this.#unfollow = undefined;
    clearTimeout(this.#missing);
    this.#missing = undefined;
    this.#release();
  }

  #findProvider(): void {
    const found = findProvider(this.#host);
    if (found && isProvider(found)) {
      this.#provider = found;
      this.#unfollow = found.followSession(() => this.#host.requestUpdate());
    } else if (found) {
      void customElements.whenDefined(PROVIDER_TAG).then(() => {
        if (this.#host.isConnected && !this.#provider) this.hostConnected();
      });
    }
  }

  #waitForConfig(): void {
    this.#release();
    this.#missing ??= setTimeout(() => {
      const { localName } = this.#host;
      warnOnce("session", `<${localName}> has no session: set session-url or fetchSession, or put it in <credits-session>.`);
      const failure = failureOf(new SessionError("session_missing"));
      this.#host.hubChanged({ type: "failed", failure, retrying: false });
    }, CONFIG_PATIENCE_MS);
  }

  #release(): void {
    this.#lease?.release();
    this.#lease = undefined;
  }

  #pass(): void {
    if (this.#lease) this.#host.hubChanged(this.#lease.state);
  }

  /** Whoever was given the token speaks: this element, or the provider once for all inside it. */
  #expired(): void {
    if (this.#host.sessionToken) this.#host.dispatchEvent(new CreditsSessionExpiredEvent());
    else this.#provider?.sessionExpired();
  }
}
