import { expect } from "@open-wc/testing";
import "axe-core/axe.min.js";
import { ownFrames } from "../own-frames.ts";
import { nodesIn } from "../theming-look.ts";
import { scenes } from "./index.ts";

interface AxeResults {
  violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[];
}

declare const axe: { run(context: Element, options: object): Promise<AxeResults> };

/** A phone that is dark and reads from the right, and a desk. */
const PLACES = [
  { width: "360px", scheme: "dark", dir: "rtl", ground: "#0b0c0e" },
  { width: "1120px", scheme: "light", dir: "ltr", ground: "#f2f3f5" },
] as const;

/** What fades in is looked at once it is there. */
function finishMoving(page: Element): void {
  const moving = nodesIn(page).flatMap(({ shadowRoot }) => shadowRoot?.getAnimations() ?? []);
  for (const animation of moving)
    if (animation.effect?.getComputedTiming().endTime !== Infinity) animation.finish();
}

for (const element of new Set(scenes.map((scene) => scene.element))) {
  describe(`axe finds nothing in the stories of ${element}, at 360 and at 1120 px`, () => {
    let giveFramesBack = () => {};
    let page: HTMLElement;
    beforeEach(() => {
      giveFramesBack = ownFrames();
      page = document.createElement("main");
      document.body.append(page);
    });
    afterEach(() => {
      page.remove();
      giveFramesBack();
    });

    for (const { name, put } of scenes.filter((scene) => scene.element === element)) {
      it(name, async () => {
        for (const { width, scheme, dir, ground } of PLACES) {
          page.dir = dir;
          page.style.cssText = `width: ${width}; color-scheme: ${scheme}; background: ${ground}`;
          await put(page);
          finishMoving(page);
          const { violations } = await axe.run(page, { resultTypes: ["violations"] });
          const found = violations.map(
            ({ id, nodes }) =>
              `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join("; ")}`,
          );
          expect(found, `${width} wide`).to.deep.equal([]);
        }
      });
    }
  });
}
