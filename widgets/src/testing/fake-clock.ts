interface Timer {
  dueMs: number;
  everyMs: number | undefined;
  run(): void;
}

/**
 * Time that only moves when a test says so. Replaces the timers and `Date.now` of the page; `performance` stays real,
 * because the test runner uses it. Frames come with each turn of the event loop: test pages run side by side, and the one
 * that is behind has none of its own.
 */
export class FakeClock {
  nowMs = Date.UTC(2026, 2, 12, 9, 30);
  readonly #timers = new Map<number, Timer>();
  readonly #real = {
    setTimeout: globalThis.setTimeout,
    clearTimeout: globalThis.clearTimeout,
    setInterval: globalThis.setInterval,
    clearInterval: globalThis.clearInterval,
    requestAnimationFrame: globalThis.requestAnimationFrame,
  };
  readonly #realNow = Date.now;
  readonly #realSignalTimeout = AbortSignal.timeout;
  #lastId = 0;

  install(): this {
    const add = (run: () => void, delayMs = 0, everyMs?: number) => {
      this.#lastId += 1;
      this.#timers.set(this.#lastId, { dueMs: this.nowMs + Math.max(0, delayMs), everyMs, run });
      return this.#lastId;
    };
    const remove = (id?: number) => this.#timers.delete(id ?? 0);
    Object.assign(globalThis, {
      setTimeout: (run: () => void, delayMs?: number) => add(run, delayMs),
      setInterval: (run: () => void, everyMs = 0) => add(run, everyMs, everyMs),
      clearTimeout: remove,
      clearInterval: remove,
      requestAnimationFrame: (run: FrameRequestCallback) => {
        void turn().then(() => run(performance.now()));
        return 0;
      },
    });
    Date.now = () => this.nowMs;
    AbortSignal.timeout = (ms) => {
      const controller = new AbortController();
      // Not counted among the page's timers: the platform's own leave none behind either.
      add(() => controller.abort(new DOMException("timed out", "TimeoutError")), ms);
      this.#signalTimers.add(this.#lastId);
      return controller.signal;
    };
    return this;
  }

  uninstall(): void {
    Object.assign(globalThis, this.#real);
    Date.now = this.#realNow;
    AbortSignal.timeout = this.#realSignalTimeout;
  }

  readonly #signalTimers = new Set<number>();

  /** How many timers of the page's code are running. */
  get running(): number {
    return [...this.#timers.keys()].filter((id) => !this.#signalTimers.has(id)).length;
  }

  /** Lets time pass, firing what falls due on the way, and everything that follows from it. */
  async pass(ms: number): Promise<void> {
    const endMs = this.nowMs + ms;
    for (;;) {
      await settle();
      const [next] = [...this.#timers]
        .filter(([, timer]) => timer.dueMs <= endMs)
        .sort(([, a], [, b]) => a.dueMs - b.dueMs);
      if (!next) break;
      this.#fire(next);
    }
    this.nowMs = endMs;
    await settle();
  }

  /** Lets time pass until something is so that also waits for the real network: for files that come late. */
  async passUntil(what: string, isSo: () => boolean): Promise<void> {
    const throwIfOver = limit(what);
    while (!isSo()) {
      throwIfOver();
      await this.pass(10);
    }
  }

  /** The page sleeps: time jumps, and timers come late and all at once. */
  async jump(ms: number): Promise<void> {
    this.nowMs += ms;
    await this.pass(0);
  }

  #fire([id, timer]: [number, Timer]): void {
    this.nowMs = Math.max(this.nowMs, timer.dueMs);
    if (timer.everyMs === undefined) this.#timers.delete(id);
    else timer.dueMs = this.nowMs + Math.max(1, timer.everyMs);
    timer.run();
  }
}

/** Until promises, streams and Lit have come to rest: a few turns of the real event loop. */
export async function settle(): Promise<void> {
  for (let count = 0; count < 20; count += 1) {
    await turn();
    if (isFirefox && count % 4 === 0) await turnOfBodies();
  }
}

const isFirefox = navigator.userAgent.includes("Firefox");

/** Firefox reads bodies elsewhere, one after the other: when this one has come, so have those before it. */
async function turnOfBodies(): Promise<void> {
  await new Response("a turn").text();
}

async function turn(): Promise<void> {
  await new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = resolve;
    port2.postMessage(undefined);
  });
}

/** Until something is so, however long the page takes. */
export async function until(what: string, isSo: () => boolean): Promise<void> {
  const throwIfOver = limit(what);
  while (!isSo()) {
    throwIfOver();
    await turn();
  }
}

/** Throws once the time is over that a page is given to fetch a file. */
function limit(what: string): () => void {
  const endMs = performance.now() + 8_000;
  return () => {
    if (performance.now() > endMs) throw new Error(`${what} did not come`);
  };
}
