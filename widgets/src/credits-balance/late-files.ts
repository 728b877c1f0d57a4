/** Loads files that come when they are needed. One that did not come is asked for again when a person says so. */
export class LateFiles {
  /** Tries again; nothing while all came. */
  retry: (() => void) | undefined;
  readonly #host: { requestUpdate(): void; fileMissed(): void };

  constructor(host: { requestUpdate(): void; fileMissed(): void }) {
    this.#host = host;
  }

  load(act: () => Promise<void>): void {
    this.retry = undefined;
    void act()
      .catch(() => {
        this.retry = () => this.load(act);
        this.#host.fileMissed();
      })
      .then(() => this.#host.requestUpdate());
  }
}
