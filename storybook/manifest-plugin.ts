import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ts from "typescript";
import type { Plugin } from "vite";
import { writeCustomElements } from "../packages/packing/src/custom-elements.ts";

const widgets = join(import.meta.dirname, "../widgets");
const HOST: ts.ParseConfigFileHost = {
  ...ts.sys,
  onUnRecoverableConfigFileDiagnostic: (fault) => {
    throw new Error(ts.flattenDiagnosticMessageText(fault.messageText, "\n"));
  },
};
const NAME = "virtual:custom-elements";

/** The custom elements manifest, made from the sources as they are now, as JSON in a module's default export. */
export function manifest(): Plugin {
  return {
    name: "custom-elements-manifest",
    resolveId: (id) => (id === NAME ? `\0${NAME}` : undefined),
    load: async (id) =>
      id === `\0${NAME}` ? `export default ${JSON.stringify(await analyze())};` : undefined,
  };
}

async function analyze(): Promise<string> {
  const outDir = await mkdtemp(join(tmpdir(), "credits-kit-manifest-"));
  try {
    const { options = {} } =
      ts.getParsedCommandLineOfConfigFile(join(widgets, "tsconfig.json"), {}, HOST) ?? {};
    const program = ts.createProgram([join(widgets, "src/index.ts")], options);
    await writeCustomElements(widgets, outDir, program);
    return await readFile(join(outDir, "custom-elements.json"), "utf8");
  } finally {
    await rm(outDir, { recursive: true, force: true });
  }
}
