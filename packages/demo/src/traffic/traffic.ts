import type { EventResult, UsageEventInput } from "@credits-kit/client/server";
import { nextEvents } from "./usage-mix.ts";

const TICK_MS = 250;
const EVENTS_PER_SECOND = 20;
const RUN_MS = 3 * 60_000;
const FAILURES_MAX = 3;

export interface TrafficStatus {
  on: boolean;
  /** Events that burned credits in this run. */
  applied: number;
  /** Events that were refused, by a hard limit for instance. */
  refused: number;
  customers: number;
  perSecond: number;
  secondsLeft: number;
  stopReason: "asked" | "finished" | "unreachable" | null;
}

export interface TrafficOptions {
  report: (
    events: UsageEventInput[],
    options: { signal: AbortSignal },
  ) => Promise<{ results: EventResult[] }>;
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  now: () => number;
  random: () => number;
}

interface Run {
  id: string;
  startedMs: number;
  endedMs: number | null;
  applied: number;
  refused: number;
  customers: Set<string>;
  stopReason: TrafficStatus["stopReason"];
  controller: AbortController;
}

/** A steady stream of usage from many customers. It ends by itself, so that a forgotten tab burns nothing for long. */
export class Traffic {
  readonly #options: TrafficOptions;
  #run: Run | null = null;

  constructor(options: TrafficOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#run && this.#run.endedMs === null) return;
    const run: Run = {
      id: crypto.randomUUID(),
      startedMs: this.#options.now(),
      endedMs: null,
      applied: 0,
      refused: 0,
      customers: new Set(),
      stopReason: null,
      controller: new AbortController(),
    };
    this.#run = run;
    void this.#stream(run);
  }

  stop(): void {
    if (this.#run) this.#end(this.#run, "asked");
  }

  status(): TrafficStatus {
    const run = this.#run;
    const endMs = run?.endedMs ?? this.#options.now();
    const on = run !== null && run.endedMs === null;
    const runMs = run ? Math.max(endMs - run.startedMs, 1000) : 1000;
    return {
      on,
      applied: run?.applied ?? 0,
      refused: run?.refused ?? 0,
      customers: run?.customers.size ?? 0,
      perSecond: Math.round(((run?.applied ?? 0) * 1000) / runMs),
      secondsLeft: on ? Math.max(0, Math.ceil((RUN_MS - runMs) / 1000)) : 0,
      stopReason: run?.stopReason ?? null,
    };
  }

  /** One call at a time: when the server is slow, fewer events are made, none pile up. */
  async #stream(run: Run): Promise<void> {
    const { report, sleep, now, random } = this.#options;
    const { signal } = run.controller;
    let sent = 0;
    let failures = 0;
    while (run.endedMs === null) {
      const events = nextEvents((EVENTS_PER_SECOND * TICK_MS) / 1000, random).map((event) => {
        sent += 1;
        return { ...event, id: `lumen-traffic-${run.id}-${sent}` };
      });
      try {
        if (events.length > 0) count(run, events, (await report(events, { signal })).results);
        failures = 0;
      } catch {
        failures += 1;
        if (failures >= FAILURES_MAX) this.#end(run, "unreachable");
      }
      if (now() - run.startedMs >= RUN_MS) this.#end(run, "finished");
      if (run.endedMs === null) await sleep(TICK_MS, signal).catch(() => undefined);
    }
  }

  #end(run: Run, reason: TrafficStatus["stopReason"]): void {
    if (run.endedMs !== null) return;
    run.endedMs = this.#options.now();
    run.stopReason = reason;
    run.controller.abort();
  }
}

function count(run: Run, events: readonly UsageEventInput[], results: readonly EventResult[]): void {
  for (const result of results) {
    if (result.status === "rejected") run.refused += 1;
    else run.applied += 1;
  }
  for (const event of events) run.customers.add(event.customerId);
}
