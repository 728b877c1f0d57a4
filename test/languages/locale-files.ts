import { readdirSync } from "node:fs";
import { join, relative } from "node:path";

export const LOCALES = join(import.meta.dirname, "../../widgets/src/locales");

/** Languages of the kit besides English, which is in the elements themselves. */
export const LANGUAGES = ["ar", "de", "es", "fr", "ja"];

/** A text, or what writes one. */
export type Text = string | ((...given: string[]) => string);

/** The folders of texts, by their paths in `locales`; the empty one is of what all elements say. */
export function folders(): string[] {
  const inside = readdirSync(LOCALES, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  // What is said of a balance is in the other languages' common file.
  return ["", ...inside.map(({ name }) => name).filter((name) => name !== "balance")].sort();
}

/** All files of texts, without their endings: `portal/fr`. */
export function fileNames(): string[] {
  return readdirSync(LOCALES, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => name.slice(0, -".ts".length));
}

/** The English texts of a folder, by their paths: `columns.status`. Those of forms are in files of their own. */
export async function englishOf(folder: string): Promise<Map<string, Text>> {
  const names = folder === "" ? ["en", "balance/en"] : [`${folder}/en`, `${folder}/en-form`];
  const there = new Set(fileNames());
  const files = await Promise.all(names.filter((name) => there.has(name)).map(textsIn));
  return new Map(files.flatMap((texts) => [...texts]));
}

/** The texts of a folder in another language, by their paths. */
export function textsOf(folder: string, language: string): Promise<Map<string, Text>> {
  return textsIn(join(folder, language));
}

async function textsIn(name: string): Promise<Map<string, Text>> {
  const module: unknown = await import(join(LOCALES, `${name}.ts`));
  if (typeof module !== "object" || module === null) throw new Error(`${name} is no module`);
  const exported: unknown[] = Object.values(module);
  return new Map(exported.flatMap((texts) => [...flat(texts)]));
}

function* flat(texts: unknown, path = ""): Generator<[string, Text]> {
  if (typeof texts === "string") yield [path, texts];
  else if (isWriter(texts)) yield [path, texts];
  else if (typeof texts === "object" && texts !== null) {
    const entries: [string, unknown][] = Object.entries(texts);
    for (const [name, value] of entries) yield* flat(value, path ? `${path}.${name}` : name);
  } else throw new Error(`${path} is no text`);
}

function isWriter(value: unknown): value is (...given: string[]) => string {
  return typeof value === "function";
}

/** A path as people read it. */
export const inProject = (path: string) => relative(join(import.meta.dirname, "../.."), path);
