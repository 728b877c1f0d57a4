import type { StoryContext } from "@storybook/web-components-vite";
import type { RenderContext } from "storybook/internal/types";
import { isStory } from "../widgets/src/testing/scenes/story.ts";
import { Playground } from "./playground/playground.ts";
import { dress } from "./toolbars.ts";

/** What a canvas holds: it stays while controls and toolbars change. */
class Shown {
  readonly id: string;
  readonly place = document.createElement("div");
  readonly host = document.createElement("div");
  readonly playground: Playground | undefined;
  #put: Promise<void> | undefined;

  constructor({ id, component, moduleExport }: StoryContext) {
    this.id = id;
    this.place.className = "place";
    this.host.className = "host";
    this.place.append(this.host);
    if (!isStory(moduleExport)) this.playground = new Playground(this.host, String(component));
  }

  /** Puts the story's element, once, where it is on the page. */
  async put({ moduleExport }: StoryContext): Promise<void> {
    if (isStory(moduleExport)) await (this.#put ??= moduleExport.put(this.host));
    this.place.dataset["state"] = "shown";
  }
}

const canvases = new WeakMap<Element, Shown>();

/**
 * A story of a designed state puts its element as it does in the tests; any other one is a playground. Whatever a toolbar
 * changes is followed by the elements themselves.
 */
export function render(args: Readonly<Record<string, unknown>>, context: StoryContext): HTMLElement {
  const { canvasElement, id } = context;
  let shown = canvases.get(canvasElement);
  if (shown?.id !== id) {
    shown = new Shown(context);
    canvases.set(canvasElement, shown);
  }
  dress(shown.place, context.globals);
  shown.playground?.change(args);
  return shown.place;
}

/** Puts what a story made into its canvas, and ends when it is drawn: then it is looked at by axe. */
export async function renderToCanvas(
  { storyFn, showMain, storyContext, forceRemount }: RenderContext,
  canvas: HTMLElement,
): Promise<void> {
  if (forceRemount) canvases.delete(canvas);
  const made: unknown = storyFn();
  showMain();
  if (!(made instanceof HTMLElement)) throw new Error(`${storyContext.id} made no element`);
  if (canvas.firstChild !== made) canvas.replaceChildren(made);
  await canvases.get(canvas)?.put(storyContext);
}
