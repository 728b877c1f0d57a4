import { withAlpha } from "./palettes.js";

/** What several pictures paint alike. @typedef {CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D} Paint */

/** @param {Paint} paint @param {string[]} colours @param {{ from: number, to: number }} span top to bottom, in pixels */
export function verticalGradient(paint, colours, { from, to }) {
  const gradient = paint.createLinearGradient(0, from, 0, to);
  colours.forEach((colour, index) => gradient.addColorStop(index / (colours.length - 1), colour));
  return gradient;
}

/** A soft light around a point. @param {Paint} paint @param {{ x: number, y: number, radius: number, colour: string, strength: number }} glow */
export function glow(paint, { x, y, radius, colour, strength }) {
  const gradient = paint.createRadialGradient(x, y, 0, x, y, radius);
  for (const [stop, share] of [
    [0, 1],
    [0.25, 0.5],
    [0.55, 0.16],
    [1, 0],
  ]) {
    gradient.addColorStop(stop, withAlpha(colour, strength * share));
  }
  paint.fillStyle = gradient;
  paint.fillRect(x - radius, y - radius, radius * 2, radius * 2);
}

/** @param {Paint} paint @param {{ count: number, depth: number, colour: string, random: () => number }} stars `depth`: share of the height that they fill */
export function stars(paint, { count, depth, colour, random }) {
  const { width, height } = paint.canvas;
  for (let star = 0; star < count; star += 1) {
    const y = random() ** 1.6 * height * depth;
    const size = random() ** 6 * 1.9 + 0.45;
    paint.fillStyle = withAlpha(colour, (0.25 + random() * 0.75) * (1 - y / (height * depth)));
    paint.beginPath();
    paint.arc(random() * width, y, size, 0, Math.PI * 2);
    paint.fill();
  }
}

/** Film grain and a slight vignette: what makes a computed picture look printed. @param {Paint} paint @param {() => number} random */
export function finish(paint, random) {
  const { width, height } = paint.canvas;
  const tile = new OffscreenCanvas(128, 128);
  const dots = tile.getContext("2d");
  if (!dots) return;
  const pixels = dots.createImageData(128, 128);
  for (let index = 0; index < pixels.data.length; index += 4) {
    pixels.data.fill(random() * 255, index, index + 3);
    pixels.data[index + 3] = 22;
  }
  dots.putImageData(pixels, 0, 0);
  paint.save();
  paint.globalCompositeOperation = "overlay";
  paint.fillStyle = paint.createPattern(tile, "repeat") ?? "transparent";
  paint.fillRect(0, 0, width, height);
  paint.globalCompositeOperation = "multiply";
  const shade = paint.createRadialGradient(
    width / 2,
    height * 0.48,
    height * 0.45,
    width / 2,
    height / 2,
    width * 0.72,
  );
  shade.addColorStop(0, "rgb(255 255 255)");
  shade.addColorStop(1, "rgb(120 112 130)");
  paint.fillStyle = shade;
  paint.fillRect(0, 0, width, height);
  paint.restore();
}
