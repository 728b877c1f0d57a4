/** Chance that can be repeated: the same words give the same picture. */

/** @param {string} text @returns {number} a 32-bit hash (FNV-1a) */
export function hashOf(text) {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}

/** @param {number} seed @returns {() => number} numbers from 0 to below 1 (mulberry32) */
export function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** @param {() => number} random @param {number} low @param {number} high */
export const between = (random, low, high) => low + random() * (high - low);

/** @template Item @param {() => number} random @param {readonly Item[]} items @returns {Item} */
export const pick = (random, items) => items[Math.floor(random() * items.length)];

/**
 * Smooth noise over the plane.
 * @param {() => number} random
 * @returns {(x: number, y: number) => number} values from -1 to 1
 */
export function noiseFrom(random) {
  const size = 64;
  const lattice = Float32Array.from({ length: size * size }, () => random() * 2 - 1);
  const at = (/** @type {number} */ x, /** @type {number} */ y) =>
    lattice[(y & (size - 1)) * size + (x & (size - 1))];
  return (x, y) => {
    const [left, top] = [Math.floor(x), Math.floor(y)];
    const [u, v] = [smooth(x - left), smooth(y - top)];
    const upper = at(left, top) * (1 - u) + at(left + 1, top) * u;
    const lower = at(left, top + 1) * (1 - u) + at(left + 1, top + 1) * u;
    return upper * (1 - v) + lower * v;
  };
}

/**
 * Noise with detail: octaves laid over one another.
 * @param {(x: number, y: number) => number} noise @param {number} octaves
 * @returns {(x: number, y: number) => number}
 */
export function layered(noise, octaves) {
  return (x, y) => {
    let [sum, weight, scale, total] = [0, 1, 1, 0];
    for (let octave = 0; octave < octaves; octave += 1) {
      sum += noise(x * scale + octave * 17.3, y * scale) * weight;
      total += weight;
      weight *= 0.5;
      scale *= 2.03;
    }
    return sum / total;
  };
}

/** @param {number} t */
const smooth = (t) => t * t * (3 - 2 * t);
