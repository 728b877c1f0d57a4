import type { WidgetTopUp, WidgetTopUpQuote } from "@credits-kit/client/widget";
import { type FakeServer, type Fault, problem } from "./fake-server.ts";

export const VISA = { id: "pm_1", brand: "visa", last4: "4242", expiryMonth: 4, expiryYear: 2030 };

const usd = (amountMinor: number) => ({ amountMinor, currency: "usd" });

export function offerOf(change: Partial<WidgetTopUpQuote> = {}): WidgetTopUpQuote {
  return {
    creditType: {
      id: "tokens",
      name: "AI Tokens",
      symbol: null,
      unit: { singular: "token", plural: "tokens" },
    },
    currency: "usd",
    currencies: ["usd"],
    min: "100",
    max: "50000",
    packages: [
      { credits: "500", price: usd(500), label: null, pricePerCredit: { amount: "0.01", currency: "usd" } },
      {
        credits: "1000",
        price: usd(900),
        label: "Popular",
        pricePerCredit: { amount: "0.009", currency: "usd" },
      },
    ],
    price: null,
    savedCard: null,
    publishableKey: null,
    ...change,
  };
}

export function orderOf(change: Partial<WidgetTopUp> = {}): WidgetTopUp {
  return {
    id: "tu_1",
    status: "awaiting_payment",
    method: "checkout",
    creditTypeId: "tokens",
    resourceId: null,
    credits: "500",
    total: usd(500),
    uiMode: "hosted",
    url: "https://checkout.example/tu_1",
    clientSecret: null,
    publishableKey: null,
    failure: null,
    receiptUrl: null,
    invoice: null,
    createdAt: "2026-03-12T09:30:00Z",
    ...change,
  };
}

/** What the element sends with an order. */
export interface SentOrder {
  orderKey: string;
  credits: string;
  method?: string;
  uiMode?: string;
  saveCard?: boolean;
  returnUrl?: string;
  expectedTotal?: { amountMinor: number };
}

/** The routes for buying, in front of a fake server: one order for each key, which a test moves on. */
export class FakeTopUps {
  offer = offerOf();
  /** What an order becomes that is made now. */
  next: Partial<WidgetTopUp> = {};
  /** What is answered instead: to all, or to the making of orders. */
  fault: Fault | undefined;
  orderFault: Fault | "lost" | undefined;
  /** Cents for one credit. */
  price = 1;
  readonly sent: SentOrder[] = [];
  readonly quoted: string[] = [];
  readonly orders = new Map<string, WidgetTopUp>();
  reads = 0;
  /** Quotes wait here for `release`, where a test wants to answer them in its own order. */
  held: { credits: string | null; release: () => void }[] | undefined;

  constructor(server: FakeServer) {
    server.answer = (url, init) => this.#answer(url, init);
  }

  /** Every order is now so. */
  move(change: Partial<WidgetTopUp>): void {
    for (const [key, order] of this.orders) this.orders.set(key, { ...order, ...change });
  }

  #answer({ pathname, searchParams }: URL, init: RequestInit): Promise<Response> | undefined {
    if (!pathname.includes("/widget/top-ups")) return undefined;
    if (this.fault) return Promise.resolve(problem(this.fault));
    if (pathname.endsWith("/quote")) return this.#quote(searchParams.get("credits"));
    return init.method === "POST" ? this.#order(init) : this.#read();
  }

  #totalOf(credits: string | null) {
    const found = this.offer.packages.find((one) => one.credits === credits)?.price;
    return found ?? usd(Math.round(Number(credits) * this.price));
  }

  async #quote(credits: string | null): Promise<Response> {
    if (credits !== null) {
      this.quoted.push(credits);
      await new Promise<void>((release) => (this.held ? this.held.push({ credits, release }) : release()));
    }
    const total = this.#totalOf(credits);
    const pricePerCredit = { amount: String(this.price / 100), currency: "usd" };
    const price = credits === null ? null : { credits, pricePerCredit, subtotal: total, total };
    return Response.json({ ...this.offer, price });
  }

  async #order(init: RequestInit): Promise<Response> {
    const read: (text: string) => SentOrder = JSON.parse;
    const sent = read(typeof init.body === "string" ? init.body : "");
    this.sent.push(sent);
    const fault = this.orderFault;
    if (fault && fault !== "lost") return problem(fault);
    const { orderKey, credits, uiMode, expectedTotal } = sent;
    const known = this.orders.get(orderKey);
    if (expectedTotal && expectedTotal.amountMinor !== this.#totalOf(credits).amountMinor)
      return problem({ status: 409, code: "price_changed" });
    const mode = uiMode === "embedded" ? ("embedded" as const) : ("hosted" as const);
    const order = known ?? orderOf({ id: `tu_${this.orders.size + 1}`, credits, uiMode: mode, ...this.next });
    this.orders.set(orderKey, order);
    if (fault === "lost") throw new TypeError("Failed to fetch");
    return Response.json(order, { status: 201 });
  }

  async #read(): Promise<Response> {
    this.reads += 1;
    const last = [...this.orders.values()].at(-1);
    return last ? Response.json(last) : problem({ status: 404, code: "not_found" });
  }
}
