import { globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

export const root = join(import.meta.dirname, "../..");

const FLIPPED = "rgb(1, 254, 3)";
const COLOURS = [
  ...["surface", "surface-sunken", "card-surface", "border", "text", "text-muted"],
  ...["accent", "accent-soft", "on-accent", "positive", "positive-soft"],
  ...["warning", "warning-soft", "danger", "danger-soft"],
  ...[1, 2, 3, 4, 5, 6, 7, 8, "other"].map((tone) => `series-${tone}`),
];

/** All public tokens, each with a value that no theme of anybody has: what reads the token looks different with it. */
export const FLIPS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(COLOURS.map((name) => [`--credits-${name}`, FLIPPED])),
  "--credits-card-border": `9px dashed ${FLIPPED}`,
  "--credits-border-width": "7px",
  "--credits-radius": "13px",
  "--credits-radius-control": "11px",
  "--credits-padding": "37px",
  "--credits-control-height": "71px",
  "--credits-shadow": `9px 9px 9px ${FLIPPED}`,
  "--credits-focus-ring": `9px dashed ${FLIPPED}`,
  "--credits-font-family": "monospace",
  "--credits-font-size": "21px",
};

/** What an element documents in the comment of its class. */
export interface DocumentedElement {
  readonly name: string;
  readonly parts: readonly string[];
  readonly tokens: readonly string[];
}

/** Every element that host pages can style: those whose class documents parts. */
export function documentedElements(): DocumentedElement[] {
  return globSync("widgets/src/credits-*/credits-*.ts", { cwd: root })
    .filter((path) => basename(path) === `${basename(dirname(path))}.ts`)
    .sort()
    .map((path) => {
      const text = readFileSync(join(root, path), "utf8");
      const all = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, name = ""]) => name);
      return {
        name: basename(path, ".ts"),
        parts: all(/@csspart (\S+)/g),
        tokens: all(/@cssproperty (\S+)/g),
      };
    })
    .filter(({ parts }) => parts.length > 0);
}

/** The texts of the style sheets and of everything else that ships, by path. */
export function widgetSources(): ReadonlyMap<string, string> {
  const paths = globSync("widgets/src/**/*.ts", { cwd: root }).filter(
    (path) => !/\.(test|stories)\.ts$|\/testing\//.test(path),
  );
  return new Map(paths.map((path) => [path, readFileSync(join(root, path), "utf8")]));
}
