import { ApiError, type WidgetClient, type WidgetTopUp } from "@credits-kit/client/widget";
import {
  CreditsTopUpFailedEvent,
  CreditsTopUpStartedEvent,
  CreditsTopUpSucceededEvent,
} from "./credits-top-up.events.ts";
import type { Notice } from "./credits-top-up.types.ts";
import { exits, webAddress } from "../paying/leave-page.ts";
import { OrderBook, type Wish } from "./order-book.ts";
import { Watch } from "../paying/watch.ts";
import type { PurchaseHost } from "./purchase-host.ts";
import { confirmPayment, showCheckout } from "../paying/stripe-form.ts";

export interface PaymentOptions {
  ask<Answer>(call: (client: WidgetClient) => Promise<Answer>): Promise<Answer>;
  publishableKey(): string | null;
  customer(): string | undefined;
  /** What is sold is no longer what was shown. */
  reload(): void;
  /** It costs something else now. */
  repriced(): void;
  /** The page shows another customer now: whatever comes of this payment is none of theirs. */
  isOver(): boolean;
}

/** Codes that say that no order was made, and that the same order may well be sent again. */
const NO_ORDER = /^(rate_limited|validation_failed|state_conflict|currency_mismatch|session_)/;
/** Codes that have words of their own. */
const NAMED: Partial<Record<string, Notice["type"]>> = {
  card_declined: "declined",
  price_changed: "priceChanged",
};
/** Codes that say that something else is sold now. */
const SOLD_OTHERWISE =
  /^(amount_out_of_range|no_active_subscription|not_found|insufficient_scope|forbidden)$/;

/** An order and its payment, from the press of the button until it is paid or given up. */
export class Payment {
  readonly #host: PurchaseHost;
  readonly #options: PaymentOptions;
  readonly #book = new OrderBook();
  readonly #watch: Watch<WidgetTopUp>;
  /** Ends Stripe's form where one is open. */
  #form: AbortController | undefined;
  #wish: Wish | undefined;
  /** The order whose bank was asked by itself: a person who closed that window is not shown it again. */
  #asked: string | undefined;

  constructor(host: PurchaseHost, options: PaymentOptions) {
    this.#host = host;
    this.#options = options;
    this.#watch = new Watch({
      read: (id, signal) => options.ask((client) => client.getTopUp(id, signal)),
      heard: (order) => this.#hear(order),
      tired: () => {
        if ("late" in host.state) host.state = { ...host.state, late: true };
      },
    });
  }

  /** Orders, and pays where the wish and the element say. */
  async begin(wish: Wish): Promise<void> {
    const isCharge = wish.method === "charge";
    const way = this.#host.return ?? "dialog";
    const isEmbedded = !isCharge && way === "dialog" && this.#options.publishableKey() !== null;
    const tab = isCharge || isEmbedded || way === "redirect" ? undefined : exits.openTab();
    this.#host.state = { type: "form", busy: true };
    try {
      this.#wish = wish;
      const order = await this.#order(
        isCharge ? wish : { ...wish, uiMode: isEmbedded ? "embedded" : "hosted" },
      );
      this.#proceed(order, tab);
    } catch (error) {
      this.#fail(error);
    } finally {
      // A tab that was led nowhere is an empty page.
      if (!this.#isIn("tab")) tab?.close();
    }
  }

  /** Goes on with an order that was made before this page was loaded. */
  resume(order: WidgetTopUp, cancelled: boolean): void {
    if (order.status === "awaiting_payment" && cancelled) return this.#giveUp({ type: "cancelled" });
    if (order.status === "awaiting_payment") this.#confirm(order);
    else this.#hear(order);
  }

  /** There is news: of the pool, or from the person. */
  check(): void {
    this.#watch.check();
  }

  checkAgain(): void {
    const { state } = this.#host;
    if ("late" in state) this.#host.state = { ...state, late: false };
    this.#watch.restart();
  }

  /** The person has gone to the other tab by the link. */
  opened(): void {
    const { state } = this.#host;
    if (state.type === "blocked") this.#host.state = { type: "tab", order: state.order, late: false };
  }

  /** Back to the form. A payment that was made in this very moment is still noticed. */
  cancel(): void {
    const { state } = this.#host;
    if (!("order" in state) || state.type === "paid") return;
    this.stop();
    this.#giveUp({ type: "cancelled" });
    const given = this.#host.state;
    void this.#options
      .ask((client) => client.getTopUp(state.order.id))
      .then((order) => {
        const isPaid = order.status === "paid" || order.status === "processing";
        if (isPaid && this.#host.state === given) this.#hear(order);
      })
      .catch(() => undefined);
  }

  /** Lets the bank ask for the person's confirmation. */
  async confirm(): Promise<void> {
    const { state } = this.#host;
    if (state.type !== "action") return;
    const { order } = state;
    const publishableKey = order.publishableKey ?? this.#options.publishableKey();
    const { clientSecret } = order;
    if (!clientSecret || publishableKey === null) return;
    this.#host.state = { type: "action", order, busy: true };
    try {
      await this.#host.stepAside(() => confirmPayment({ publishableKey, clientSecret }));
      if (this.#options.isOver()) return;
      this.#confirm(order);
      this.#watch.check();
    } catch {
      if (!this.#options.isOver()) this.#host.state = { type: "action", order, busy: false };
    }
  }

  stop(): void {
    this.#form?.abort();
    this.#watch.stop();
  }

  async #order(wish: Wish): Promise<WidgetTopUp> {
    const order = this.#book.orderFor(wish, this.#options.customer());
    const made = await this.#options.ask((client) => client.createTopUp(order));
    this.#host.dispatchEvent(new CreditsTopUpStartedEvent(progressOf(made)));
    return made;
  }

  #proceed(order: WidgetTopUp, tab: Window | null | undefined): void {
    if (order.status !== "awaiting_payment") return this.#hear(order);
    if (order.uiMode === "embedded") return void this.#embed(order);
    if (!order.url) throw new ApiError({ code: "unexpected_answer" });
    this.#watch.follow(order.id);
    if (this.#host.return === "redirect") return this.#leave(order.url);
    if (tab) tab.location.href = webAddress(order.url);
    this.#host.state = { type: tab ? "tab" : "blocked", order, late: false };
  }

  #leave(url: string): void {
    // By the Back button the browser may show this very page again, as it was.
    window.addEventListener("pageshow", () => this.#giveUp({ type: "cancelled" }), { once: true });
    exits.go(url);
  }

  async #embed(order: WidgetTopUp): Promise<void> {
    const { signal } = (this.#form = new AbortController());
    const publishableKey = order.publishableKey ?? this.#options.publishableKey() ?? "";
    this.#host.state = { type: "checkout", order, ready: false };
    this.#watch.follow(order.id);
    await this.#host.updateComplete;
    try {
      await showCheckout(this.#host, {
        publishableKey,
        clientSecret: order.clientSecret ?? "",
        signal,
        onComplete: () => {
          this.#confirm(order);
          this.#watch.check();
        },
      });
      if (!signal.aborted) this.#host.state = { type: "checkout", order, ready: true };
    } catch {
      if (!signal.aborted) await this.#goHosted();
    }
  }

  /** Stripe's form cannot be shown on this page: its own page can. */
  async #goHosted(): Promise<void> {
    this.stop();
    if (!this.#wish) return;
    try {
      this.#proceed(await this.#order({ ...this.#wish, uiMode: "hosted" }), undefined);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** The person has done their part. */
  #confirm(order: WidgetTopUp): void {
    this.#form?.abort();
    this.#watch.follow(order.id);
    this.#host.state = { type: "confirming", order, late: false };
  }

  /** The order as it stands now. */
  #hear(order: WidgetTopUp): void {
    const { state } = this.#host;
    switch (order.status) {
      case "paid":
        this.#settle();
        this.#host.state = { type: "paid", order };
        this.#host.dispatchEvent(new CreditsTopUpSucceededEvent(progressOf(order)));
        return;
      case "processing":
        return this.#confirm(order);
      case "action_required":
        this.#watch.follow(order.id);
        if (state.type === "action") return;
        this.#form?.abort();
        this.#host.state = { type: "action", order, busy: false };
        if (this.#asked !== order.id) void this.confirm();
        this.#asked = order.id;
        return;
      case "failed":
        return this.#refuse(order, { type: "declined", declineCode: order.failure?.declineCode });
      case "expired":
        return this.#refuse(order, { type: "expired" });
      case "void":
        return this.#refuse(order, { type: "cancelled" });
      case "awaiting_payment":
    }
  }

  #refuse({ id, status, failure }: WidgetTopUp, notice: Notice): void {
    this.#settle();
    this.#giveUp(notice);
    this.#tell({ code: failure?.code ?? status, declineCode: failure?.declineCode, topUpId: id });
  }

  #fail(error: unknown): void {
    if (this.#options.isOver()) return;
    const { code, status, declineCode, topUpId } =
      error instanceof ApiError ? error : new ApiError({ code: "unexpected_answer" }, error);
    // The other codes leave open whether there is an order: the same one is sent again.
    const isRefused = /^(card_declined|idempotency_conflict|state_conflict|price_changed)$/.test(code);
    if (isRefused) this.#settle();
    const isUnclear = !isRefused && !NO_ORDER.test(code) && !(status >= 400 && status < 409);
    const type = NAMED[code] ?? (isUnclear ? "notAnswered" : "notStarted");
    this.#giveUp({ type, declineCode });
    if (type === "priceChanged") this.#options.repriced();
    if (SOLD_OTHERWISE.test(code)) this.#options.reload();
    this.#tell({ code, declineCode, topUpId });
  }

  /** What comes after it is another order. */
  #settle(): void {
    this.stop();
    this.#book.close();
  }

  #isIn(type: PurchaseHost["state"]["type"]): boolean {
    return this.#host.state.type === type;
  }

  #giveUp(notice: Notice): void {
    this.#host.state = { type: "form", busy: false, notice };
  }

  #tell(fault: { code: string; declineCode: string | null | undefined; topUpId: string | undefined }): void {
    const { declineCode = null } = fault;
    this.#host.dispatchEvent(new CreditsTopUpFailedEvent({ ...fault, declineCode }));
  }
}

function progressOf({ id, creditTypeId, resourceId, credits }: WidgetTopUp) {
  return { topUpId: id, creditTypeId, resourceId, credits };
}
