import { html } from "lit";
import { tileOf } from "./tiles.ts";

/** How many colours there are for series, and the muted one before them. */
const TONES = [0, 1, 2, 3, 4, 5, 6, 7, 8];

/** What a canvas is drawn with, read from the style sheets. */
export interface Inks {
  text: string;
  muted: string;
  border: string;
  surface: string;
  sunken: string;
  /** By tone: a colour, or a pattern where colours are not to be told apart. */
  tones: readonly (string | CanvasPattern)[];
  /** The muted colour in stripes, for what is not there yet. */
  hatched: string | CanvasPattern;
  isForced: boolean;
}

/** Invisible stand-ins that wear each colour: a change of any, whatever it comes from, is a transition that can be heard. */
export const probes = html`
  <div class="probes" aria-hidden="true">
    ${["text", "muted", "border", "surface", "sunken"].map((name) => html`<i class="ink-${name}"></i>`)}
    ${TONES.map((tone) => html`<i class="tone-${tone}"></i>`)}
  </div>
`;

/** The colours as they are now, also where they are not displayed. */
export function readColours(root: ParentNode): string[] {
  return [...root.querySelectorAll(".probes i")].map((probe) => getComputedStyle(probe).color);
}

/** What is drawn with these colours. */
export function inksOf(colours: readonly string[], context: CanvasRenderingContext2D): Inks {
  const [text = "", muted = "", border = "", surface = "", sunken = "", ...tones] = colours;
  const isForced = matchMedia("(forced-colors: active)").matches;
  const tile = (kind: number, ink: string) => tileOf(context, { kind, ink, ground: surface }) ?? ink;
  return {
    ...{ text, muted, border, surface, sunken, isForced },
    tones: tones.map((ink, tone) => (isForced ? tile(tone, text) : ink)),
    hatched: tile(9, isForced ? text : muted),
  };
}
