import type { WidgetForecast, WidgetUsage } from "@credits-kit/contract";

/** Answers that are kept until something of their customer changes. */
export interface AnswerCacheOptions {
  /** The most customers whose answers are kept: whoever asked longest ago is forgotten first. */
  readonly customers: number;
  /** The most answers of one customer. */
  readonly answersEach: number;
  /** For what nobody tells: another day, a change on a replica that cannot be heard. In milliseconds. */
  readonly ttlMs: number;
  /** Milliseconds that only go forward. */
  readonly now: () => number;
}

interface Kept<Answer> {
  readonly answer: Promise<Answer>;
  readonly until: number;
}

/**
 * A bounded memory of answers. Questions asked at once are answered by one read; a read that began before a change is for
 * those who asked before it, and for nobody who asks later.
 */
export class AnswerCache<Answer> {
  readonly #options: AnswerCacheOptions;
  /** In the order in which customers were last asked for. */
  readonly #customers = new Map<string, Map<string, Kept<Answer>>>();

  constructor(options: AnswerCacheOptions) {
    this.#options = options;
  }

  /** How many customers have answers here. */
  get size(): number {
    return this.#customers.size;
  }

  /** The answer that is kept for a question about a customer, or a new one. */
  read(customerId: string, question: string, read: () => Promise<Answer>): Promise<Answer> {
    const kept = this.#customers.get(customerId) ?? new Map<string, Kept<Answer>>();
    this.#customers.delete(customerId);
    this.#customers.set(customerId, kept);
    const found = kept.get(question);
    if (found && found.until > this.#options.now()) return found.answer;
    const answer = read();
    kept.delete(question);
    kept.set(question, { answer, until: this.#options.now() + this.#options.ttlMs });
    answer.catch(() => {
      if (kept.get(question)?.answer === answer) kept.delete(question);
    });
    dropFirst(kept, this.#options.answersEach);
    dropFirst(this.#customers, this.#options.customers);
    return answer;
  }

  /** Something of these customers changed. */
  forget(customerIds: Iterable<string>): void {
    for (const customerId of customerIds) this.#customers.delete(customerId);
  }

  /** Anything may have changed. */
  clear(): void {
    this.#customers.clear();
  }
}

/** Answers to widgets, of which many ask the same. */
export interface WidgetAnswers {
  readonly usage: AnswerCache<WidgetUsage>;
  readonly forecast: AnswerCache<WidgetForecast>;
}

function dropFirst<Key>(map: Map<Key, unknown>, most: number): void {
  for (const key of map.keys()) {
    if (map.size <= most) return;
    map.delete(key);
  }
}
