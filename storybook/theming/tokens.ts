/** A token that people set first, with what it is without them. */
export interface Choice {
  readonly token: string;
  readonly label: string;
  readonly kind: "colour" | "length" | "font";
  /** As the elements have it: in light and in dark, or once for both. */
  readonly usual: readonly [light: string, dark: string] | string;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  readonly unit?: string;
}

const colour = (token: string, label: string, usual: readonly [string, string]): Choice => ({
  ...{ token: `--credits-${token}`, label, kind: "colour", usual },
});

const length = (
  token: string,
  label: string,
  [usual, min, max, step]: [usual: string, min: number, max: number, step: number],
): Choice => {
  const unit = usual.replace(/[\d.]/g, "");
  return { token: `--credits-${token}`, label, kind: "length", usual, min, max, step, unit };
};

/** Those of docs/theming.md that make most of a look. */
export const choices: readonly Choice[] = [
  colour("accent", "Accent", ["#4f46e5", "#8b85ff"]),
  colour("on-accent", "Text on it", ["#ffffff", "#0f1020"]),
  colour("surface", "Surface", ["#ffffff", "#16181d"]),
  colour("surface-sunken", "Sunken surface", ["#f6f7f9", "#101216"]),
  colour("border", "Border", ["#e4e7ec", "#2a2e37"]),
  colour("text", "Text", ["#101828", "#f2f4f7"]),
  colour("text-muted", "Muted text", ["#5b6472", "#9aa4b2"]),
  colour("warning", "Warning", ["#b54708", "#fdb022"]),
  colour("danger", "Danger", ["#b42318", "#f97066"]),
  length("radius", "Card corners", ["0.75em", 0, 2, 0.05]),
  length("radius-control", "Button corners", ["0.5em", 0, 2, 0.05]),
  length("padding", "Card padding", ["1.25em", 0, 3, 0.05]),
  length("control-height", "Button height", ["2.25em", 1.75, 4, 0.05]),
  length("border-width", "Line width", ["1px", 0, 4, 0.5]),
  length("font-size", "Text size", ["16px", 11, 22, 0.5]),
  { token: "--credits-font-family", label: "Font", kind: "font", usual: "inherit" },
];

/** Fonts that machines have, by what they are like. */
export const FONTS: Readonly<Record<string, string>> = {
  "the page's": "inherit",
  system: "system-ui, sans-serif",
  humanist: 'Seravek, "Gill Sans Nova", Ubuntu, Calibri, sans-serif',
  serif: '"Iowan Old Style", Georgia, "DejaVu Serif", serif',
  rounded: 'ui-rounded, "Hiragino Maru Gothic ProN", Quicksand, sans-serif',
  mono: 'ui-monospace, "DejaVu Sans Mono", monospace',
};

/** What was chosen: for each token its value, or those in light and in dark. */
export type Chosen = ReadonlyMap<string, string | readonly [light: string, dark: string]>;

/** The style sheet of a host's page that looks so; empty where nothing was chosen. */
export function cssOf(chosen: Chosen): string {
  const lines = choices.flatMap(({ token }) => {
    const value = chosen.get(token);
    if (value === undefined) return [];
    return `  ${token}: ${typeof value === "string" ? value : `light-dark(${value.join(", ")})`};`;
  });
  return lines.length > 0 ? `:root {\n${lines.join("\n")}\n}\n` : "";
}
