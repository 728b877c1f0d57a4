interface WatchOptions<Answer> {
  read(id: string, signal: AbortSignal): Promise<Answer>;
  /** How it stands now. */
  heard(answer: Answer): void;
  /** It has taken so long that the page no longer asks by itself. */
  tired(): void;
}

const WAITS_S = [1, 2, 3, 5, 8, 13, 20, 30];
const MOST_READS = 40;

/** Follows an order, or a page of Stripe's, until it is stopped: more and more rarely, only where somebody looks, and at once when asked to. */
export class Watch<Answer> {
  readonly #options: WatchOptions<Answer>;
  #id: string | undefined;
  #reads = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #page: AbortController | undefined;
  #isReading = false;
  #isAskedAgain = false;

  constructor(options: WatchOptions<Answer>) {
    this.#options = options;
  }

  follow(id: string): void {
    if (id === this.#id) return;
    this.stop();
    this.#id = id;
    const { signal } = (this.#page = new AbortController());
    const look = () => this.check();
    window.addEventListener("focus", look, { signal });
    document.addEventListener("visibilitychange", look, { signal });
    this.#plan();
  }

  /** Asks at once: there is news of the pool, or the person has come back. */
  check(): void {
    if (!this.#id || document.visibilityState === "hidden") return;
    if (this.#isReading) this.#isAskedAgain = true;
    else void this.#read(this.#id);
  }

  /** Asks anew from the beginning, because a person wants to know. */
  restart(): void {
    this.#reads = 0;
    this.check();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#page?.abort();
    this.#id = this.#page = undefined;
    this.#reads = 0;
    this.#isReading = this.#isAskedAgain = false;
  }

  #plan(): void {
    clearTimeout(this.#timer);
    if (this.#reads >= MOST_READS) return this.#options.tired();
    const waitS = WAITS_S[Math.min(this.#reads, WAITS_S.length - 1)] ?? 0;
    // A hidden page keeps its timer and asks nothing: `visibilitychange` asks when it is seen again.
    this.#timer = setTimeout(
      () => (document.visibilityState === "hidden" ? this.#plan() : this.check()),
      waitS * 1000,
    );
  }

  async #read(id: string): Promise<void> {
    const signal = this.#page?.signal;
    if (!signal) return;
    clearTimeout(this.#timer);
    this.#isReading = true;
    this.#isAskedAgain = false;
    this.#reads += 1;
    // What cannot be read now is read the next time.
    const answer = await this.#options.read(id, signal).catch(() => undefined);
    if (signal.aborted) return;
    this.#isReading = false;
    if (answer) this.#options.heard(answer);
    if (signal.aborted) return;
    if (this.#isAskedAgain) this.check();
    else this.#plan();
  }
}
