import assert from "node:assert/strict";
import { test } from "node:test";
import { PNG } from "pngjs";
import { differenceOf, type Place } from "./compare.ts";

type Colour = readonly [number, number, number];

const WHITE: Colour = [255, 255, 255];
const HAIRLINE: Colour = [217, 221, 227];
const SUNKEN: Colour = [246, 247, 249];
const WARNING: Colour = [180, 83, 9];
const DANGER: Colour = [185, 28, 28];
const INK: Colour = [23, 26, 31];

/** A long sheet of two scenes, as the longest are. */
const WIDTH = 1_440;
const SCENES: Place[] = [0, 4_000].map((top) => ({
  name: `scene at ${top}`,
  ...{ left: 0, top, width: WIDTH, height: 4_000 },
}));

const HEIGHT = 8_000;

function sheetWith(...fills: [Colour, Omit<Place, "name">][]): PNG {
  return sheetOf(HEIGHT, ...fills);
}

function sheetOf(heightPx: number, ...fills: [Colour, Omit<Place, "name">][]): PNG {
  const sheet = new PNG({ width: WIDTH, height: heightPx });
  fills.unshift([WHITE, { left: 0, top: 0, width: WIDTH, height: heightPx }]);
  for (const [[red, green, blue], { left, top, width, height }] of fills)
    for (let y = top; y < top + height; y += 1)
      for (let x = left; x < left + width; x += 1)
        sheet.data.set([red, green, blue, 255], (y * WIDTH + x) * 4);
  return sheet;
}

const blank = sheetWith();
const line = { left: 20, top: 100, width: 300, height: 1 };
const card = { left: 20, top: 4_100, width: 300, height: 80 };
/** As large as the strokes of a digit that is another one. */
const stroke = { left: 40, top: 4_120, width: 2, height: 8 };

test("a sheet that is the same, or off by the rounding of its baseline, looks the same", () => {
  assert.equal(differenceOf(sheetWith([INK, card]), sheetWith([INK, card]), SCENES), undefined);
  const rounded: Colour = [20, 24, 28];
  assert.equal(differenceOf(sheetWith([INK, card]), sheetWith([rounded, card]), SCENES), undefined);
});

for (const [what, actual, baseline] of [
  ["a hairline that is gone", blank, sheetWith([HAIRLINE, line])],
  ["a ground that is gone", blank, sheetWith([SUNKEN, card])],
  ["a warning that looks like an error", sheetWith([DANGER, card]), sheetWith([WARNING, card])],
  ["a digit that is another", sheetWith([SUNKEN, card], [INK, stroke]), sheetWith([SUNKEN, card])],
] as const)
  test(`${what} is seen on the longest sheet, and the scene is named`, () => {
    const difference = differenceOf(actual, baseline, SCENES);
    const scene = what.startsWith("a hairline") ? "scene at 0" : "scene at 4000";
    assert.match(difference?.text ?? "", new RegExp(`${scene} \\(\\d+ pixels\\)`));
    assert.ok(difference?.picture);
  });

test("of a sheet that grew, the scene is named with which that began", () => {
  const grown = sheetOf(HEIGHT + 24, [INK, { ...card, top: card.top + 24 }]);
  const difference = differenceOf(grown, sheetWith([INK, card]), SCENES);
  assert.equal(difference?.text, "is 1440 × 8024 pixels, and was 1440 × 8000, from scene at 4000 on");
});
