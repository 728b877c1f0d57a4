import type { ReactiveController } from "lit";
import type * as PlotFile from "../chart/plot.ts";
import type { PlotView } from "../chart/plot-view.ts";
import { afterPaint } from "../ui/after-paint.ts";
import { warnOnce } from "../warn-once.ts";

interface DrawingHost {
  readonly isConnected: boolean;
  readonly renderRoot: ParentNode;
  addController(controller: ReactiveController): void;
  requestUpdate(): void;
}

/** Brings the picture when there is something to draw: it is a file of its own, three times what everything else weighs. */
export class Drawing implements ReactiveController {
  /** The file did not come, or could not draw. */
  failed = false;
  readonly #host: DrawingHost;
  #plot: PlotFile.Plot | undefined;
  #loading: Promise<typeof PlotFile | undefined> | undefined;
  #view: PlotView | undefined;

  constructor(host: DrawingHost) {
    this.#host = host;
    host.addController(this);
  }

  /** The plot, once it is drawn. */
  get plot(): PlotFile.Plot | undefined {
    return this.#plot;
  }

  hostDisconnected(): void {
    void this.update(undefined);
  }

  /** To be called after each update of the host; without a view nothing is drawn any more. Ends when it is drawn. */
  async update(view: PlotView | undefined): Promise<void> {
    this.#view = view;
    const place = this.#host.renderRoot.querySelector<HTMLElement>(".plot");
    if (this.#plot && (!view || this.#plot.place !== place)) this.#clear();
    if (view && place && this.#host.isConnected) await this.#draw();
  }

  /** Tries once more. */
  retry(): void {
    this.failed = false;
    this.#host.requestUpdate();
  }

  #clear(): void {
    this.#plot?.destroy();
    this.#plot = undefined;
  }

  async #draw(): Promise<void> {
    // Once it is there, drawing waits for nothing.
    if (this.#plot) return this.#show();
    this.#loading ??= import("../chart/plot.ts").catch(() => undefined);
    const file = await this.#loading;
    // The card is there first: a first picture takes longer than everything else.
    await afterPaint();
    const place = this.#host.renderRoot.querySelector<HTMLElement>(".plot");
    if (!file) {
      this.#loading = undefined;
      return this.#fail();
    }
    if (!this.#view || !place || this.#plot) return;
    this.#plot = new file.Plot(place);
    this.#show();
  }

  /** A page that replaced what chart.js stands on, such as `Array.from`, gets the numbers and not an empty place. */
  #show(): void {
    try {
      if (this.#view) this.#plot?.draw(this.#view);
    } catch (error) {
      warnOnce("drawing", `no chart can be drawn: ${String(error)}`);
      this.#fail();
    }
  }

  #fail(): void {
    this.#clear();
    this.failed = true;
    this.#host.requestUpdate();
  }
}
