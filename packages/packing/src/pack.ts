import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { globSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { minifyStyles } from "../../../widgets/scripts/minify-css.ts";
import { compile } from "./compile.ts";
import { writeCustomElements } from "./custom-elements.ts";
import { writeGenerated } from "./generated/write.ts";
import { packageJsonOf, parseWorkspace } from "./package-json.ts";
import { transpile } from "./transpile.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const execute = promisify(execFile);

interface Kind {
  isForBrowsers?: boolean;
  hasElements?: boolean;
  /** Whether every export says its type, so that the compiler need not find it out. */
  saysItsTypes?: boolean;
}

/** What is published, each after what it depends on. */
const PUBLISHED: ({ folder: string } & Kind)[] = [
  { folder: "packages/amounts" },
  { folder: "packages/contract" },
  { folder: "packages/client" },
  { folder: "widgets", isForBrowsers: true, hasElements: true },
  { folder: "packages/react", saysItsTypes: true },
];

/** A package as it is published. */
export interface Tarball {
  readonly name: string;
  readonly path: string;
}

/** Packs every package that is published into a folder. */
export async function pack(outDir: string): Promise<Tarball[]> {
  await mkdir(outDir, { recursive: true });
  const stage = await mkdtemp(join(tmpdir(), "credits-kit-packing-"));
  try {
    const tarballs: Tarball[] = [];
    for (const { folder, ...kind } of PUBLISHED)
      tarballs.push(await packOne(join(root, folder), { ...kind, stage, outDir }));
    return tarballs;
  } finally {
    await rm(stage, { recursive: true });
  }
}

interface Places extends Kind {
  stage: string;
  outDir: string;
}

async function packOne(
  folder: string,
  { isForBrowsers = false, hasElements = false, saysItsTypes = false, stage, outDir }: Places,
): Promise<Tarball> {
  const found = parseWorkspace(await readFile(join(folder, "package.json"), "utf8"));
  const place = join(stage, found.name);
  const paths = Object.values(found.exports);
  const entries = paths.filter((path) => path.endsWith(".ts")).map((path) => join(folder, path));
  const source = join(folder, "src");
  const dist = join(place, "dist");
  const program = saysItsTypes ? undefined : compile({ entries, folder: source, isForBrowsers }, dist);
  if (!program) await transpile(source, dist);
  for (const path of paths.filter((one) => !one.endsWith(".ts"))) {
    for (const file of globSync(path, { cwd: folder })) {
      const to = join(place, file.replace(/^(\.\/)?src\//, "dist/"));
      await mkdir(dirname(to), { recursive: true });
      await cp(join(folder, file), to);
    }
  }
  await cp(join(root, "LICENSE"), join(place, "LICENSE"));
  if (program && hasElements) {
    await writeGenerated(await writeCustomElements(folder, place, program), found, place);
    await minifyAllStyles(dist);
  }
  const packageJson = packageJsonOf(found, { customElements: hasElements });
  await writeFile(join(place, "package.json"), `${JSON.stringify(packageJson, null, 2)}\n`);
  const { stdout } = await execute("npm", ["pack", "--json", "--pack-destination", outDir], {
    cwd: place,
  });
  return { name: found.name, path: join(outDir, fileOf(stdout)) };
}

/** No bundler of a host shrinks what is inside a template. */
async function minifyAllStyles(folder: string): Promise<void> {
  for (const file of globSync("**/*.js", { cwd: folder })) {
    const path = join(folder, file);
    const code = await readFile(path, "utf8");
    const small = await minifyStyles(code);
    if (small !== code) await writeFile(path, small);
  }
}

function fileOf(json: string): string {
  const parse: (text: string) => { filename: string }[] = JSON.parse;
  const [packed] = parse(json);
  if (!packed) throw new Error("npm packed nothing");
  return packed.filename;
}
