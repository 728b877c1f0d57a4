import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { type Plugin, transformWithEsbuild } from "vite";

const folder = join(import.meta.dirname, "../src/themes");

/** Puts the ready themes beside the elements, as `themes/<name>.css`: plain CSS that pages link. */
export function themes(): Plugin {
  return {
    name: "cdn-themes",
    async generateBundle() {
      for (const path of globSync(join(folder, "*.css")).sort()) {
        const { code } = await transformWithEsbuild(readFileSync(path, "utf8"), path, {
          loader: "css",
          minify: true,
          sourcemap: false,
        });
        this.emitFile({ type: "asset", fileName: `themes/${basename(path)}`, source: code });
      }
    },
  };
}
