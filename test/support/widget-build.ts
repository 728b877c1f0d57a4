import { join } from "node:path";
import { build } from "vite";

const root = join(import.meta.dirname, "../..");

/** The files of the CDN build by name, built into memory: tests see what ships and touch nothing that is served. */
export async function buildWidgets(): Promise<ReadonlyMap<string, string>> {
  const result = await build({
    configFile: join(root, "vite.config.ts"),
    logLevel: "error",
    build: { write: false },
  });
  const outputs = [result].flat().flatMap((part) => ("output" in part ? part.output : []));
  return new Map(
    outputs.map((file) => [file.fileName, file.type === "chunk" ? file.code : String(file.source)]),
  );
}
