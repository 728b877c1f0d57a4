import { parseArgs } from "node:util";
import { resolve } from "node:path";
import { pack } from "./pack.ts";

const { values } = parseArgs({ options: { out: { type: "string", default: "dist/packages" } } });
for (const { name, path } of await pack(resolve(values.out))) process.stdout.write(`${name}: ${path}\n`);
