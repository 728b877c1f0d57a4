import { paintBloom } from "./bloom.js";
import { showFilm } from "./film.js";
import { paintFlow } from "./flow.js";
import { paintLandscape } from "./landscape.js";
import { setLetter } from "./letters.js";
import { paletteFor } from "./palettes.js";
import { hashOf, pick, randomFrom } from "./random.js";

const STYLES = { landscape: paintLandscape, flow: paintFlow, bloom: paintBloom };

/** Words that ask for a style; other words leave it to chance. @type {[RegExp, keyof typeof STYLES][]} */
const STYLE_WORDS = [
  [/bloom|flower|glass|petal|rose/i, "bloom"],
  [/thread|silk|wind|current|flow|music|light/i, "flow"],
  [/dune|lake|sea|mountain|valley|harbour|fog|dusk|dawn|desert|rain|snow|forest/i, "landscape"],
];

/**
 * Draws what a prompt asks for. The same prompt and seed give the same work.
 * @param {{ kind: import("../api.js").Kind, prompt: string, seed: string }} order
 * @returns {HTMLElement}
 */
export function drawWork({ kind, prompt, seed }) {
  const random = randomFrom(hashOf(`${prompt}/${seed}`));
  if (kind === "email") return setLetter(prompt, random);
  const palette = paletteFor(prompt, random);
  if (kind === "video") return showFilm({ random, palette, title: prompt });

  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [1024, 768];
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", `A picture: ${prompt}`);
  const paint = canvas.getContext("2d");
  const style =
    STYLE_WORDS.find(([words]) => words.test(prompt))?.[1] ??
    pick(random, /** @type {(keyof typeof STYLES)[]} */ (Object.keys(STYLES)));
  if (paint) STYLES[style](paint, { random, palette });
  return canvas;
}
