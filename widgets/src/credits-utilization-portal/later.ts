/** A file that comes when somebody needs it, and the word to whoever draws what comes of it. */
export class Later<File> {
  #file: File | undefined;
  #isAsked = false;
  readonly #load: () => Promise<File>;
  readonly #changed: () => void;
  /** It did not come. */
  isMissing = false;

  constructor(load: () => Promise<File>, changed: () => void) {
    this.#load = load;
    this.#changed = changed;
  }

  /** The file; nothing while it is on its way, which begins here. */
  get file(): File | undefined {
    if (!this.#isAsked) this.retry();
    return this.#file;
  }

  /** Asks for it again. */
  retry(): void {
    this.#isAsked = true;
    this.isMissing = false;
    void this.#load()
      .then((file) => {
        this.#file = file;
      })
      .catch(() => {
        this.isMissing = true;
      })
      .finally(this.#changed);
  }
}
