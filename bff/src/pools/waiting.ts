import type { PoolCommand } from "./command.ts";
import type { Outcome } from "./outcome.ts";

/** A command on its way through a lane, with whom to tell. */
export interface Pending {
  readonly command: PoolCommand;
  readonly settle: (outcome: Outcome) => void;
}

/**
 * The commands that wait in a lane, each customer's in the order they came. Customers take turns, so that one with a
 * long queue does not hold up the others; whoever is alone takes the whole group. A customer of whom commands were
 * taken is at work until they are given back: meanwhile that customer's later commands wait.
 */
export class WaitingCommands {
  #free = new Map<string, Pending[]>();
  readonly #atWork = new Map<string, Pending[]>();
  #size = 0;
  #takeable = 0;

  /** How many commands wait. */
  get size(): number {
    return this.#size;
  }

  /** How many of them can be taken now. */
  get takeable(): number {
    return this.#takeable;
  }

  add(pending: Pending): void {
    const { customerId } = pending.command;
    this.#size += 1;
    const later = this.#atWork.get(customerId);
    if (later) later.push(pending);
    else this.#addFree(pending);
  }

  /** Takes up to `most` commands, at most `fairShare` of a customer while others wait. */
  take(most: number, fairShare: number): Pending[] {
    const taken: Pending[] = [];
    for (const [customerId, queue] of this.#free) {
      const share = this.#free.size === 1 ? most : fairShare;
      const part = queue.splice(0, Math.min(share, most - taken.length));
      for (const pending of part) taken.push(pending);
      // Whoever has more left comes again after all others, also in this very loop.
      this.#free.delete(customerId);
      if (queue.length > 0) this.#free.set(customerId, queue);
      if (taken.length === most) break;
    }
    this.#size -= taken.length;
    this.#takeable -= taken.length;
    for (const { command } of taken) this.#sendToWork(command.customerId);
    return taken;
  }

  /** Frees the customers of a group that was taken. Those skipped come first now, before their customers' later ones. */
  giveBack(group: readonly Pending[], skipped: readonly Pending[]): void {
    const others = this.#free;
    if (skipped.length > 0) this.#free = new Map();
    for (const pending of skipped) this.#addFree(pending);
    this.#size += skipped.length;
    if (skipped.length > 0) for (const [customerId, queue] of others) this.#free.set(customerId, queue);
    for (const { command } of group) {
      const later = this.#atWork.get(command.customerId);
      this.#atWork.delete(command.customerId);
      for (const pending of later ?? []) this.#addFree(pending);
    }
  }

  #addFree(pending: Pending): void {
    const { customerId } = pending.command;
    const queue = this.#free.get(customerId);
    if (queue) queue.push(pending);
    else this.#free.set(customerId, [pending]);
    this.#takeable += 1;
  }

  #sendToWork(customerId: string): void {
    if (this.#atWork.has(customerId)) return;
    const later = this.#free.get(customerId) ?? [];
    this.#free.delete(customerId);
    this.#takeable -= later.length;
    this.#atWork.set(customerId, later);
  }
}
