const ROLL_MS = 320;
const EASING = "cubic-bezier(0.2, 0, 0, 1)";

interface Shown {
  text: string;
  value: bigint;
}

/**
 * Lets a figure roll to its new value, for the eye only: the text is the final one from the start, and the old one is
 * drawn by a pseudo-element that neither a screen reader nor `textContent` sees.
 */
export class Roll {
  readonly #shown = new Map<string, Shown>();

  play(figure: HTMLElement, key: string, next: Shown): void {
    const last = this.#shown.get(key);
    this.#shown.set(key, next);
    if (!last || last.text === next.text || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    // In a stream of changes the eye wants the newest figure, not a queue of rolls.
    const running = figure.getAnimations({ subtree: true });
    if (running.length > 0) {
      for (const animation of running) animation.cancel();
      return;
    }
    figure.dataset["from"] = last.text;
    const way = next.value < last.value ? 1 : -1;
    const options = { duration: ROLL_MS, easing: EASING };
    const away = { transform: `translateY(${way * 60}%)`, opacity: 0 };
    const coming = { transform: `translateY(${way * -60}%)`, opacity: 0 };
    figure.firstElementChild?.animate([coming, {}], options);
    const leaving = figure.animate([{ opacity: 1 }, away], { ...options, pseudoElement: "::after" });
    leaving.onfinish = leaving.oncancel = () => delete figure.dataset["from"];
  }

  /** Figures that come back later do not roll from what they once were. */
  forget(): void {
    this.#shown.clear();
  }
}
