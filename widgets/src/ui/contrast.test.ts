import { expect } from "@open-wc/testing";
import { CreditsBalance } from "../credits-balance/credits-balance.ts";
import "../credits-balance/define.ts";

/** Text of 4.5:1 on every ground it stands on, drawings of 3:1. */
const PAIRS: [ink: string, ground: string, least: number][] = [
  ["text", "surface", 4.5],
  ["text", "sunken", 4.5],
  ["muted", "surface", 4.5],
  ["muted", "sunken", 4.5],
  ["on-accent", "accent", 4.5],
  ["accent", "surface", 3],
  ["accent", "sunken", 3],
  ["accent", "accent-soft", 3],
  ["warning", "warning-soft", 4.5],
  ["danger", "danger-soft", 4.5],
  ["danger", "surface", 4.5],
  ["danger", "sunken", 4.5],
];

for (const theme of ["light", "dark"] as const) {
  describe(`in the ${theme} theme`, () => {
    const element = new CreditsBalance();
    const probe = document.createElement("i");
    before(async () => {
      element.theme = theme;
      document.body.append(element);
      await element.updateComplete;
      element.shadowRoot?.append(probe);
    });
    after(() => element.remove());

    const luminance = (token: string) => {
      probe.style.color = `color-mix(in srgb, var(--_${token}), var(--_${token}))`;
      const [red = 0, green = 0, blue = 0] =
        getComputedStyle(probe)
          .color.match(/[\d.]+/g)
          ?.map(Number) ?? [];
      const linear = (part: number) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
      return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    };

    for (const [ink, ground, least] of PAIRS) {
      it(`${ink} stands out from ${ground} by ${least}`, () => {
        const [dark = 0, bright = 0] = [luminance(ink), luminance(ground)].sort((a, b) => a - b);
        expect((bright + 0.05) / (dark + 0.05)).to.be.at.least(least);
      });
    }
  });
}
