import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readSurface } from "./read.ts";
import { promiseOf, reportOf } from "./surface.ts";

const root = join(import.meta.dirname, "../..");
const { values } = parseArgs({ options: { publish: { type: "string" } } });
const things = await readSurface();
await writeFile(join(root, "docs/public-api.md"), reportOf(things));
// With a release: from then on its names are promises, and the file is never written again.
if (values.publish !== undefined) {
  const head = `# What release ${values.publish} promised. Never edited: docs/compatibility.md says why.\n`;
  const path = join(import.meta.dirname, `published-${values.publish}.txt`);
  await writeFile(path, `${head}${things.map(promiseOf).join("\n")}\n`, { flag: "wx" });
}
console.log(`docs/public-api.md: ${things.length} things`);
