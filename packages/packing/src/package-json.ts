import { z } from "zod";
import { EDITOR_FILES, generatedExports } from "./generated/write.ts";

const exportsMap = z.record(z.string(), z.string());

/** What a workspace's package.json says that its package says too. */
const workspace = z.object({
  name: z.string(),
  version: z.string(),
  description: z.string(),
  license: z.string(),
  sideEffects: z.union([z.boolean(), z.array(z.string())]),
  exports: exportsMap,
  dependencies: z.record(z.string(), z.string()).optional(),
  peerDependencies: z.record(z.string(), z.string()).optional(),
});

export type Workspace = z.infer<typeof workspace>;

/** @throws ZodError where a field is missing that a package needs */
export function parseWorkspace(text: string): Workspace {
  const parse: (text: string) => unknown = JSON.parse;
  return workspace.parse(parse(text));
}

/** `./src/define.ts` is `./dist/define.js` in the package. */
export const compiled = (path: string): string => path.replace("./src/", "./dist/").replace(/\.ts$/, ".js");

/** Types for a framework need the framework's own, where there are any. */
const TYPE_PEERS = { "@types/react": "*", svelte: "*", vue: "*" };

/** The package.json of the package: the same names, which lead to what was compiled. */
export function packageJsonOf(found: Workspace, { customElements }: { customElements: boolean }) {
  const { name, version, description, license, sideEffects } = found;
  const entries = new Map(Object.entries(found.exports).map(([key, path]) => [key, conditionsOf(path)]));
  return {
    ...{ name, version, description, license, type: "module" },
    ...(customElements
      ? { customElements: "./custom-elements.json", "web-types": `./${EDITOR_FILES.webTypes}` }
      : {}),
    exports: {
      ...Object.fromEntries(entries),
      ...(customElements
        ? { ...generatedExports(), "./custom-elements.json": "./custom-elements.json" }
        : {}),
      "./package.json": "./package.json",
    },
    sideEffects: Array.isArray(sideEffects) ? sideEffects.map(compiled) : sideEffects,
    files: ["dist", ...(customElements ? ["custom-elements.json", ...Object.values(EDITOR_FILES)] : [])],
    dependencies: found.dependencies ?? {},
    ...(found.peerDependencies ? { peerDependencies: found.peerDependencies } : {}),
    ...(customElements ? optionalPeers(TYPE_PEERS) : {}),
    engines: { node: ">=20.19" },
  };
}

function optionalPeers(peerDependencies: Record<string, string>) {
  const optional = new Map(Object.keys(peerDependencies).map((name) => [name, { optional: true }]));
  return { peerDependencies, peerDependenciesMeta: Object.fromEntries(optional) };
}

function conditionsOf(path: string): string | { types: string; default: string } {
  const file = compiled(path);
  // Types first: tools take the first condition that fits.
  return path.endsWith(".ts") ? { types: file.replace(/\.js$/, ".d.ts"), default: file } : file;
}
