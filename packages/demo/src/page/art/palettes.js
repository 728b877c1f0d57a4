import { pick } from "./random.js";

/**
 * @typedef {object} Palette
 * @property {RegExp} words prompts that ask for it
 * @property {string[]} sky from the zenith to the horizon
 * @property {string} light the sun, the moon, the brightest stroke
 * @property {string} ink the darkest foreground
 * @property {string[]} accents
 */

/** @type {Palette[]} */
const PALETTES = [
  {
    words: /sun|dusk|dawn|desert|dune|gold|fire|warm|autumn/i,
    sky: ["#1b1240", "#5b2a6b", "#d1495b", "#ff9f5a", "#ffd9a0"],
    light: "#fff1cf",
    ink: "#150b26",
    accents: ["#ff9f5a", "#ff6b6b", "#ffd166", "#c05299", "#7b2d8b"],
  },
  {
    words: /sea|ocean|rain|water|lake|harbour|river|fog|wave/i,
    sky: ["#061a2e", "#0f3d57", "#2b7a8c", "#8cc7c0", "#f1e3c6"],
    light: "#fff8e4",
    ink: "#04121d",
    accents: ["#3fb8af", "#7fd8d4", "#f1e3c6", "#1f6f8b", "#ff9a76"],
  },
  {
    words: /night|moon|star|winter|snow|north|aurora|ice|space/i,
    sky: ["#05060f", "#0d1230", "#1c2a5e", "#3d5aa8", "#9fc3ea"],
    light: "#eef4ff",
    ink: "#03040a",
    accents: ["#5eead4", "#8b85ff", "#c4b5fd", "#38bdf8", "#f0abfc"],
  },
  {
    words: /forest|garden|moss|spring|leaf|jungle|green|meadow/i,
    sky: ["#0c1f1a", "#1d4a3c", "#4f8a5b", "#c2cf86", "#fbe8b0"],
    light: "#fffbe0",
    ink: "#06120d",
    accents: ["#a3d977", "#fbe8b0", "#4fb286", "#f2a65a", "#2f6f57"],
  },
  {
    words: /rose|bloom|flower|love|silk|dream|pink|candy/i,
    sky: ["#1a0f2b", "#4c1d5a", "#a63d7a", "#f08aa5", "#ffd9d1"],
    light: "#fff0ec",
    ink: "#120818",
    accents: ["#ff8fab", "#ffc2d1", "#b388eb", "#f7aef8", "#ffd6a5"],
  },
];

/** The palette that the words ask for, else any. @param {string} words @param {() => number} random @returns {Palette} */
export function paletteFor(words, random) {
  return PALETTES.find((palette) => palette.words.test(words)) ?? pick(random, PALETTES);
}

/** @param {string} hex @param {number} alpha */
export function withAlpha(hex, alpha) {
  return `rgb(${channels(hex).join(" ")} / ${alpha})`;
}

/** @param {string} from @param {string} to @param {number} share of `to`, 0 to 1 */
export function mix(from, to, share) {
  const [start, end] = [channels(from), channels(to)];
  const mixed = start.map((value, index) => Math.round(value + (end[index] - value) * share));
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

/** @param {string} hex */
function channels(hex) {
  return [1, 3, 5].map((start) => Number.parseInt(hex.slice(start, start + 2), 16));
}
