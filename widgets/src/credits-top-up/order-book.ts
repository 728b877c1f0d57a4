import { parseJson, type WidgetTopUpOrder } from "@credits-kit/client/widget";
import { newKey } from "../paying/once-key.ts";
import { PageReturn } from "../paying/page-return.ts";

/** What a person wants to buy, and how; two clicks for the same are one order. */
export type Wish = Omit<WidgetTopUpOrder, "orderKey" | "returnUrl">;

interface Entry {
  order: WidgetTopUpOrder;
  atMs: number;
}

/** By who wants what. */
type Entries = Record<string, Entry>;

const STORE = "credits-kit.orders";
/** An order outlives a reload of the page and the way back from the bank, but not the day. */
const KEPT_MS = 30 * 60_000;

/**
 * Gives an order its key: once for each that a person means. A double click, a retry after a lost answer, a reload and
 * the same button in another tab send the very same order again, so that nothing is charged twice.
 */
export class OrderBook {
  #name: string | undefined;
  /** What this page ordered, for pages without storage. */
  #entries: Entries = {};

  /** `customer` keeps apart the orders of people who share a browser. */
  orderFor(wish: Wish, customer: string | undefined): WidgetTopUpOrder {
    const name = (this.#name = JSON.stringify([customer, wish]));
    const entries = this.#read();
    const order = entries[name]?.order ?? { ...wish, orderKey: newKey(), returnUrl: orderReturn.address() };
    this.#write({ [name]: { order, atMs: Date.now() }, ...entries });
    return order;
  }

  /** The order is settled, one way or the other: the next one is another. */
  close(): void {
    if (this.#name === undefined) return;
    const { [this.#name]: _settled, ...others } = this.#read();
    this.#write(others);
  }

  /** What is not too old. */
  #read(): Entries {
    let entries = this.#entries;
    try {
      entries = parseJson<Entries>(localStorage.getItem(STORE) ?? "{}");
    } catch {
      // A page without storage keeps its orders as long as it lives.
    }
    const isKept = ([, { atMs }]: [string, Entry]) => Date.now() - atMs <= KEPT_MS;
    return Object.fromEntries(Object.entries(entries).filter(isKept));
  }

  #write(entries: Entries): void {
    this.#entries = entries;
    try {
      localStorage.setItem(STORE, JSON.stringify(entries));
    } catch {
      // As above.
    }
  }
}

/** The way back from a payment page. */
export const orderReturn = new PageReturn("credits_top_up");
