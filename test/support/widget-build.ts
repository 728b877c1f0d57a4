import { join } from "node:path";
import { build } from "vite";
import { type Built, keptBuild } from "./kept-build.ts";

const root = join(import.meta.dirname, "../..");

/** The files of the CDN build by name, built into memory: tests see what ships and touch nothing that is served. */
export function buildWidgets(): Promise<Built> {
  return keptBuild("widgets", buildWidgetsAnew);
}

/** The same, built in this process as it is now. */
export function buildWidgetsAnew(): Promise<Built> {
  return buildWith({});
}

/** The same with `scenes.js`, which exports every element in each of its states. */
export function buildScenes(): Promise<Built> {
  return buildWith({ scenes: join(root, "widgets/src/testing/scenes/index.ts") });
}

async function buildWith(entry: Record<string, string>): Promise<Built> {
  const result = await build({
    configFile: join(root, "vite.config.ts"),
    logLevel: "error",
    build: { write: false, lib: { entry } },
  });
  const outputs = [result].flat().flatMap((part) => ("output" in part ? part.output : []));
  return new Map(
    outputs.map((file) => [file.fileName, file.type === "chunk" ? file.code : String(file.source)]),
  );
}
