import type { ApiError, WidgetTopUpQuote } from "@credits-kit/client/widget";

type Quote = (credits: string, signal: AbortSignal) => Promise<WidgetTopUpQuote>;
export type Price = NonNullable<WidgetTopUpQuote["price"]>;

/** Asks what an amount costs, a moment after the last key; an answer that is no longer asked for is dropped. */
export class PriceFeed {
  /** What the amount costs that was asked for last; nothing while it is not known. */
  price: Price | undefined;
  error: ApiError | undefined;
  readonly #quote: Quote;
  readonly #arrived: () => void;
  readonly #errorOf: (error: unknown) => ApiError;
  #credits: string | undefined;
  #request: AbortController | undefined;

  constructor(options: { quote: Quote; arrived: () => void; errorOf: (error: unknown) => ApiError }) {
    this.#quote = options.quote;
    this.#arrived = options.arrived;
    this.#errorOf = options.errorOf;
  }

  /** Asks for the price of so many credits in `delayMs`, unless it is known or on its way. */
  ask(credits: string | undefined, delayMs = 0): void {
    if (credits === this.#credits && !this.error) return;
    this.stop();
    this.#credits = credits;
    if (credits === undefined) return;
    const request = (this.#request = new AbortController());
    const timer = setTimeout(() => void this.#fetch(credits, request.signal), delayMs);
    request.signal.addEventListener("abort", () => clearTimeout(timer));
  }

  /** Forgets the price and whatever is on its way. */
  stop(): void {
    this.#request?.abort();
    this.#request = this.#credits = this.price = this.error = undefined;
  }

  async #fetch(credits: string, signal: AbortSignal): Promise<void> {
    try {
      const { price } = await this.#quote(credits, signal);
      if (signal.aborted) return;
      this.price = price ?? undefined;
    } catch (error) {
      if (signal.aborted) return;
      this.error = this.#errorOf(error);
    }
    this.#arrived();
  }
}
