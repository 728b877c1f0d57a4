import { stars, verticalGradient } from "./paint.js";
import { mix, withAlpha } from "./palettes.js";
import { between, layered, noiseFrom } from "./random.js";

/**
 * Films: a function that paints the frame at `time`, 0 to 1, and whose end meets its beginning.
 * @typedef {(paint: CanvasRenderingContext2D, time: number) => void} Frame
 * @typedef {{ random: () => number, palette: import("./palettes.js").Palette, width: number, height: number }} Idea
 */

const TURN = Math.PI * 2;

/** Northern lights over a ridge. @param {Idea} idea @returns {Frame} */
export function aurora({ random, palette, width, height }) {
  const drift = layered(noiseFrom(random), 2);
  const curtains = [0, 1, 2].map((index) => ({
    strip: curtainStrip(palette, palette.accents[index], height),
    base: height * (0.66 - index * 0.11),
    tall: height * between(random, 0.42, 0.62),
    seed: random() * 90,
  }));
  const night = backdrop(width, height, (paint) => paintNight(paint, { random, palette }));
  const ridge = backdrop(width, height, (paint) => paintSilhouette(paint, { random, palette }));
  const column = 4;

  return (paint, time) => {
    const [circleX, circleY] = [Math.cos(time * TURN) * 0.5, Math.sin(time * TURN) * 0.5];
    paint.globalCompositeOperation = "source-over";
    paint.drawImage(night, 0, 0);
    paint.globalCompositeOperation = "screen";
    for (const { strip, base, tall, seed } of curtains) {
      for (let x = 0; x < width; x += column) {
        const fold = drift(x / 210 + circleX + seed, seed + circleY);
        const shimmer = drift(x / 46 + circleX * 4, seed + 9 + circleY * 4);
        paint.globalAlpha = Math.max(0, 0.3 + fold * 0.75 + shimmer * 0.35);
        const length = tall * (0.78 + shimmer * 0.5);
        paint.drawImage(strip, x, base + fold * height * 0.2 - length, column, length);
      }
    }
    paint.globalAlpha = 1;
    paint.globalCompositeOperation = "source-over";
    paint.drawImage(ridge, 0, 0);
  };
}

/** Ribbons that wind around one another. @param {Idea} idea @returns {Frame} */
export function silk({ random, palette, width, height }) {
  const ribbons = 34;
  const waves = [1, 2, 3].map((cycles) => ({
    cycles: cycles === 2 ? -1 : 1,
    length: between(random, 0.7, 1.1) * cycles,
    tall: (height * between(random, 0.17, 0.25)) / cycles,
    phase: random() * TURN,
    spread: between(random, 1.4, 3.2),
  }));
  const ground = mix(palette.ink, palette.sky[0], 0.5);

  return (paint, time) => {
    paint.globalCompositeOperation = "source-over";
    paint.fillStyle = verticalGradient(paint, [ground, mix(palette.sky[1], palette.ink, 0.55), ground], {
      from: 0,
      to: height,
    });
    paint.fillRect(0, 0, width, height);
    paint.globalCompositeOperation = "screen";
    for (let ribbon = 0; ribbon < ribbons; ribbon += 1) {
      const share = ribbon / (ribbons - 1);
      paint.beginPath();
      for (let x = -14; x <= width + 14; x += 14) {
        let y = height / 2;
        for (const wave of waves) {
          const angle =
            (x / width) * wave.length * TURN + wave.phase + share * wave.spread + time * TURN * wave.cycles;
          y += Math.sin(angle) * wave.tall;
        }
        paint.lineTo(x, y);
      }
      const place = share * (palette.accents.length - 1.001);
      const [near, next] = palette.accents.slice(Math.floor(place), Math.floor(place) + 2);
      const colour = mix(near, next, place % 1);
      const isEdge = ribbon % 8 === 0;
      paint.strokeStyle = withAlpha(isEdge ? palette.light : colour, isEdge ? 0.8 : 0.34);
      paint.lineWidth = isEdge ? 1.2 : 6.5;
      paint.stroke();
    }
    paint.globalCompositeOperation = "source-over";
  };
}

/** @param {number} width @param {number} height @param {(paint: OffscreenCanvasRenderingContext2D) => void} draw */
function backdrop(width, height, draw) {
  const canvas = new OffscreenCanvas(width, height);
  const paint = canvas.getContext("2d");
  if (paint) draw(paint);
  return canvas;
}

/** One column of a curtain, to be stretched along it. @param {Idea["palette"]} palette @param {string} colour @param {number} height */
function curtainStrip(palette, colour, height) {
  return backdrop(1, height, (paint) => {
    const gradient = paint.createLinearGradient(0, 0, 0, height);
    gradient.addColorStop(0, withAlpha(palette.accents[1], 0));
    gradient.addColorStop(0.45, withAlpha(colour, 0.16));
    gradient.addColorStop(0.86, withAlpha(colour, 0.62));
    gradient.addColorStop(0.95, withAlpha(palette.light, 0.5));
    gradient.addColorStop(1, withAlpha(palette.light, 0));
    paint.fillStyle = gradient;
    paint.fillRect(0, 0, 1, height);
  });
}

/** @param {OffscreenCanvasRenderingContext2D} paint @param {Pick<Idea, "random" | "palette">} idea */
function paintNight(paint, { random, palette }) {
  const { width, height } = paint.canvas;
  const colours = [
    palette.ink,
    mix(palette.ink, palette.sky[0], 0.7),
    mix(palette.sky[1], palette.sky[2], 0.25),
  ];
  paint.fillStyle = verticalGradient(paint, colours, { from: 0, to: height });
  paint.fillRect(0, 0, width, height);
  stars(paint, { count: 240, depth: 0.8, colour: palette.light, random });
}

/** @param {OffscreenCanvasRenderingContext2D} paint @param {Pick<Idea, "random" | "palette">} idea */
function paintSilhouette(paint, { random, palette }) {
  const { width, height } = paint.canvas;
  const relief = layered(noiseFrom(random), 6);
  for (const [depth, colour] of /** @type {[number, string][]} */ ([
    [0.78, mix(palette.ink, palette.sky[1], 0.35)],
    [0.88, palette.ink],
  ])) {
    paint.fillStyle = colour;
    paint.beginPath();
    paint.moveTo(0, height);
    for (let x = 0; x <= width; x += 3)
      paint.lineTo(x, height * depth - relief(x / 190 + depth * 40, depth) * height * 0.16);
    paint.lineTo(width, height);
    paint.fill();
  }
}
