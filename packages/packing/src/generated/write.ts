import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { elementsOf } from "./elements.ts";
import { jsxTypes, svelteTypes, vueTypes } from "./frameworks.ts";
import { llmsText } from "./llms.ts";
import type { Manifest } from "./manifest.ts";
import { elementTypes } from "./typescript.ts";
import { cssCustomData, htmlCustomData } from "./vs-code.ts";
import { webTypes } from "./web-types.ts";

/** What can be imported that has no source: types of the tags for frameworks. */
const TYPES = { elements: elementTypes, jsx: jsxTypes, vue: vueTypes, svelte: svelteTypes };

/** Files beside the package.json, for editors and readers. */
export const EDITOR_FILES = {
  html: "vscode.html-custom-data.json",
  css: "vscode.css-custom-data.json",
  webTypes: "web-types.json",
  llms: "llms.txt",
} as const;

/** The exports of a package of elements that are made from its manifest. */
export const generatedExports = (): Record<string, { types: string; default: string }> =>
  Object.fromEntries(
    Object.keys(TYPES).map((name) => [
      `./${name}`,
      { types: `./dist/${name}.d.ts`, default: `./dist/${name}.js` },
    ]),
  );

/**
 * Writes into a package what is made from its manifest.
 * @throws Error where the documentation of an element lacks something
 */
export async function writeGenerated(
  manifest: Manifest,
  found: { name: string; version: string },
  place: string,
): Promise<void> {
  const elements = elementsOf(manifest);
  const json = (data: object) => `${JSON.stringify(data, null, 2)}\n`;
  const files: Record<string, string> = {
    [EDITOR_FILES.html]: json(htmlCustomData(elements)),
    [EDITOR_FILES.css]: json(cssCustomData(elements)),
    [EDITOR_FILES.webTypes]: json(webTypes(elements, found)),
    [EDITOR_FILES.llms]: llmsText(elements),
  };
  for (const [name, write] of Object.entries(TYPES)) {
    files[`dist/${name}.d.ts`] = write(elements);
    // Who imports types without saying so finds a module all the same.
    files[`dist/${name}.js`] = "export {};\n";
  }
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(place, file)), { recursive: true });
    await writeFile(join(place, file), text);
  }
}
