import { render, type TemplateResult } from "lit";
import { afterPaint } from "../ui/after-paint.ts";

/**
 * The numbers of a picture, for screen readers. Nobody sees them, so they are laid out once the card and its picture have
 * been painted: thousands of cells would keep both waiting.
 */
export class Readers {
  readonly #root: ParentNode;
  #content: TemplateResult | undefined;
  #isComing = false;

  /** `root` holds the `.readers` that they are put into, where there is one. */
  constructor(root: ParentNode) {
    this.#root = root;
  }

  /** To be called after each update of the host, with what is to be read, and with what ends when it is drawn. */
  update(content: TemplateResult | undefined, drawing: Promise<void>): void {
    this.#content = content;
    if (!this.#isComing) void this.#bring(drawing);
  }

  async #bring(drawing: Promise<void>): Promise<void> {
    this.#isComing = true;
    await drawing;
    await afterPaint();
    this.#isComing = false;
    const place = this.#root.querySelector<HTMLElement>(".readers");
    if (place) render(this.#content, place);
  }
}
