import type { SavedCard } from "@credits-kit/contract";

const KEPT_MS = 5_000;
const MOST_KEPT = 1_000;

interface Kept {
  readonly card: Promise<SavedCard | null>;
  readonly untilMs: number;
}

/**
 * The cards that pages show, for some seconds: a page asks for a price at each key that is pressed, and the card is the same.
 * Nothing is charged by it. Another process may show a card for those seconds that this one has heard is gone.
 */
export class CardCache {
  readonly #now: () => number;
  readonly #kept = new Map<string, Kept>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** A customer's card, read once for all who ask meanwhile. What fails is not kept. */
  find(stripeCustomerId: string, read: () => Promise<SavedCard | null>): Promise<SavedCard | null> {
    const known = this.#kept.get(stripeCustomerId);
    if (known && known.untilMs > this.#now()) return known.card;
    const card = read();
    const kept = { card, untilMs: this.#now() + KEPT_MS };
    this.#kept.delete(stripeCustomerId);
    this.#kept.set(stripeCustomerId, kept);
    this.#dropOldest();
    card.catch(() => {
      if (this.#kept.get(stripeCustomerId) === kept) this.#kept.delete(stripeCustomerId);
    });
    return card;
  }

  /** Something about a customer's cards has changed. */
  forget(stripeCustomerId: string): void {
    this.#kept.delete(stripeCustomerId);
  }

  /** A card of nobody knows whom has changed. */
  forgetAll(): void {
    this.#kept.clear();
  }

  #dropOldest(): void {
    for (const id of this.#kept.keys()) {
      if (this.#kept.size <= MOST_KEPT) return;
      this.#kept.delete(id);
    }
  }
}
