import { parseJson, type WidgetTopUpOrder } from "@credits-kit/client/widget";

/** What a person wants to buy, and how; two clicks for the same are one order. */
export type Wish = Omit<WidgetTopUpOrder, "orderKey" | "returnUrl">;

interface Entry {
  wish: string;
  order: WidgetTopUpOrder;
  atMs: number;
}

const STORE = "credits-kit.order";
/** An order outlives a reload of the page and the way back from the bank, but not the day. */
const KEPT_MS = 30 * 60_000;

/**
 * Gives an order its key: once for each that a person means. A double click, a retry after a lost answer and a reload
 * send the very same order again, so that nothing is charged twice.
 */
export class OrderBook {
  #entry: Entry | undefined = readStore();

  /** `customer` keeps apart the orders of people who share a browser tab. */
  orderFor(wish: Wish, customer: string | undefined): WidgetTopUpOrder {
    const name = JSON.stringify([customer, wish]);
    if (this.#entry?.wish !== name || Date.now() - this.#entry.atMs > KEPT_MS) {
      const order = { ...wish, orderKey: newKey(), returnUrl: returnAddress() };
      this.#write({ wish: name, order, atMs: Date.now() });
    }
    return this.#entry?.order ?? { ...wish, orderKey: newKey() };
  }

  /** The order is settled, one way or the other: the next one is another. */
  close(): void {
    this.#write(undefined);
  }

  #write(entry: Entry | undefined): void {
    this.#entry = entry;
    try {
      if (entry) sessionStorage.setItem(STORE, JSON.stringify(entry));
      else sessionStorage.removeItem(STORE);
    } catch {
      // A page without storage keeps the order as long as it lives.
    }
  }
}

function readStore(): Entry | undefined {
  try {
    return parseJson<Entry>(sessionStorage.getItem(STORE) ?? "");
  } catch {
    return undefined;
  }
}

/** 128 random bits; `crypto.randomUUID` is there on https pages only. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const ORDER = "credits_top_up";
const RESULT = "credits_top_up_result";

/** This page, as the payment page leads back to it; nothing for pages without an address. */
function returnAddress(): string | undefined {
  const url = withoutReturn();
  return /^https?:/.test(url.protocol) ? url.href : undefined;
}

function withoutReturn(): URL {
  const url = new URL(location.href);
  url.searchParams.delete(ORDER);
  url.searchParams.delete(RESULT);
  return url;
}

/** Whether this page was reached from a payment page, and nobody has taken that yet. */
export function isReturn(): boolean {
  return new URL(location.href).searchParams.has(ORDER);
}

/** What this page was reached with from a payment page. Taking it cleans the address, so that a reload is only a reload. */
export function takeReturn(): { id: string; cancelled: boolean } | undefined {
  const { searchParams } = new URL(location.href);
  const id = searchParams.get(ORDER);
  if (!id) return undefined;
  history.replaceState(history.state, "", withoutReturn());
  return { id, cancelled: searchParams.get(RESULT) === "cancelled" };
}
