/** Linear light of red, green and blue, each from 0 to 1. */
export type Light = readonly [red: number, green: number, blue: number];

/** What a computed colour is made of: `rgb(79, 70, 229)`, or `color(srgb 0.31 0.27 0.9)` as mixtures are written. */
export function lightOf(colour: string): Light {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+(e-\d+)?/g) ?? []).map(Number);
  const most = colour.startsWith("color(") ? 1 : 255;
  const linear = (part: number) => {
    const share = part / most;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return [linear(red), linear(green), linear(blue)];
}

/** The contrast of two colours: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
export function contrastOf(one: Light, other: Light): number {
  const luminance = ([red, green, blue]: Light) => 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  const [dark = 0, bright = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (bright + 0.05) / (dark + 0.05);
}

type Rows = readonly [Light, Light, Light];

/**
 * How colours are seen without one of the three kinds of cones: the matrices for severity 1.0 of Machado, Oliveira and
 * Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE TVCG 15 (6), 2009,
 * https://www.inf.ufrgs.br/~oliveira/pubs_files/CVD_Simulation/CVD_Simulation.html, applied to linear light.
 */
export const VISIONS: Readonly<Record<string, Rows>> = {
  "full colour vision": [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

export function seenBy(rows: Rows, [red, green, blue]: Light): Light {
  const part = ([ofRed, ofGreen, ofBlue]: Light) =>
    Math.min(1, Math.max(0, ofRed * red + ofGreen * green + ofBlue * blue));
  const [first, second, third] = rows;
  return [part(first), part(second), part(third)];
}

/**
 * How far two colours are apart for the eye, in hundredths of Oklab: https://bottosson.github.io/posts/oklab/. Two is just
 * noticeable side by side.
 */
export function distanceOf(one: Light, other: Light): number {
  const [a, b] = [oklabOf(one), oklabOf(other)];
  return 100 * Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

function oklabOf([red, green, blue]: Light): Light {
  const long = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const medium = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const short = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [
    0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short,
    1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short,
    0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short,
  ];
}
