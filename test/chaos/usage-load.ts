import { EventEmitter, once } from "node:events";
import { eventsAnswer } from "@credits-kit/contract";
import { type FeatureId, FEATURES, type Scene, type Server } from "./scene.ts";
import type { SeededRandom } from "../support/seeded-random.ts";

/** An event that was sent. */
export interface SentEvent {
  readonly id: string;
  readonly customerId: string;
  readonly featureId: FeatureId;
  readonly quantity: number;
}

export interface UsageLoadOptions {
  readonly scene: Scene;
  readonly random: SeededRandom;
  /** Begins every event's id. */
  readonly name: string;
  /** Where the next call goes; may take its time while nobody serves. */
  readonly target: () => Promise<Server>;
  /** Whether a call that was not acknowledged is sent again, unchanged, until it is. */
  readonly persistent?: boolean;
}

const LARGEST_BATCH = 60;
const WAIT_AT_MOST_MS = 60_000;

/**
 * Callers that report usage without a pause and keep account of it: an event counts as acknowledged when the answer
 * that says so has arrived as a whole.
 */
export class UsageLoad {
  readonly sent = new Map<string, SentEvent>();
  readonly acknowledged = new Set<string>();
  /** Calls whose connection broke, and calls and items that were refused for now. */
  readonly broken = { connections: 0, refusals: 0 };
  /** Answers that no fault excuses. */
  readonly surprises: string[] = [];
  readonly #options: UsageLoadOptions;
  readonly #changes = new EventEmitter().setMaxListeners(0);
  #callers: Promise<unknown> = Promise.resolve();
  #stopping = false;

  constructor(options: UsageLoadOptions) {
    this.#options = options;
  }

  /** Sets callers going: with single events, and with batches. */
  start({ single, batches }: { single: number; batches: number }): void {
    const callers = Array.from({ length: single + batches }, (_, index) => this.#call(index >= single));
    this.#callers = Promise.all(callers);
    // Whoever stops the load is told what ended a caller; nobody else has to listen.
    this.#callers.catch(() => undefined);
  }

  /** Lets every call that is under way come to its end. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#callers;
  }

  /** Waits until so many more events than now are acknowledged. */
  async acknowledgements(more: number): Promise<void> {
    const goal = this.acknowledged.size + more;
    await this.#until(() => this.acknowledged.size >= goal);
  }

  /** Waits until one more call than now was refused or broken off. */
  async trouble(): Promise<void> {
    const { connections, refusals } = this.broken;
    await this.#until(() => this.broken.connections + this.broken.refusals > connections + refusals);
  }

  /** The events that nobody acknowledged. */
  get unacknowledged(): SentEvent[] {
    return [...this.sent.values()].filter(({ id }) => !this.acknowledged.has(id));
  }

  async #until(condition: () => boolean): Promise<void> {
    const signal = AbortSignal.timeout(WAIT_AT_MOST_MS);
    while (!condition()) await once(this.#changes, "change", { signal });
  }

  async #call(inBatches: boolean): Promise<void> {
    const { random, target, persistent = false } = this.#options;
    while (!this.#stopping) {
      const size = inBatches ? 2 + random.below(LARGEST_BATCH) : 1;
      const events = Array.from({ length: size }, () => this.#make());
      do {
        await this.#post(await target(), events);
        this.#changes.emit("change");
      } while (
        persistent &&
        this.surprises.length === 0 &&
        !events.every(({ id }) => this.acknowledged.has(id))
      );
    }
  }

  #make(): SentEvent {
    const { scene, random, name } = this.#options;
    const event = {
      id: `${name}-${this.sent.size + 1}`,
      customerId: random.pick(scene.customerIds),
      featureId: random.pick(FEATURES),
      quantity: 1 + random.below(5),
    };
    this.sent.set(event.id, event);
    return event;
  }

  async #post(server: Server, events: readonly SentEvent[]): Promise<void> {
    let answered: { response: Response; text: string };
    try {
      const response = await postEvents(server, events);
      answered = { response, text: await response.text() };
    } catch {
      this.broken.connections += 1;
      return;
    }
    const { response, text } = answered;
    if (response.status === 503 && response.headers.has("retry-after")) this.broken.refusals += 1;
    else if (response.status === 200) this.#note(text);
    else this.surprises.push(`${response.status} ${text}`);
  }

  #note(text: string): void {
    for (const { id, status, error } of eventsAnswer.parse(JSON.parse(text)).results) {
      if (id !== null && status !== "rejected") this.acknowledged.add(id);
      else if (error?.code === "overloaded") this.broken.refusals += 1;
      else this.surprises.push(`${id} ${status} ${JSON.stringify(error)}`);
    }
  }
}

/** Reports events in one call: one as it is, several as a batch. */
export function postEvents({ url, apiKey }: Server, events: readonly SentEvent[]): Promise<Response> {
  return fetch(`${url}/v1/events`, {
    method: "POST",
    headers: { Authorization: `Bearer ${apiKey}`, "Content-Type": "application/json" },
    body: JSON.stringify(events.length === 1 ? events[0] : { events }),
    signal: AbortSignal.timeout(WAIT_AT_MOST_MS),
  });
}

/** Sends events again, and answers what became of each. */
export async function resend(server: Server, events: readonly SentEvent[]): Promise<Map<string, string>> {
  const statuses = new Map<string, string>();
  for (let from = 0; from < events.length; from += 1000) {
    const response = await postEvents(server, events.slice(from, from + 1000));
    const { results } = eventsAnswer.parse(await response.json());
    for (const { id, status } of results) statuses.set(id ?? "", status);
  }
  return statuses;
}
