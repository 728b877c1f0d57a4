import { finish, glow } from "./paint.js";
import { mix, withAlpha } from "./palettes.js";
import { between, layered, noiseFrom, pick } from "./random.js";

const THREADS = 1000;
const STEPS = 72;

/** Threads of light that follow one current. @param {CanvasRenderingContext2D} paint @param {{ random: () => number, palette: import("./palettes.js").Palette }} idea */
export function paintFlow(paint, { random, palette }) {
  const { width, height } = paint.canvas;
  const current = layered(noiseFrom(random), 2);
  const turn = between(random, 0.7, 1.25);
  const heading = random() * Math.PI * 2;

  paint.fillStyle = mix(palette.ink, palette.sky[0], 0.5);
  paint.fillRect(0, 0, width, height);
  paint.globalCompositeOperation = "screen";
  for (let light = 0; light < 4; light += 1) {
    const [x, y] = [random() * width, random() * height];
    glow(paint, { x, y, radius: width * 0.5, colour: pick(random, palette.accents), strength: 0.2 });
  }
  paint.lineCap = "round";
  for (let thread = 0; thread < THREADS; thread += 1) {
    let [x, y] = [between(random, -0.1, 1.1) * width, between(random, -0.1, 1.1) * height];
    const tone = current(x / 700 + 50, y / 700);
    const colour =
      palette.accents[
        Math.floor(Math.abs(tone * 2.4 + random() * 0.5) * palette.accents.length) % palette.accents.length
      ];
    paint.beginPath();
    paint.moveTo(x, y);
    for (let step = 0; step < STEPS; step += 1) {
      const angle = heading + current(x / 520, y / 520) * Math.PI * turn;
      x += Math.cos(angle) * 5;
      y += Math.sin(angle) * 5;
      paint.lineTo(x, y);
    }
    const isBright = random() < 0.05;
    paint.strokeStyle = withAlpha(
      isBright ? palette.light : colour,
      isBright ? 0.75 : between(random, 0.12, 0.42),
    );
    paint.lineWidth = isBright ? 1.1 : 0.8 + random() ** 3 * 9;
    paint.stroke();
  }
  paint.globalCompositeOperation = "source-over";
  finish(paint, random);
}
