import type { ReactiveController, ReactiveControllerHost } from "lit";
import { warnOnce } from "../warn-once.ts";
import type { Hub, HubListener, HubState } from "./hub.ts";
import { changeHub, joinHub, leaveHub } from "./hubs.ts";
import { configOf, type SessionConfig, type SessionOptions } from "./session-config.ts";
import { SESSION_CHANGE } from "./session-events.ts";

/** An element that shows what a hub knows. */
export interface HubHost extends ReactiveControllerHost, HTMLElement, SessionOptions {
  hasUpdated: boolean;
  hubChanged(state: HubState): void;
}

/** Frameworks set properties a while after the element is there. */
const CONFIG_PATIENCE_MS = 3_000;

/** Connects an element to the hub that its session options, or those of the provider around it, lead to. */
export class HubController implements ReactiveController, HubListener {
  hub: Hub | undefined;
  readonly #host: HubHost;
  #config: SessionConfig | undefined;
  /** Perhaps not upgraded yet: it says so when it is, by the same event as any change. */
  #provider: (HTMLElement & SessionOptions) | null = null;
  #patience: ReturnType<typeof setTimeout> | undefined;

  constructor(host: HubHost) {
    this.#host = host;
    host.addController(this);
  }

  get owner(): EventTarget {
    return this.#host.sessionToken || !this.#provider ? this.#host : this.#provider;
  }

  hostConnected(): void {
    this.#provider = findProvider(this.#host);
    this.#provider?.addEventListener(SESSION_CHANGE, this);
    this.#patience = setTimeout(() => this.#miss(), CONFIG_PATIENCE_MS);
    // An element that is moved joins again before its hub, left behind for a moment, closes.
    if (this.#host.hasUpdated) this.hostUpdate();
    this.handleEvent();
  }

  /** The provider's options changed. */
  handleEvent(): void {
    this.#host.requestUpdate();
  }

  /** Before each update, since every session option is a reactive property of the host. */
  hostUpdate(): void {
    if (!this.#host.isConnected) return;
    const before = this.#config;
    this.#config = configOf(this.#host, this.#provider ?? undefined);
    if (!this.#config) leaveHub(this);
    else if (before) changeHub(this, before, this.#config);
    else joinHub(this, this.#config);
  }

  hostDisconnected(): void {
    clearTimeout(this.#patience);
    this.#provider?.removeEventListener(SESSION_CHANGE, this);
    this.#config = undefined;
    leaveHub(this);
  }

  hubChanged(): void {
    if (this.hub) this.#host.hubChanged(this.hub.state);
  }

  #miss(): void {
    if (this.#config) return;
    warnOnce("session", `<${this.#host.localName}> has no session: set session-url or fetchSession.`);
    this.#host.hubChanged({ type: "error", code: "session_missing", retryable: false, retrying: false });
  }
}

/** The nearest provider around the element, through shadow roots. */
function findProvider(element: Element): (HTMLElement & SessionOptions) | null {
  const root = element.getRootNode();
  return element.closest("credits-session") ?? (root instanceof ShadowRoot ? findProvider(root.host) : null);
}
