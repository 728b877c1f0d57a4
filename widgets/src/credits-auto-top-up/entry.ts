import type { WidgetAutoTopUp, WidgetBalance } from "@credits-kit/client/widget";
import { html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import type { Opener } from "../paying/open-inside.ts";
import type { HubState } from "../session/hub.ts";
import { HubController } from "../session/hub-controller.ts";
import { SessionElement } from "../session/session-element.ts";
import { button } from "../ui/button.styles.ts";
import { styleSheet } from "../ui/css.ts";
import { defineElement } from "../ui/define-element.ts";
import { positive } from "../ui/positive.styles.ts";
import { tokens } from "../ui/tokens.styles.ts";
import { cardReturn } from "./card-return.ts";
import { CreditsAutoTopUpRequestEvent } from "./credits-auto-top-up.events.ts";
import { entryStyles } from "./entry.styles.ts";
import { PoolApi } from "./pool-api.ts";
import { autoTopUpTexts } from "./texts.ts";

type Glance = WidgetBalance["autoTopUp"];

/** The pool changes often, what this says of it rarely. */
const NEWS_EVERY_MS = 30_000;

/**
 * The way from a balance to the settings of a pool's auto top-up: one line, which says whether it is on.
 * @internal It is what `<credits-balance>` loads for sessions that may change settings; pages use `<credits-auto-top-up>`.
 */
export class AutoTopUpEntry extends SessionElement {
  static override properties: PropertyDeclarations = {
    creditType: { attribute: false },
    resource: { attribute: false },
    opener: { attribute: false },
    glance: { attribute: false },
    settings: { state: true },
    isBroken: { state: true },
  };

  static override get styles(): CSSStyleSheet {
    return styleSheet(tokens, positive, button, entryStyles);
  }

  declare creditType: string | undefined;
  declare resource: string | undefined;
  /** The element that the dialog belongs to. */
  declare opener: Opener | undefined;
  /** How it stands, as the stream tells it; null where it does not say. */
  declare glance: Glance;
  /** What was asked for: where nothing else says how it stands, and after it was changed here. */
  declare settings: WidgetAutoTopUp | undefined;
  /** The settings themselves could not be loaded. */
  declare isBroken: boolean;

  readonly #hub = new HubController(this);
  readonly #api = new PoolApi(this);
  #seq: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #reading: AbortController | undefined;

  constructor() {
    super();
    this.glance = null;
    this.isBroken = false;
  }

  hubChanged(state: HubState): void {
    const api = this.#api;
    if (state.type !== "ready") return;
    const isOther = api.hub !== this.#hub.hub || api.customerId !== state.pools.customerId;
    api.hub = this.#hub.hub;
    api.customerId = state.pools.customerId;
    if (isOther) {
      this.settings = undefined;
      void this.#begin();
    } else if (!this.glance && this.#seq !== api.balance?.seq)
      this.#timer ??= setTimeout(() => void this.#read(), NEWS_EVERY_MS);
    this.#seq = api.balance?.seq;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#reading?.abort();
    this.#api.hub = undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.#api.hub) return;
    if (changed.has("creditType") || changed.has("resource")) void this.#begin();
    else if (changed.has("glance")) {
      this.settings = undefined;
      if (!this.glance) void this.#read();
    }
  }

  protected override render() {
    const texts = autoTopUpTexts(this.language);
    const { texts: common } = this.language;
    const { settings, isBroken } = this;
    const standing = settings ? standingOf(settings) : this.glance;
    // Nothing is sold here, or nobody knows yet: then there is nothing to set up.
    if (!texts || !common || !standing) return nothing;
    return html`
      <button part="auto-top-up-button" lang=${common.code} @click=${() => this.#press()}>
        <span class="dot ${TONES[standing]}"></span>${texts[WORDS[standing]]}<span class="arrow"></span>
      </button>
      <p role="status">${isBroken ? `${texts.notLoaded} ${common.offlineHint}` : nothing}</p>
    `;
  }

  /** Another pool, or another customer: asks about it only where the stream did not say how it stands. */
  async #begin(): Promise<void> {
    if (!this.glance) await this.#read();
    else await this.#api.choose(new AbortController().signal);
    // The person comes back from the page on which a card is added.
    if (cardReturn.isThere()) await this.#open();
  }

  async #read(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#reading?.abort();
    const { signal } = (this.#reading = new AbortController());
    try {
      await this.#api.choose(signal);
      const settings = await this.#api.readWithOthers(signal);
      if (!signal.aborted) this.settings = settings;
    } catch {
      // Without an answer there is no entry; the balance itself says that the network is gone.
    }
  }

  #press(): void {
    const { creditTypeId, resourceId = null } = { creditTypeId: "", ...this.#api.pool };
    if (this.dispatchEvent(new CreditsAutoTopUpRequestEvent({ creditTypeId, resourceId }))) void this.#open();
  }

  /** The settings are a file of their own, which comes when somebody wants to see them. */
  async #open(): Promise<void> {
    const { opener } = this;
    const { creditTypeId = "", resourceId = null } = this.#api.pool ?? {};
    if (!opener) return;
    try {
      const { openAutoTopUp } = await import("./open-auto-top-up.ts");
      this.isBroken = false;
      const opened = openAutoTopUp(opener, { creditTypeId, resourceId });
      for (const type of ["change", "close"])
        opened.addEventListener(`credits-auto-top-up-${type}`, () => void this.#read());
    } catch {
      this.isBroken = true;
    }
  }
}

/** What the entry asks of the balance that it stands in. */
type Balance = Opener & { variant: string | undefined; topUp: string | undefined };

/** The entry for a pool of a balance. */
export function renderEntry(opener: Balance, { creditTypeId, resourceId, autoTopUp }: WidgetBalance) {
  const { fetchSession, sessionUrl, sessionToken, apiBase, customer, variant, topUp } = opener;
  if ((variant ?? "card") !== "card" || topUp === "off") return nothing;
  return html`
    <credits-auto-top-up-entry
      .creditType=${creditTypeId}
      .resource=${resourceId ?? undefined}
      .opener=${opener}
      .glance=${autoTopUp}
      .fetchSession=${fetchSession}
      .sessionUrl=${sessionUrl}
      .sessionToken=${sessionToken}
      .apiBase=${apiBase}
      .customer=${customer}
    ></credits-auto-top-up-entry>
  `;
}

const WORDS = {
  set_up: "entrySetUp",
  off: "entryOff",
  on: "entryOn",
  stopped: "entryProblem",
  needs_action: "entryProblem",
} as const;
const TONES = { set_up: "", off: "", on: "on", stopped: "bad", needs_action: "bad" };

/** How it stands in one word; nothing where there is nothing to set up. */
function standingOf({ rule, problem, state, currency }: WidgetAutoTopUp): keyof typeof WORDS | undefined {
  if (!rule) return currency ? "set_up" : undefined;
  if (!rule.enabled) return "off";
  return problem && state !== "cooling_down" ? "stopped" : "on";
}

defineElement("credits-auto-top-up-entry", AutoTopUpEntry);
