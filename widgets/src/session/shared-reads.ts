import type { Hub } from "./hub.ts";

/** What is asked, with the session of which hub. */
export interface SharedQuestion<Answer> {
  hub: Hub;
  /** Tells apart questions, and what may have changed between two that sound the same. */
  key: string;
  signal: AbortSignal;
  ask(signal: AbortSignal): Promise<Answer>;
}

interface Read<Answer> {
  answer: Promise<Answer>;
  asking: AbortController;
  waiting: number;
}

/**
 * Questions of one kind that are on their way: who asks the same meanwhile, in the same session, waits for the same answer.
 * Nothing is kept after that.
 */
export class SharedReads<Answer> {
  readonly #reads = new WeakMap<Hub, Map<string, Read<Answer>>>();

  /** @throws what asking throws, and the signal's reason once it is aborted */
  async ask({ hub, key, signal, ask }: SharedQuestion<Answer>): Promise<Answer> {
    signal.throwIfAborted();
    const reads = this.#reads.get(hub) ?? new Map<string, Read<Answer>>();
    this.#reads.set(hub, reads);
    const name = `${hub.tokens.held?.token} ${key}`;
    const forget = () => {
      if (reads.get(name) === read) reads.delete(name);
    };
    const read = reads.get(name) ?? begin(ask);
    reads.set(name, read);
    read.waiting += 1;
    const leave = () => {
      read.waiting -= 1;
      if (read.waiting > 0) return;
      forget();
      read.asking.abort(signal.reason);
    };
    signal.addEventListener("abort", leave);
    try {
      return await read.answer;
    } finally {
      forget();
      signal.removeEventListener("abort", leave);
      signal.throwIfAborted();
    }
  }
}

function begin<Answer>(ask: (signal: AbortSignal) => Promise<Answer>): Read<Answer> {
  const asking = new AbortController();
  return { asking, answer: ask(asking.signal), waiting: 0 };
}
