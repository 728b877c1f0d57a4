import { finish, glow, stars } from "./paint.js";
import { mix, withAlpha } from "./palettes.js";
import { between } from "./random.js";

/** A flower of glass, lit from inside. @param {CanvasRenderingContext2D} paint @param {{ random: () => number, palette: import("./palettes.js").Palette }} idea */
export function paintBloom(paint, { random, palette }) {
  const { width, height } = paint.canvas;
  const centre = { x: width * between(random, 0.42, 0.58), y: height * between(random, 0.46, 0.54) };
  const reach = height * between(random, 0.4, 0.46);
  const rings = 5 + Math.floor(random() * 3);
  const slimness = between(random, 0.26, 0.4);

  paint.fillStyle = mix(palette.ink, palette.sky[0], 0.35);
  paint.fillRect(0, 0, width, height);
  stars(paint, { count: 120, depth: 1, colour: palette.light, random });
  paint.globalCompositeOperation = "screen";
  glow(paint, { ...centre, radius: reach * 2.1, colour: palette.accents[0], strength: 0.55 });

  for (let ring = 0; ring < rings; ring += 1) {
    const length = reach * (1.08 - ring * (0.84 / rings));
    const petals = 9 + ((ring * 4 + Math.floor(random() * 3)) % 8);
    const turn = random() * Math.PI;
    for (let petal = 0; petal < petals; petal += 1) {
      const colour = palette.accents[(ring + (petal % 2)) % palette.accents.length];
      paintPetal(paint, {
        ...centre,
        angle: turn + (petal / petals) * Math.PI * 2,
        length,
        slimness,
        colour,
        light: palette.light,
      });
    }
  }
  glow(paint, { ...centre, radius: reach * 0.5, colour: palette.light, strength: 0.8 });
  paint.globalCompositeOperation = "source-over";
  finish(paint, random);
}

/** @param {CanvasRenderingContext2D} paint @param {{ x: number, y: number, angle: number, length: number, slimness: number, colour: string, light: string }} petal */
function paintPetal(paint, { x, y, angle, length, slimness, colour, light }) {
  paint.save();
  paint.translate(x, y);
  paint.rotate(angle);
  const half = length * slimness;
  paint.beginPath();
  paint.moveTo(length * 0.06, 0);
  paint.bezierCurveTo(length * 0.3, -half, length * 0.82, -half * 0.72, length, 0);
  paint.bezierCurveTo(length * 0.82, half * 0.72, length * 0.3, half, length * 0.06, 0);
  const glass = paint.createLinearGradient(0, 0, length, 0);
  glass.addColorStop(0, withAlpha(colour, 0.16));
  glass.addColorStop(0.4, withAlpha(colour, 0.1));
  glass.addColorStop(0.85, withAlpha(colour, 0.4));
  glass.addColorStop(1, withAlpha(mix(colour, light, 0.4), 0.62));
  paint.fillStyle = glass;
  paint.fill();
  paint.strokeStyle = withAlpha(light, 0.2);
  paint.lineWidth = 0.8;
  paint.stroke();
  paint.restore();
}
