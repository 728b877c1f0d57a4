import { createHmac } from "node:crypto";
import type Stripe from "stripe";

/** Where events go. `previousSecret` signs too, as during a rotation of the secret. */
export interface WebhookTarget {
  url: string;
  secret: string;
  previousSecret?: string | undefined;
}

/** How deliveries misbehave. */
export interface DeliveryFaults {
  /** Each event is sent this many times. */
  copies: number;
  /** Nothing is sent, and nothing is tried again: as if every webhook were lost. */
  drop: boolean;
  /** Each delivery waits this long, in milliseconds. */
  delay: number;
  /** What was gathered while paused is sent in this order. */
  order: "as_created" | "reversed" | "shuffled";
}

/** One try at delivering an event. */
export interface Attempt {
  eventId: string;
  type: string;
  /** The status of the answer; 0 when there was none. */
  status: number;
  /** Milliseconds since 1970. */
  at: number;
}

/** Sends events to the webhook endpoint. */
export interface Deliveries {
  target: WebhookTarget | undefined;
  readonly faults: DeliveryFaults;
  readonly attempts: readonly Attempt[];
  /** Sends an event soon; never makes the caller wait. */
  enqueue(event: Stripe.EventBase): void;
  /** Sends an event again, now; answers the status. */
  deliver(event: Stripe.EventBase): Promise<number>;
  /** Gathers events instead of sending them. */
  pause(): void;
  /** Sends what was gathered, and from now on everything. */
  resume(): void;
  /** Resolves when nothing is under way; retries that wait for their time do not count. */
  idle(): Promise<void>;
  /** Whether an event reached its target, was given up, or is still to be. */
  succeeded(eventId: string): boolean;
  close(): void;
}

/** Calls `run` once after `milliseconds`; answers how to cancel it. */
export type Schedule = (milliseconds: number, run: () => void) => () => void;

interface DeliveryParts {
  clock: { now(): number; seconds(): number };
  schedule: Schedule;
  /** The waits before the second, third… try, in milliseconds. */
  retries: readonly number[];
}

const TIMEOUT = 10_000;

/** Deliveries without a target yet. */
export function createDeliveries({ clock, schedule, retries }: DeliveryParts): Deliveries {
  const faults: DeliveryFaults = { copies: 1, drop: false, delay: 0, order: "as_created" };
  const attempts: Attempt[] = [];
  const reached = new Set<string>();
  const underWay = new Set<Promise<void>>();
  const cancels = new Set<() => void>();
  let gathered: Stripe.EventBase[] | undefined;

  const later = (milliseconds: number, run: () => void): void => {
    const cancel = schedule(milliseconds, () => {
      cancels.delete(cancel);
      run();
    });
    cancels.add(cancel);
  };

  async function deliver(event: Stripe.EventBase): Promise<number> {
    const { target } = deliveries;
    if (target === undefined) return 0;
    const status = await post(target, event, clock.seconds());
    attempts.push({ eventId: event.id, type: event.type, status, at: clock.now() });
    if (status >= 200 && status < 300) {
      reached.add(event.id);
      event.pending_webhooks = 0;
    }
    return status;
  }

  function track(work: Promise<void>): void {
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
  }

  async function tryFrom(event: Stripe.EventBase, attempt: number): Promise<void> {
    const status = await deliver(event);
    const wait = retries[attempt];
    if ((status < 200 || status >= 300) && wait !== undefined) {
      later(wait, () => track(tryFrom(event, attempt + 1)));
    }
  }

  function send(event: Stripe.EventBase): void {
    if (faults.drop || deliveries.target === undefined) return;
    for (let copy = 0; copy < faults.copies; copy += 1) {
      if (faults.delay > 0) later(faults.delay, () => track(tryFrom(event, 0)));
      // After the answer of the request that made the event has had its chance to leave.
      else track(new Promise((resolve) => setImmediate(() => resolve(tryFrom(event, 0)))));
    }
  }

  const deliveries: Deliveries = {
    target: undefined,
    faults,
    attempts,
    deliver,
    enqueue(event) {
      if (gathered) gathered.push(event);
      else send(event);
    },
    pause() {
      gathered ??= [];
    },
    resume() {
      const waiting = inOrder(gathered ?? [], faults.order);
      gathered = undefined;
      // One after the other, so that the order is the one that was asked for.
      if (faults.order === "as_created" || faults.drop) for (const event of waiting) send(event);
      else track(oneByOne(waiting));
    },
    async idle() {
      while (underWay.size > 0) await Promise.allSettled(underWay);
    },
    succeeded: (id) => reached.has(id),
    close() {
      for (const cancel of cancels) cancel();
      deliveries.target = undefined;
    },
  };

  async function oneByOne(events: readonly Stripe.EventBase[]): Promise<void> {
    for (const event of events) {
      for (let copy = 0; copy < faults.copies; copy += 1) await tryFrom(event, 0);
    }
  }
  return deliveries;
}

async function post(target: WebhookTarget, event: Stripe.EventBase, seconds: number): Promise<number> {
  const body = JSON.stringify(event, null, 2);
  try {
    const response = await fetch(target.url, {
      method: "POST",
      headers: {
        "Content-Type": "application/json; charset=utf-8",
        "Stripe-Signature": signature(target, body, seconds),
        "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
      },
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT),
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 0;
  }
}

/** The header that proves that an event comes from here: `t=…,v1=…`. */
export function signature({ secret, previousSecret }: WebhookTarget, body: string, seconds: number): string {
  const secrets = previousSecret === undefined ? [secret] : [secret, previousSecret];
  const signed = secrets.map((key) => createHmac("sha256", key).update(`${seconds}.${body}`).digest("hex"));
  return [`t=${seconds}`, ...signed.map((hex) => `v1=${hex}`)].join(",");
}

function inOrder<T>(items: readonly T[], order: DeliveryFaults["order"]): T[] {
  if (order === "reversed") return [...items].reverse();
  if (order === "as_created") return [...items];
  return items
    .map((item) => ({ item, at: Math.random() }))
    .sort((left, right) => left.at - right.at)
    .map(({ item }) => item);
}
