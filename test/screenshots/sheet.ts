import { PNG } from "pngjs";

/** Puts pictures side by side into as many columns, each below the lowest of those that are there. */
export function sheetOf(pictures: readonly Buffer[], columns: number): PNG {
  const read = pictures.map((picture) => PNG.sync.read(picture));
  const widthPx = Math.max(...read.map(({ width }) => width));
  const heights = Array.from({ length: Math.min(columns, read.length) }, () => 0);
  const placed = read.map((picture) => {
    const column = heights.indexOf(Math.min(...heights));
    const top = heights[column] ?? 0;
    heights[column] = top + picture.height;
    return { picture, left: column * widthPx, top };
  });
  const sheet = new PNG({ width: widthPx * heights.length, height: Math.max(...heights) });
  sheet.data.fill(0xff);
  for (const { picture, left, top } of placed) {
    PNG.bitblt(picture, sheet, 0, 0, picture.width, picture.height, left, top);
  }
  return sheet;
}
