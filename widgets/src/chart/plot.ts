import { BarController, BarElement, CategoryScale, Chart, LinearScale } from "chart.js";
import { html, nothing, render } from "lit";
import { styleSheet } from "../ui/css.ts";
import { type Bars, dataOf, decoration, optionsOf, type Scene } from "./bars.ts";
import { inksOf, probes, readColours } from "./inks.ts";
import { type Caption, pictureOf } from "./picture.ts";
import type { PlotView } from "./plot-view.ts";
import { plotStyles } from "./plot.styles.ts";
import { renderTip, spokenOf } from "./tip.ts";

Chart.register(BarController, BarElement, CategoryScale, LinearScale);

let sheet: CSSStyleSheet | undefined;

/** Bars on a canvas, with a card that tells what each is made of: by pointer, and by keyboard as one stop. */
export class Plot {
  readonly place: HTMLElement;
  readonly #life = new AbortController();
  readonly #sizes: ResizeObserver;
  #chart: Bars | undefined;
  #scene: Scene | undefined;
  /** What it is drawn with. */
  #colours: string[] = [];
  /** What is said aloud: of the last step by keyboard, not of data that come meanwhile. */
  #spoken = "";

  constructor(place: HTMLElement) {
    this.place = place;
    const root = place.getRootNode();
    sheet ??= styleSheet(plotStyles);
    if (root instanceof ShadowRoot && !root.adoptedStyleSheets.includes(sheet))
      root.adoptedStyleSheets.push(sheet);
    const options = { signal: this.#life.signal };
    // Each probe tells of its change, and other things of theirs. Probes that are not displayed tell nothing: then it is
    // the size that changes when they are.
    const follow = () => {
      if (readColours(place).join() !== this.#colours.join()) this.recolour();
    };
    place.addEventListener("transitionrun", follow, options);
    this.#sizes = new ResizeObserver(follow);
    this.#sizes.observe(place);
    // Letters that come late would stay in the wrong font.
    document.fonts.addEventListener("loadingdone", () => this.recolour(), options);
    matchMedia("(forced-colors: active)").addEventListener("change", () => this.recolour(), options);
  }

  get scene(): Scene | undefined {
    return this.#scene;
  }

  draw(view: PlotView): void {
    const step = this.#scene?.step;
    if (!this.#chart) this.#render(view);
    const context = this.place.querySelector("canvas")?.getContext("2d");
    if (!context) return;
    this.#colours = readColours(this.place);
    this.#scene = {
      view,
      inks: inksOf(this.#colours, context),
      step: step !== undefined && step < view.names.long.length ? step : undefined,
    };
    this.#update(context);
  }

  /** Takes over colours that have changed. */
  recolour(): void {
    if (this.#scene) this.draw(this.#scene.view);
  }

  /** All of it as a picture, with what is written around it. */
  async toPicture(caption: Caption): Promise<Blob | null> {
    const canvas = this.place.querySelector("canvas");
    if (!this.#scene || !canvas) return null;
    this.#look(undefined);
    const { fontFamily, direction } = getComputedStyle(this.place);
    const scale = this.#chart?.currentDevicePixelRatio ?? 1;
    return pictureOf(canvas, caption, {
      inks: this.#scene.inks,
      font: fontFamily,
      isRtl: direction === "rtl",
      scale,
    });
  }

  destroy(): void {
    this.#life.abort();
    this.#sizes.disconnect();
    this.#chart?.destroy();
    this.#chart = this.#scene = undefined;
    render(nothing, this.place);
  }

  #update(context: CanvasRenderingContext2D): void {
    const scene = this.#scene;
    if (!scene) return;
    const [data, options] = [dataOf(scene), optionsOf(scene, this.place)];
    if (this.#chart) {
      this.#chart.data = data;
      this.#chart.options = options;
      this.#chart.update("none");
    } else {
      const plugin = decoration(() => this.#scene ?? scene);
      this.#chart = new Chart(context, { type: "bar", data, options, plugins: [plugin] });
    }
    this.#render(scene.view);
  }

  #render(view: PlotView): void {
    const { step } = this.#scene ?? {};
    render(
      html`
        ${probes}
        <div
          class="stage"
          tabindex="0"
          role="application"
          aria-label="${view.texts.plot}. ${view.texts.hint}"
          @keydown=${(event: KeyboardEvent) => this.#walk(event)}
          @blur=${() => this.#look(undefined)}
          @pointermove=${({ offsetX }: PointerEvent) => this.#look(this.#bucketAt(offsetX))}
          @pointerdown=${({ offsetX }: PointerEvent) => this.#look(this.#bucketAt(offsetX))}
          @pointerleave=${() => this.#look(undefined)}
        >
          <canvas aria-hidden="true"></canvas>
        </div>
        ${step === undefined ? nothing : renderTip(view, step)}
        <div class="visually-hidden" role="status">${this.#spoken}</div>
      `,
      this.place,
    );
    this.#placeTip();
  }

  #bucketAt(pixel: number): number | undefined {
    const count = this.#scene?.view.names.long.length ?? 0;
    const index = this.#chart?.scales["x"]?.getValueForPixel(pixel);
    return index === undefined || count === 0 ? undefined : Math.min(count - 1, Math.max(0, index));
  }

  #walk(event: KeyboardEvent): void {
    const scene = this.#scene;
    if (!scene || event.altKey || event.ctrlKey || event.metaKey) return;
    const last = scene.view.names.long.length - 1;
    const { step = -1 } = scene;
    const forth = getComputedStyle(this.place).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const back = forth === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
    const steps: Partial<Record<string, number>> = {
      [forth]: Math.min(last, step + 1),
      [back]: step < 0 ? last : Math.max(0, step - 1),
      Home: 0,
      End: last,
    };
    if (event.key === "Escape" && scene.step !== undefined) {
      event.stopPropagation();
      return this.#look(undefined);
    }
    const next = steps[event.key];
    if (next === undefined) return;
    event.preventDefault();
    this.#spoken = spokenOf(scene.view, next);
    this.#look(next);
  }

  #look(step: number | undefined): void {
    const scene = this.#scene;
    if (!scene || (scene.step === step && step === undefined)) return;
    if (step === undefined) this.#spoken = "";
    if (scene.step !== step) {
      this.#scene = { ...scene, step };
      this.#chart?.draw();
    }
    this.#render(scene.view);
  }

  /** Beside the bar, on the side where there is room. */
  #placeTip(): void {
    const tip = this.place.querySelector<HTMLElement>(".tip");
    const { step } = this.#scene ?? {};
    const atX = step === undefined ? undefined : this.#chart?.scales["x"]?.getPixelForValue(step);
    if (!tip || atX === undefined) return;
    const { clientWidth } = this.place;
    const gap = 14;
    const right = atX + gap;
    const left = right + tip.offsetWidth > clientWidth ? atX - gap - tip.offsetWidth : right;
    const inside = Math.max(0, Math.min(left, clientWidth - tip.offsetWidth));
    tip.style.transform = `translate(${Math.round(inside)}px, 0)`;
  }
}
