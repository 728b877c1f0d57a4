import type { PoolCommand } from "./command.ts";
import type { Outcome } from "./outcome.ts";

/** A command on its way through a lane, with whom to tell. */
export interface Pending {
  readonly command: PoolCommand;
  readonly settle: (outcome: Outcome) => void;
}

/**
 * The commands that wait in a lane, each customer's in the order they came. Customers take turns, so that one with a
 * long queue does not hold up the others; whoever is alone takes the whole group.
 */
export class WaitingCommands {
  readonly #byCustomer = new Map<string, Pending[]>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(pending: Pending): void {
    const queue = this.#byCustomer.get(pending.command.customerId);
    if (queue) queue.push(pending);
    else this.#byCustomer.set(pending.command.customerId, [pending]);
    this.#size += 1;
  }

  /** Puts commands back before everything else of their customers, in their order, and those customers first. */
  putBack(skipped: readonly Pending[]): void {
    const later = new Map(this.#byCustomer);
    this.#byCustomer.clear();
    this.#size = 0;
    for (const pending of skipped) this.add(pending);
    for (const queue of later.values()) for (const pending of queue) this.add(pending);
  }

  /** Takes up to `most` commands, at most `fairShare` of a customer while others wait. */
  take(most: number, fairShare: number): Pending[] {
    const taken: Pending[] = [];
    while (taken.length < most && this.#size > 0) {
      for (const [customerId, queue] of this.#byCustomer) {
        const share = this.#byCustomer.size === 1 ? most : fairShare;
        const part = queue.splice(0, Math.min(share, most - taken.length));
        for (const pending of part) taken.push(pending);
        this.#size -= part.length;
        this.#byCustomer.delete(customerId);
        if (queue.length > 0) this.#byCustomer.set(customerId, queue);
        if (taken.length === most) break;
      }
    }
    return taken;
  }
}
