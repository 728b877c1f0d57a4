import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { PNG } from "pngjs";
import { buildScenes } from "../support/widget-build.ts";
import { differenceOf } from "./compare.ts";
import { looks, measureOf } from "./looks.ts";
import { type Shot, sheetOf } from "./sheet.ts";
import { openStudio } from "./studio.ts";

const baselines = join(import.meta.dirname, "baselines");
const failures = join(import.meta.dirname, "failures");

const { values } = parseArgs({
  options: { update: { type: "boolean", default: false }, only: { type: "string", default: "" } },
});

await rm(failures, { recursive: true, force: true });
await using studio = await openStudio(await buildScenes());
const elements = [...new Set(studio.scenes.map(({ element }) => element))];
const found: string[] = [];
let sheets = 0;
for (const element of elements) {
  for (const look of looks) {
    const name = `${element}.${look.name}`;
    if (!name.includes(values.only)) continue;
    const scenes = studio.scenes.filter(
      (scene) => scene.element === element && (look.only?.includes(scene.name) ?? true),
    );
    if (scenes.length === 0) continue;
    const shots: Shot[] = [];
    for (const scene of scenes) shots.push({ name: scene.name, picture: await studio.shoot(scene, look) });
    const sheet = sheetOf(shots, measureOf(element, look).columns);
    const text = await (values.update ? store(name, sheet) : compare(name, sheet));
    sheets += 1;
    if (text) found.push(`${name} ${text}`);
  }
}
if (found.length > 0) {
  console.error(found.join("\n"));
  console.error(`Look at ${failures}. If it is meant: npm run screenshots -- --update`);
  process.exitCode = 1;
} else
  console.log(
    `${sheets} sheets of ${studio.scenes.length} scenes ${values.update ? "stored" : "look as they did"}`,
  );

type Sheet = ReturnType<typeof sheetOf>;

async function store(name: string, { sheet, scenes }: Sheet): Promise<undefined> {
  await mkdir(baselines, { recursive: true });
  const path = join(baselines, `${name}.png`);
  // What looks the same stays as it is, so that history holds what changed.
  if (existsSync(path) && !differenceOf(sheet, PNG.sync.read(await readFile(path)), scenes)) return;
  // Rounded colours, well within what is tolerated, make it half as large.
  sheet.data.forEach((value, index) => (sheet.data[index] = value > 251 ? 255 : value & 0xfc));
  await writeFile(
    path,
    PNG.sync.write(sheet, { colorType: 2, deflateLevel: 9, deflateStrategy: 0, filterType: 0 }),
  );
}

async function compare(name: string, { sheet, scenes }: Sheet): Promise<string | undefined> {
  const path = join(baselines, `${name}.png`);
  const difference = existsSync(path)
    ? differenceOf(sheet, PNG.sync.read(await readFile(path)), scenes)
    : { text: "has no baseline" };
  if (!difference) return undefined;
  await mkdir(failures, { recursive: true });
  await writeFile(join(failures, `${name}.actual.png`), PNG.sync.write(sheet));
  if ("picture" in difference && difference.picture)
    await writeFile(join(failures, `${name}.difference.png`), PNG.sync.write(difference.picture));
  return difference.text;
}
