import { expect } from "@open-wc/testing";
import "../credits-usage-chart/define.ts";
import "../credits-utilization-portal/define.ts";
import { until } from "../testing/fake-clock.ts";

const WIDTHS = ["320px", "700px", "1100px"];

/** What the rounding of a line's height may take. */
const MOST_PX = 2;

/** Elements of which all but the skeleton is a file that follows: no test in this file loads it before. */
for (const tag of ["credits-usage-chart", "credits-utilization-portal"] as const) {
  it(`${tag} keeps the height of its skeleton when the rest of its code comes before its data`, async () => {
    const place = document.createElement("div");
    const element = document.createElement(tag);
    element.fetchSession = () => new Promise<never>(() => undefined);
    place.append(element);
    document.body.append(place);
    await element.updateComplete;
    const heights = () =>
      WIDTHS.map((width) => {
        place.style.width = width;
        return element.getBoundingClientRect().height;
      });
    const sheets = () => element.shadowRoot?.adoptedStyleSheets.length ?? 0;

    const before = { heights: heights(), sheets: sheets() };
    await until("the styles of the rest", () => sheets() > before.sheets);
    await element.updateComplete;
    const shifts = heights().map((height, place) => Math.abs(height - (before.heights[place] ?? 0)));
    expect(Math.max(...shifts), `${before.heights.join(", ")}, then ${heights().join(", ")}`).to.be.at.most(
      MOST_PX,
    );
    expect(Math.min(...before.heights)).to.be.greaterThan(100);
    place.remove();
  });
}
