import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeWrappers, wrappersFolder } from "./generated/wrappers.ts";

await mkdir(wrappersFolder, { recursive: true });
for (const [name, code] of await makeWrappers()) await writeFile(join(wrappersFolder, name), code);
