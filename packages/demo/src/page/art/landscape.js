import { finish, glow, stars, verticalGradient } from "./paint.js";
import { mix, withAlpha } from "./palettes.js";
import { between, layered, noiseFrom } from "./random.js";

const RIDGES = 6;

/** @typedef {import("./palettes.js").Palette} Palette */

/** Ridges in haze under a low sun, often above a lake. @param {CanvasRenderingContext2D} paint @param {{ random: () => number, palette: Palette }} idea */
export function paintLandscape(paint, { random, palette }) {
  const { width, height } = paint.canvas;
  const shore = random() < 0.65 ? height * between(random, 0.66, 0.74) : height;
  const horizon = shore === height ? height * 0.62 : shore * 0.8;
  const sun = { x: width * between(random, 0.22, 0.78), y: horizon * between(random, 0.42, 0.82) };

  paint.fillStyle = verticalGradient(paint, palette.sky, { from: 0, to: horizon * 1.05 });
  paint.fillRect(0, 0, width, height);
  stars(paint, { count: 180, depth: 0.45, colour: palette.light, random });
  paintClouds(paint, { random, palette, horizon });
  paintSun(paint, palette, { ...sun, radius: height * between(random, 0.045, 0.085) });
  for (let ridge = 0; ridge < RIDGES; ridge += 1)
    paintRidge(paint, { random, palette, ridge, horizon, shore });
  if (shore < height) paintLake(paint, { random, palette, shore, sunX: sun.x });
  finish(paint, random);
}

/** @param {CanvasRenderingContext2D} paint @param {Palette} palette @param {{ x: number, y: number, radius: number }} sun */
function paintSun(paint, palette, { x, y, radius }) {
  paint.save();
  paint.globalCompositeOperation = "screen";
  glow(paint, { x, y, radius: radius * 11, colour: palette.accents[0], strength: 0.5 });
  glow(paint, { x, y, radius: radius * 4, colour: palette.light, strength: 0.7 });
  paint.restore();
  paint.fillStyle = palette.light;
  paint.beginPath();
  paint.arc(x, y, radius, 0, Math.PI * 2);
  paint.fill();
}

/** Drawn small and stretched: soft edges for little work. @param {CanvasRenderingContext2D} paint @param {{ random: () => number, palette: Palette, horizon: number }} sky */
function paintClouds(paint, { random, palette, horizon }) {
  const drift = layered(noiseFrom(random), 4);
  const [columns, rows] = [160, 120];
  const veil = new OffscreenCanvas(columns, rows);
  const small = veil.getContext("2d");
  if (!small) return;
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const density = drift(column / 34, row / 9) - 0.12;
      if (density <= 0) continue;
      small.fillStyle = withAlpha(palette.accents[1], Math.min(0.36, density * 0.8));
      small.fillRect(column, row, 1, 1);
    }
  }
  paint.save();
  paint.globalCompositeOperation = "screen";
  paint.drawImage(veil, 0, horizon * 0.15, paint.canvas.width, horizon * 0.85);
  paint.restore();
}

/** @param {CanvasRenderingContext2D} paint @param {{ random: () => number, palette: Palette, ridge: number, horizon: number, shore: number }} view */
function paintRidge(paint, { random, palette, ridge, horizon, shore }) {
  const { width } = paint.canvas;
  const nearness = ridge / (RIDGES - 1);
  const relief = layered(noiseFrom(random), 6);
  const base = horizon * 0.9 + (shore - horizon * 0.9) * nearness * 0.92;
  const amplitude = horizon * (0.13 + 0.1 * Math.sin(nearness * Math.PI));
  const outline = new Path2D();
  outline.moveTo(-4, shore);
  for (let x = -4; x <= width + 4; x += 3) {
    const crest = relief(x / (340 - nearness * 120) + ridge * 31, ridge);
    outline.lineTo(x, Math.min(shore, base - (crest * 0.85 + 0.22) * amplitude));
  }
  outline.lineTo(width + 4, shore);
  outline.closePath();

  const haze = palette.sky[palette.sky.length - 1];
  const body = mix(mix(haze, palette.sky[2], 0.45 + nearness * 0.4), palette.ink, nearness ** 0.85);
  const foot = mix(body, haze, 0.42 * (1 - nearness) + 0.06);
  paint.fillStyle = verticalGradient(paint, [body, foot], {
    from: base - amplitude,
    to: base + amplitude * 1.1,
  });
  paint.fill(outline);
  paint.strokeStyle = withAlpha(palette.light, 0.3 * (1 - nearness));
  paint.lineWidth = 1.2;
  paint.stroke(outline);
}

/** The lake mirrors what stands above it, in ripples that widen towards the viewer. @param {CanvasRenderingContext2D} paint @param {{ random: () => number, palette: Palette, shore: number, sunX: number }} view */
function paintLake(paint, { random, palette, shore, sunX }) {
  const { width, height } = paint.canvas;
  const above = new OffscreenCanvas(width, Math.ceil(shore));
  above.getContext("2d")?.drawImage(paint.canvas, 0, 0);
  const depth = height - shore;
  for (let y = 0; y < depth; y += 2) {
    const reach = y / depth;
    const sway = Math.sin(y * 0.42 + Math.sin(y * 0.11) * 3) * (1 + reach * 7);
    paint.drawImage(above, 0, Math.max(0, shore - 2 - y * 1.5), width, 2, sway - 6, shore + y, width + 12, 2);
  }
  paint.fillStyle = verticalGradient(paint, [withAlpha(palette.ink, 0.12), withAlpha(palette.ink, 0.78)], {
    from: shore,
    to: height,
  });
  paint.fillRect(0, shore, width, depth);
  paint.save();
  paint.globalCompositeOperation = "screen";
  for (let glint = 0; glint < 170; glint += 1) {
    const reach = random() ** 1.5;
    const length = between(random, 6, 34) * (0.4 + reach);
    const x = sunX + (random() + random() - 1) * width * (0.04 + reach * 0.13);
    paint.fillStyle = withAlpha(palette.light, between(random, 0.06, 0.4) * (1 - reach * 0.6));
    paint.fillRect(x - length / 2, shore + 2 + reach * depth, length, 1 + reach * 1.4);
  }
  paint.fillStyle = withAlpha(palette.light, 0.25);
  paint.fillRect(0, shore - 0.5, width, 1);
  paint.restore();
}
