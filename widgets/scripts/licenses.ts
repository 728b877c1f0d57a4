import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Plugin } from "vite";

const require = createRequire(import.meta.url);
const BUNDLED = [
  "lit",
  "lit-html",
  "@lit/reactive-element",
  "lit-element",
  "@stripe/stripe-js",
  "chart.js",
  "@kurkle/color",
];

/** Puts the licences of what is bundled beside the files: minifying took their notices out of the code. */
export function licenses(): Plugin {
  return {
    name: "third-party-licenses",
    generateBundle() {
      const source = BUNDLED.map((name) => `${name}\n\n${licenseOf(name)}`).join("\n\n---\n\n");
      this.emitFile({ type: "asset", fileName: "third-party-licenses.txt", source });
    },
  };
}

function licenseOf(name: string): string {
  const folders = require.resolve.paths(name) ?? [];
  for (const folder of folders) {
    const file = ["LICENSE", "LICENSE.md"].map((license) => join(folder, name, license)).find(existsSync);
    // The next folder up may have it.
    if (file) return readFileSync(file, "utf8").trim();
  }
  throw new Error(`${name} has no licence file in ${dirname(folders[0] ?? "")}`);
}
