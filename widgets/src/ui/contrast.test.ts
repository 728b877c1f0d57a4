import { expect } from "@open-wc/testing";
import { contrastOf, distanceOf, type Light, lightOf, seenBy, VISIONS } from "../testing/colours.ts";
import { styleSheet } from "./css.ts";
import { palette } from "./palette.styles.ts";
import { positive } from "./positive.styles.ts";
import { tokens } from "./tokens.styles.ts";

const STATUSES = ["positive", "warning", "danger"];
const SERIES = ["1", "2", "3", "4", "5", "6", "7", "8", "other"].map((tone) => `series-${tone}`);
/** What bars are filled into. */
const TRACK = "color-mix(in srgb, var(--_text) 12%, var(--_surface))";

/** What is read, on every ground that it stands on. */
const TEXTS: [ink: string, ground: string][] = [
  ...["surface", "sunken", "accent-soft", ...STATUSES.map((name) => `${name}-soft`)].map(
    (ground): [string, string] => ["text", ground],
  ),
  ...["surface", "sunken", "accent-soft"].map((ground): [string, string] => ["muted", ground]),
  ...STATUSES.flatMap((ink) =>
    [`${ink}-soft`, "surface", "sunken"].map((ground): [string, string] => [ink, ground]),
  ),
  ["on-accent", "accent"],
  ["surface", "danger"],
];

/** What is seen and not read: symbols, bars, the lines around fields, the focus. */
const DRAWINGS: [ink: string, ground: string][] = [
  ...["surface", "sunken", "accent-soft", TRACK].map((ground): [string, string] => ["accent", ground]),
  ...["warning", "danger"].map((ink): [string, string] => [ink, TRACK]),
  ["muted", "surface"],
  ...SERIES.map((ink): [string, string] => [ink, "surface"]),
];

/** Ready themes, and what they promise of texts. */
const THEMES = { default: 4.5, minimal: 4.5, "high-contrast": 7 };

/** Far more than is noticed side by side: series may stand anywhere in a bar, next to any other. */
const APART = 8;

for (const [theme, least] of Object.entries(THEMES)) {
  for (const scheme of ["light", "dark"] as const) {
    describe(`in the ${scheme} ${theme} theme`, () => {
      const place = document.createElement("div");
      const host = document.createElement("div");
      const probe = document.createElement("i");
      const css = document.createElement("style");
      before(async () => {
        const answer = await fetch(new URL(`../themes/${theme}.css`, import.meta.url));
        css.textContent = await answer.text();
        place.dataset["creditsTheme"] = theme;
        host.setAttribute("theme", scheme);
        const root = host.attachShadow({ mode: "open" });
        root.adoptedStyleSheets = [styleSheet(tokens, palette, positive)];
        root.append(probe);
        place.append(host);
        document.head.append(css);
        document.body.append(place);
      });
      after(() => {
        place.remove();
        css.remove();
      });

      const light = (name: string): Light => {
        const colour = name.startsWith("color-mix") ? name : `var(--_${name})`;
        probe.style.color = `color-mix(in srgb, ${colour}, ${colour})`;
        return lightOf(getComputedStyle(probe).color);
      };

      for (const [ink, ground] of TEXTS) {
        it(`${ink} can be read on ${ground}`, () => {
          expect(contrastOf(light(ink), light(ground))).to.be.at.least(least);
        });
      }

      for (const [ink, ground] of DRAWINGS) {
        it(`${ink} can be seen on ${ground}`, () => {
          expect(contrastOf(light(ink), light(ground))).to.be.at.least(3);
        });
      }

      for (const [vision, rows] of Object.entries(VISIONS)) {
        it(`any two series are told apart with ${vision}`, () => {
          const seen = SERIES.map((name) => ({ name, light: seenBy(rows, light(name)) }));
          const near = seen.flatMap((one, index) =>
            seen
              .slice(index + 1)
              .map((other) => ({
                pair: `${one.name}, ${other.name}`,
                by: distanceOf(one.light, other.light),
              }))
              .filter(({ by }) => by < APART),
          );
          expect(near).to.deep.equal([]);
        });
      }
    });
  }
}

it("the lines of the high-contrast theme are seen as well as its texts are read", async () => {
  const text = await (await fetch(new URL("../themes/high-contrast.css", import.meta.url))).text();
  const [, bright = "", dark = ""] = /--credits-border: light-dark\((#\w+), (#\w+)\)/.exec(text) ?? [];
  const probe = document.createElement("i");
  document.body.append(probe);
  const light = (colour: string) => {
    probe.style.color = colour;
    return lightOf(getComputedStyle(probe).color);
  };
  expect(contrastOf(light(bright), light("#fff"))).to.be.at.least(7);
  expect(contrastOf(light(dark), light("#000"))).to.be.at.least(7);
  probe.remove();
});
