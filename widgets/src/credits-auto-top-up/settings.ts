import type {
  ApiError,
  WidgetAutoTopUp,
  WidgetAutoTopUpRule,
  WidgetBalance,
  WidgetClient,
} from "@credits-kit/client/widget";
import { PriceFeed } from "../paying/price-feed.ts";
import { TroubleWatch } from "../paying/trouble-watch.ts";
import { apiErrorOf, isForbidden } from "../session/failure.ts";
import type { Hub, HubState } from "../session/hub.ts";
import { cardReturn } from "./card-return.ts";
import { CardSetup } from "./card-setup.ts";
import { CreditsAutoTopUpErrorEvent } from "./credits-auto-top-up.events.ts";
import type { Notice } from "./credits-auto-top-up.types.ts";
import { keepDraft, takeDraft } from "./draft-store.ts";
import { failureOf, noticeOf, restOf } from "./faults.ts";
import { PoolApi, type PoolOnWire } from "./pool-api.ts";
import { type Draft, RuleForm, sentRule } from "./rule-form.ts";
import type { SettingsHost } from "./settings-host.ts";
import { StatusWatch } from "./status-watch.ts";
import { tellCard, tellChange } from "./tell.ts";

type Change = (client: WidgetClient, pool: PoolOnWire) => Promise<WidgetAutoTopUp>;

const TYPING_PAUSE_MS = 300;

/** The auto top-up of a pool: what is set, what it is at, and what the person does about it. */
export class Settings {
  readonly form = new RuleForm();
  readonly price: PriceFeed;
  readonly card: CardSetup;
  /** How it stands, once it is known. */
  current: WidgetAutoTopUp | undefined;
  /** The pool that is topped up, once it is known. */
  pool: WidgetBalance | undefined;
  readonly #host: SettingsHost;
  readonly #api: PoolApi;
  readonly #status: StatusWatch;
  #loading: AbortController | undefined;
  readonly #trouble = new TroubleWatch();
  /** Where the person was before they went to add a card. */
  #from: "form" | "status" = "form";

  constructor(host: SettingsHost) {
    this.#host = host;
    this.#api = new PoolApi(host);
    this.price = new PriceFeed({
      quote: (credits, signal) => this.#api.quote(credits, this.current?.currency, signal),
      arrived: () => {
        this.form.total = this.price.price?.total;
        host.requestUpdate();
      },
      errorOf: apiErrorOf,
    });
    this.#status = new StatusWatch({
      read: (signal) => this.#api.read(signal),
      heard: (settings) => this.#hear(settings),
    });
    this.card = new CardSetup(host, {
      open: (page) => this.#api.askForPool((client, pool) => client.setUpCard(pool, page)),
      publishableKey: () => this.current?.publishableKey ?? null,
      added: () => void this.#goOnWithCard(),
      back: (notice) => this.#back(notice),
      failed: (error) => this.#failed(error, (fault) => this.#back(noticeOf(fault))),
      leaving: () => keepDraft(this.#api.name, this.form.draft),
    });
  }

  /** Follows the session: another hub or customer begins anew, and news of the pool may be the auto top-up's. */
  hubChanged(hub: Hub | undefined, state: HubState): void {
    const pools = state.type === "ready" ? state.pools : undefined;
    const api = this.#api;
    // A session that was renewed is another customer's before anything else of theirs is known.
    const customerId = pools?.customerId ?? hub?.tokens.held?.customerId;
    const isOther = customerId && api.customerId && api.customerId !== customerId;
    const isMended = this.#trouble.isOver(state) && this.#host.state.type === "error";
    if (customerId || hub !== api.hub) api.customerId = customerId;
    if (hub && (hub !== api.hub || isOther || isMended)) {
      this.stop();
      api.hub = hub;
      void this.load();
    } else if (!hub && "code" in state) {
      this.#host.state = failureOf(state);
    }
    this.#follow();
  }

  /** Asks how it stands; at first also whether the person comes back from Stripe's page. */
  async load(): Promise<void> {
    this.#loading?.abort();
    const { signal } = (this.#loading = new AbortController());
    const { state } = this.#host;
    this.#host.state = state.type === "error" ? { ...state, retrying: true } : { type: "loading" };
    this.#status.stop();
    this.price.stop();
    this.card.stop();
    this.current = this.pool = undefined;
    try {
      await this.#api.choose(signal);
      const settings = await this.#api.readWithOthers(signal);
      signal.throwIfAborted();
      const back = cardReturn.take();
      const draft = takeDraft(this.#api.name);
      this.#follow();
      this.#take(settings);
      if (back) this.#comeBack(back.cancelled ? "cardCancelled" : "cardSaved", draft);
      else this.rest();
    } catch (error) {
      if (signal.aborted) return;
      this.#failed(error, (fault) => {
        this.#host.state = failureOf(fault);
      });
    }
  }

  /** The element is taken from the page. */
  stop(): void {
    this.#loading?.abort();
    this.#status.stop();
    this.price.stop();
    this.card.stop();
    this.#api.hub = undefined;
  }

  /** Opens the form. */
  edit(): void {
    const { current } = this;
    if (!current) return;
    this.form.begin(current, this.pool?.granted);
    this.askPrice();
    this.#host.state = { type: "form", busy: false };
  }

  type(change: Partial<Draft>): void {
    this.form.change(change);
    this.askPrice("limit" in change || "consent" in change ? 0 : TYPING_PAUSE_MS);
  }

  askPrice(delayMs = 0): void {
    this.price.ask(this.form.eachTime, delayMs);
    this.form.total = this.price.price?.total;
    this.#host.requestUpdate();
  }

  /** Sends what the form says, or has a card added first. */
  async submit(): Promise<void> {
    const { form, current } = this;
    form.check();
    const rule = form.rule(current?.rule?.enabled ?? true);
    this.#host.requestUpdate();
    if (!rule || !current) return;
    this.#host.state = { type: "form", busy: true };
    if (current.card || current.rule) return this.#put(rule, "form");
    this.#from = "form";
    await this.card.begin();
  }

  /** Switches it on or off as it is. */
  async turn(enabled: boolean): Promise<void> {
    const rule = this.current?.rule;
    if (rule) await this.#put(sentRule(rule, enabled), "status");
  }

  async resume(): Promise<void> {
    await this.#act((client, pool) => client.resumeAutoTopUp(pool));
  }

  /** Asks whether it is really to be removed, or not any more. */
  askToRemove(asking: boolean): void {
    this.#host.state = { type: "status", busy: false, asking };
  }

  async remove(): Promise<void> {
    await this.#act((client, pool) => client.deleteAutoTopUp(pool), "removed");
  }

  /** Asks for the consent to charge another card. */
  askForCard(): void {
    this.form.change({ consent: false });
    this.form.needsConsent = true;
    this.#host.state = { type: "card", busy: false };
  }

  /** Has another card added, with the consent that was asked for. */
  async addCard(): Promise<void> {
    this.form.check(["consent"]);
    this.#host.requestUpdate();
    if (this.form.fault("consent")) return;
    this.#host.state = { type: "card", busy: true };
    this.#from = "status";
    await this.card.begin();
  }

  async #put(rule: WidgetAutoTopUpRule, from: "form" | "status"): Promise<void> {
    if (from === "status") this.#host.state = { type: "status", busy: true, asking: false };
    await this.#change((client, pool) => client.putAutoTopUp(pool, rule), {
      done: () => {
        this.rest(from === "form" ? "saved" : undefined);
        tellChange(this.#host, this.#api.pool, this.current?.rule);
      },
      refused: (fault) => this.#refused(fault, from),
    });
  }

  /** Says at the fields what the server said about them. */
  #refused(fault: ApiError, from: "form" | "status"): void {
    if (from === "status") this.edit();
    const isSaid = this.form.refuse(fault);
    const notice = isSaid ? undefined : noticeOf(fault);
    if (from === "status" && !isSaid) return this.rest(notice);
    this.#host.state = { type: "form", busy: false, notice };
  }

  async #act(call: Change, notice?: Notice): Promise<void> {
    this.#host.state = { type: "status", busy: true, asking: false };
    await this.#change(call, {
      done: () => {
        this.rest(notice);
        if (!this.current?.rule) tellChange(this.#host, this.#api.pool, undefined);
      },
      refused: (fault) => this.rest(noticeOf(fault)),
    });
  }

  /** What becomes of a change is nothing to who sees the settings of another customer, or of another pool, by then. */
  async #change(call: Change, then: { done(): void; refused(fault: ApiError): void }): Promise<void> {
    const loading = this.#loading;
    try {
      const settings = await this.#api.askForPool(call);
      if (this.#loading !== loading) return;
      this.#take(settings);
      then.done();
    } catch (error) {
      if (this.#loading === loading) this.#failed(error, then.refused);
    }
  }

  async #goOnWithCard(): Promise<void> {
    const loading = this.#loading;
    tellCard(this.#host, this.#api.pool);
    const settings = await this.#api.read().catch(() => undefined);
    if (this.#loading !== loading) return;
    if (settings) this.#take(settings);
    this.#back("cardSaved");
  }

  /** Back from adding a card, on this very page. */
  #back(notice: Notice): void {
    if (this.#from === "status") return this.rest(notice);
    // The consent was stored with the card.
    if (notice === "cardSaved") this.form.needsConsent = false;
    this.#host.state = { type: "form", busy: false, notice };
  }

  /** Back on a page that was loaded anew. */
  #comeBack(notice: Notice, draft: Draft | undefined): void {
    if (notice === "cardSaved") tellCard(this.#host, this.#api.pool);
    if (this.current?.rule) return this.rest(notice);
    this.edit();
    this.#from = "form";
    if (draft) this.type(draft);
    this.#back(notice);
  }

  /** Shows how it stands. */
  rest(notice?: Notice): void {
    this.#host.state = restOf(this.current, notice);
  }

  #take(settings: WidgetAutoTopUp): void {
    this.current = settings;
    this.form.settings = settings;
    this.#status.follow(settings, this.pool);
    this.#host.requestUpdate();
  }

  /** It stands so now, whoever has changed it. */
  #hear(settings: WidgetAutoTopUp): void {
    this.#take(settings);
    const { type } = this.#host.state;
    if (settings.rule ? type === "invite" : type === "status") this.rest();
  }

  #follow(): void {
    const { balance } = this.#api;
    const isNews = this.pool !== undefined && balance?.seq !== this.pool.seq;
    this.pool = balance;
    if (isNews) this.#status.news();
    this.#host.requestUpdate();
  }

  #failed(error: unknown, then: (fault: ApiError) => void): void {
    const fault = apiErrorOf(error);
    const { code, requestId } = fault;
    if (isForbidden(code)) this.#host.state = { type: "forbidden" };
    else then(fault);
    this.#host.dispatchEvent(new CreditsAutoTopUpErrorEvent({ code, requestId }));
  }
}
