/** Objects of one kind by id, in the order in which they were made. */
export class Collection<T extends { id: string }> {
  /** The kind's name in Stripe's messages: "No such payment_intent: …". */
  readonly kind: string;
  readonly #byId = new Map<string, T>();

  constructor(kind: string) {
    this.kind = kind;
  }

  /** Keeps an object and answers it. */
  add<Item extends T>(item: Item): Item {
    this.#byId.set(item.id, item);
    return item;
  }

  get(id: string): T | undefined {
    return this.#byId.get(id);
  }

  remove(id: string): void {
    this.#byId.delete(id);
  }

  /** Newest first, as Stripe lists. */
  newestFirst(): T[] {
    return [...this.#byId.values()].reverse();
  }

  /** Oldest first. */
  oldestFirst(): T[] {
    return [...this.#byId.values()];
  }

  get size(): number {
    return this.#byId.size;
  }
}
