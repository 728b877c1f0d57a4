import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buildScenes } from "../support/widget-build.ts";
import { openStudio } from "./studio.ts";

/** Where the README finds it. */
const path = join(import.meta.dirname, "../../docs/images/widgets.png");

/** What stands beside what, on a light and on a dark page. */
const COLUMNS = [
  {
    look: "light",
    scenes: [
      ["credits-usage-chart", "three-series"],
      ["credits-grants-table", "loaded"],
    ],
  },
  {
    look: "dark",
    scenes: [
      ["credits-balance", "recurring"],
      ["credits-top-up", "saved-card"],
    ],
  },
];

const SIZE = { width: 1560, height: 832 };
const STYLE = `
  #picture { display: grid; grid-template-columns: 1080px 1fr; overflow: hidden;
    width: ${SIZE.width}px; height: ${SIZE.height}px; }
  #picture > div { display: grid; align-content: start; gap: 20px; padding: 28px; }
  .light { color-scheme: light; background: #eef0f3; }
  .dark { color-scheme: dark; background: #08090b; }
`;

await using studio = await openStudio(await buildScenes());
const { page } = studio;
await page.setViewportSize(SIZE);
await page.addStyleTag({ content: STYLE });
await page.evaluate(`(async () => {
  document.body.innerHTML = '<div id="picture"></div>';
  for (const { look, scenes } of ${JSON.stringify(COLUMNS)}) {
    const column = document.createElement("div");
    column.className = look;
    document.querySelector("#picture").append(column);
    for (const [element, name] of scenes) {
      const place = column.appendChild(document.createElement("div"));
      await all.scenes.find((one) => one.element === element && one.name === name).put(place);
    }
  }
})()`);
await writeFile(path, await page.locator("#picture").screenshot({ animations: "disabled" }));
console.log(path);
