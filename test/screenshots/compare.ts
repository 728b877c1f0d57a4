import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";

/** So many pixels in a million may differ: the same browser draws the same, but for a rounding here and there. */
const TOLERATED_PER_MILLION = 40;

/** What is other than it was. `picture` shows it, where there is something to show. */
export interface Difference {
  readonly text: string;
  readonly picture?: PNG;
}

/** Compares a sheet with its baseline. @returns nothing where they look the same */
export function differenceOf(actual: PNG, baseline: PNG): Difference | undefined {
  const { width, height } = actual;
  if (width !== baseline.width || height !== baseline.height) {
    return { text: `is ${width} × ${height} pixels, and was ${baseline.width} × ${baseline.height}` };
  }
  const picture = new PNG({ width, height });
  const count = pixelmatch(actual.data, baseline.data, picture.data, width, height, { threshold: 0.1 });
  if (count * 1_000_000 <= width * height * TOLERATED_PER_MILLION) return undefined;
  return { text: `differs in ${count} pixels`, picture };
}
