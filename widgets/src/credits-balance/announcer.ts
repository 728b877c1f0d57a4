import type { Level } from "./balance-state.ts";

const QUIET_MS = 5_000;

/** Says aloud what matters: that a pool became low, empty or full again, and not each number on the way. */
export class Announcer {
  readonly #say: (text: string) => void;
  readonly #levels = new Map<string, Level>();
  readonly #waiting = new Map<string, string>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(say: (text: string) => void) {
    this.#say = say;
  }

  /** Takes note of a pool's level; `text` is said if the level changed since the last time. */
  note(key: string, level: Level, text: string): void {
    const before = this.#levels.get(key);
    this.#levels.set(key, level);
    if (before === undefined || before === level) return;
    this.#waiting.set(key, text);
    if (this.#timer === undefined) this.#speak();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting.clear();
    this.#levels.clear();
  }

  /** Then keeps quiet for a while: what changes meanwhile is said afterwards, as it stands by then. */
  #speak(): void {
    this.#timer = undefined;
    if (this.#waiting.size === 0) return;
    this.#say([...this.#waiting.values()].join(" "));
    this.#waiting.clear();
    this.#timer = setTimeout(() => this.#speak(), QUIET_MS);
  }
}
