const QUIET_MS = 5_000;

/** Says things aloud in a live region, and not one after the other without a breath. */
export class Announcer {
  readonly #say: (text: string) => void;
  readonly #waiting = new Map<string, string>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(say: (text: string) => void) {
    this.#say = say;
  }

  /** Says the newest about each topic, at once or when it has been quiet for a while. */
  announce(topic: string, text: string): void {
    this.#waiting.set(topic, text);
    if (!this.#timer) this.#speak();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting.clear();
  }

  #speak(): void {
    const texts = [...this.#waiting.values()];
    this.stop();
    if (texts.length === 0) return;
    this.#say(texts.join(" "));
    this.#timer = setTimeout(() => this.#speak(), QUIET_MS);
  }
}
