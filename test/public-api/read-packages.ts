import { globSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { parseWorkspace } from "../../packages/packing/src/package-json.ts";
import type { PublicThing } from "./surface.ts";

const root = join(import.meta.dirname, "../..");
const FOLDERS = ["packages/amounts", "packages/contract", "packages/client", "packages/react", "widgets"];

/** What can be imported from the packages, and what lies beside them: themes, languages, the files of the CDN. */
export async function readPackages(): Promise<PublicThing[]> {
  const things: PublicThing[] = [];
  for (const folder of FOLDERS) {
    const { name, exports } = parseWorkspace(await readFile(join(root, folder, "package.json"), "utf8"));
    for (const path of Object.keys(exports).sort()) things.push({ owner: name, kind: "export", name: path });
  }
  const owner = "@credits-kit/widgets";
  const made = ["./custom-elements.json", "./elements", "./jsx", "./svelte", "./vue"];
  return [
    ...things,
    ...made.map((name): PublicThing => ({ owner, kind: "export", name })),
    ...filesOf("widgets/src/themes/*.css").map((name): PublicThing => ({ owner, kind: "theme", name })),
    ...filesOf("widgets/src/locales/*.ts").map((file): PublicThing => {
      return { owner, kind: "language", name: file.replace(/\.ts$/, "") };
    }),
    ...filesOf("widgets/src/cdn/*.ts").map((file): PublicThing => {
      return { owner: "CDN", kind: "file", name: `/cdn/<version>/${file.replace(/\.ts$/, ".js")}` };
    }),
    { owner: "CDN", kind: "file", name: "/cdn/<version>/manifest.json" },
  ];
}

const filesOf = (pattern: string): string[] =>
  globSync(pattern, { cwd: root })
    .map((path) => basename(path))
    .filter((file) => !file.endsWith(".test.ts"))
    .sort();
