import { PNG } from "pngjs";
import type { Place } from "./compare.ts";

/** A picture of a scene. */
export interface Shot {
  readonly name: string;
  readonly picture: Buffer;
}

/** Puts pictures side by side into as many columns, each below the lowest of those that are there. */
export function sheetOf(shots: readonly Shot[], columns: number): { sheet: PNG; scenes: readonly Place[] } {
  const read = shots.map(({ name, picture }) => ({ name, picture: PNG.sync.read(picture) }));
  const widthPx = Math.max(...read.map(({ picture }) => picture.width));
  const heights = Array.from({ length: Math.min(columns, read.length) }, () => 0);
  const placed = read.map(({ name, picture }) => {
    const column = heights.indexOf(Math.min(...heights));
    const top = heights[column] ?? 0;
    const { width, height } = picture;
    heights[column] = top + height;
    return { name, picture, left: column * widthPx, top, width, height };
  });
  const sheet = new PNG({ width: widthPx * heights.length, height: Math.max(...heights) });
  sheet.data.fill(0xff);
  for (const { picture, left, top, width, height } of placed) {
    PNG.bitblt(picture, sheet, 0, 0, width, height, left, top);
  }
  return { sheet, scenes: placed };
}
