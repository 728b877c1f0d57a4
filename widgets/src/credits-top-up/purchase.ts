import {
  ApiError,
  createWidgetClient,
  type WidgetBalance,
  type WidgetClient,
  type WidgetTopUpQuote,
} from "@credits-kit/client/widget";
import { apiErrorOf, isForbidden, isRetryable, sessionError } from "../session/failure.ts";
import type { Hub, HubState } from "../session/hub.ts";
import { SharedReads } from "../session/shared-reads.ts";
import { AmountForm } from "./amount-form.ts";
import { CreditsTopUpRequestEvent } from "./credits-top-up.events.ts";
import type { CreditsTopUpState } from "./credits-top-up.types.ts";
import { orderReturn, type Wish } from "./order-book.ts";
import { Payment } from "./payment.ts";
import { PriceFeed } from "../paying/price-feed.ts";
import { TroubleWatch } from "../paying/trouble-watch.ts";
import type { PurchaseHost } from "./purchase-host.ts";

const TYPING_PAUSE_MS = 300;
/** How `resource` names the pool that has none, here and on the wire. */
const NO_RESOURCE = "none";

/** Buying credits up to the order: what is sold, what is chosen and what it costs. */
export class Purchase {
  readonly form = new AmountForm();
  readonly price: PriceFeed;
  /** The customer's at hand; another customer gets another one. */
  payment: Payment;
  /** Where the credits go to, once it is known. */
  pool: WidgetBalance | undefined;
  usesSavedCard = true;
  savesCard = false;
  readonly #host: PurchaseHost;
  #hub: Hub | undefined;
  #customerId: string | undefined;
  #loading: AbortController | undefined;
  readonly #trouble = new TroubleWatch();

  constructor(host: PurchaseHost) {
    this.#host = host;
    this.price = new PriceFeed({
      quote: (credits, signal) => this.#quote(signal, credits),
      arrived: () => host.requestUpdate(),
      errorOf: apiErrorOf,
    });
    this.payment = this.#newPayment();
  }

  /** The card that is charged; none leads to a checkout. */
  get card() {
    return this.usesSavedCard ? (this.form.offer?.savedCard ?? undefined) : undefined;
  }

  /** Follows the session: another hub or customer begins anew, and news of the pool may be the payment's. */
  hubChanged(hub: Hub | undefined, state: HubState): void {
    const pools = state.type === "ready" ? state.pools : undefined;
    const isOther = this.#customerId !== undefined && this.#customerId !== pools?.customerId;
    const isSwitched = isOther && (pools !== undefined || state.type === "loading");
    const isMended = this.#trouble.isOver(state) && this.#host.state.type === "error";
    if (isSwitched || hub !== this.#hub) this.#renewPayment();
    if (pools || isSwitched) this.#customerId = pools?.customerId;
    // What an earlier customer was sold and chose is nobody else's business.
    if (isSwitched) {
      this.form.forget();
      this.pool = undefined;
      this.usesSavedCard = true;
      this.savesCard = false;
    }
    if (hub && (hub !== this.#hub || isSwitched || isMended)) {
      this.#hub = hub;
      void this.load();
    } else if (!hub && "code" in state) {
      this.#host.state = failed(state);
    }
    this.#follow();
  }

  #follow(): void {
    const state = this.#hub?.state;
    if (state?.type !== "ready") return;
    const { canTopUp, balances: pools } = state.pools;
    if (!canTopUp) this.#host.state = { type: "forbidden" };
    const creditTypeId = this.form.offer?.creditType.id ?? this.#host.creditType;
    const resource = this.#host.resource ?? NO_RESOURCE;
    const pool = pools.find(
      (one) => one.creditTypeId === creditTypeId && (one.resourceId ?? NO_RESOURCE) === resource,
    );
    const isNews = pool?.seq !== this.pool?.seq;
    this.pool = pool;
    if (isNews) this.payment.check();
    this.#host.requestUpdate();
  }

  /** Asks what is sold; at first also whether the person comes back from a payment. */
  async load(): Promise<void> {
    this.#loading?.abort();
    const { signal } = (this.#loading = new AbortController());
    const { state } = this.#host;
    this.#host.state = state.type === "error" ? { ...state, retrying: true } : { type: "loading" };
    this.price.stop();
    try {
      const back = orderReturn.take();
      // An order that is not this customer's is none of their business; what is sold still is.
      const order =
        back && (await this.#ask((client) => client.getTopUp(back.id, signal)).catch(() => undefined));
      const offer = await this.#quote(signal, undefined, order?.creditTypeId);
      signal.throwIfAborted();
      this.form.take(offer, this.#host.credits);
      if (order) this.form.put(order.credits);
      this.#host.state = { type: "form", busy: false };
      this.#follow();
      if (order) this.payment.resume(order, back.cancelled);
      this.askPrice();
    } catch (error) {
      if (!signal.aborted) this.#host.state = failed(apiErrorOf(error));
    }
  }

  /** The element is taken from the page. */
  stop(): void {
    this.#loading?.abort();
    this.price.stop();
    this.payment.stop();
    this.#hub = undefined;
  }

  choose(credits: string | undefined): void {
    this.form.choose(credits);
    this.askPrice();
  }

  /** Chooses an amount from outside. */
  put(credits: string): void {
    this.form.put(credits);
    this.askPrice();
  }

  type(text: string): void {
    this.form.type(text);
    this.askPrice(TYPING_PAUSE_MS);
  }

  askPrice(delayMs = 0): void {
    this.price.ask(this.form.credits, delayMs);
    this.#host.requestUpdate();
  }

  #askAnew(): void {
    this.price.stop();
    this.askPrice();
  }

  #newPayment(): Payment {
    const isOver = () => this.payment !== payment;
    const payment: Payment = new Payment(this.#host, {
      ask: async (call) => {
        const answer = await this.#ask((client) => (isOver() ? gone() : call(client)));
        return isOver() ? gone() : answer;
      },
      publishableKey: () => this.form.offer?.publishableKey ?? null,
      customer: () => this.#customerId,
      reload: () => void this.load(),
      repriced: () => void this.#reprice(),
      isOver,
    });
    return payment;
  }

  /** Whatever was being paid was somebody else's, or is seen by nobody any more. */
  #renewPayment(): void {
    this.payment.stop();
    this.payment = this.#newPayment();
  }

  /** What the person saw is no longer what it costs: the new price, for them to say yes to. */
  async #reprice(): Promise<void> {
    this.#askAnew();
    const offer = await this.#quote(undefined, this.form.credits).catch(() => undefined);
    if (offer) this.form.offer = offer;
    this.#host.requestUpdate();
  }

  /** Begins to pay; the page may prevent it. */
  pay(): void {
    const { form, card, price } = this;
    const { offer, credits } = form;
    form.isChecked = true;
    this.#host.requestUpdate();
    const total = price.price?.total ?? (credits === undefined ? undefined : form.find(credits)?.price);
    if (!offer || credits === undefined || !total) return;
    const wish = this.#wish(offer.creditType.id, credits);
    const detail = { creditTypeId: wish.creditTypeId, resourceId: wish.resourceId ?? null, credits };
    if (!this.#host.dispatchEvent(new CreditsTopUpRequestEvent(detail))) return;
    const order = { ...wish, expectedTotal: total };
    void this.payment.begin(card ? { ...order, method: "charge" } : order);
  }

  #wish(creditTypeId: string, credits: string): Wish {
    const { resource, currency } = this.#host;
    return {
      creditTypeId,
      credits,
      ...(resource && resource !== NO_RESOURCE && { resourceId: resource }),
      ...((currency ?? this.form.offer?.currency) && { currency: currency ?? this.form.offer?.currency }),
      ...(this.savesCard && !this.card && { saveCard: true }),
    };
  }

  #quote(signal: AbortSignal | undefined, credits?: string, creditTypeId = this.#host.creditType) {
    const query = { creditTypeId, credits, currency: this.#host.currency };
    const quote = (until = signal) => this.#ask((client) => client.quoteTopUp(query, until));
    const hub = this.#hub;
    // Before money moves the price is asked for anew; until then elements on a page share it.
    return hub && signal ? quotes.ask({ hub, key: JSON.stringify(query), signal, ask: quote }) : quote();
  }

  async #ask<Answer>(call: (client: WidgetClient) => Promise<Answer>): Promise<Answer> {
    if (!this.#hub) throw new ApiError({ code: "session_missing" });
    return this.#hub.api.call((options) => call(createWidgetClient(options)));
  }
}

/** What elements of a page ask for at one time. */
const quotes = new SharedReads<WidgetTopUpQuote>();

/** Nobody waits for this answer any more. */
function gone(): never {
  throw sessionError("customer_mismatch");
}

/** What the element shows when there is nothing to choose from. */
function failed({ code, requestId }: { code: string; requestId?: string | undefined }): CreditsTopUpState {
  if (isForbidden(code)) return { type: "forbidden" };
  if (/^(no_active_subscription|state_conflict|not_found)$/.test(code)) return { type: "unsold" };
  return { type: "error", code, requestId, retryable: isRetryable(code), retrying: false };
}
