import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";

/** How far a colour may be off: baselines are rounded, and a ground that is a shade darker must be seen. */
const COLOUR_THRESHOLD = 0.02;

/** So many pixels of one scene may differ: the same browser draws the same, but for a rounding here and there. */
const TOLERATED_PIXELS = 10;

/** Where something is on a sheet, in pixels. */
export interface Place {
  readonly name: string;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** What is other than it was. `picture` shows it, where there is something to show. */
export interface Difference {
  readonly text: string;
  readonly picture?: PNG;
}

/**
 * Compares a sheet with its baseline, each scene by itself: what would be lost among all may change one altogether.
 * @returns nothing where they look the same
 */
export function differenceOf(actual: PNG, baseline: PNG, scenes: readonly Place[]): Difference | undefined {
  const { width, height } = actual;
  if (width !== baseline.width || height !== baseline.height) {
    const text = `is ${width} × ${height} pixels, and was ${baseline.width} × ${baseline.height}`;
    const common = { width: Math.min(width, baseline.width), height: Math.min(height, baseline.height) };
    // What comes after the scene that grew is moved, and says nothing.
    const [first] = changed(cut(actual, common), cut(baseline, common), scenes).others;
    return { text: first ? `${text}, from ${first.name} on` : text };
  }
  const { count, others } = changed(actual, baseline, scenes);
  if (count <= TOLERATED_PIXELS || others.length === 0) return undefined;
  const told = others.map(({ name, pixels }) => `${name} (${pixels} pixels)`).join(", ");
  return { text: `differs in ${told}`, picture: draw(actual, baseline, false).picture };
}

/** The scenes that look other than they did, of two sheets of one size. */
function changed(actual: PNG, baseline: PNG, scenes: readonly Place[]) {
  const { picture: mask, count } = draw(actual, baseline, true);
  const others = scenes
    .map((scene) => ({ name: scene.name, pixels: markedIn(mask, scene) }))
    .filter(({ pixels }) => pixels > TOLERATED_PIXELS);
  return { count, others };
}

function draw(actual: PNG, baseline: PNG, diffMask: boolean): { picture: PNG; count: number } {
  const { width, height } = actual;
  const picture = new PNG({ width, height });
  const options = { threshold: COLOUR_THRESHOLD, diffMask };
  const count = pixelmatch(actual.data, baseline.data, picture.data, width, height, options);
  return { picture, count };
}

function cut(sheet: PNG, { width, height }: { width: number; height: number }): PNG {
  const part = new PNG({ width, height });
  PNG.bitblt(sheet, part, 0, 0, width, height, 0, 0);
  return part;
}

/** How many pixels of a place are marked: all others are transparent. */
function markedIn(mask: PNG, { left, top, width, height }: Place): number {
  let marked = 0;
  for (let y = top; y < Math.min(top + height, mask.height); y += 1)
    for (let x = left; x < Math.min(left + width, mask.width); x += 1)
      if (mask.data[(y * mask.width + x) * 4 + 3] !== 0) marked += 1;
  return marked;
}
