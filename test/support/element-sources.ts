import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

const root = join(import.meta.dirname, "../..");
const IMPORTS = /^(?:import|export)\s(?!type\b)[^;]*?from "(\.[^"]+)";|\bimport\("(\.[^"]+)"\)/gms;

export interface ElementSources {
  /** The texts of all modules that draw an element: its own and those it imports, but for other elements. */
  readonly all: string;
  /** Those that are for it and not for all elements. */
  readonly own: string;
}

export function sourcesOf(name: string): ElementSources {
  const first = join(root, `widgets/src/${name}/${name}.ts`);
  const texts = new Map<string, string>();
  const follow = (path: string): void => {
    if (texts.has(path) || !existsSync(path)) return;
    const text = readFileSync(path, "utf8");
    texts.set(path, text);
    for (const [, there = "", later = there] of text.matchAll(IMPORTS)) {
      const next = resolve(dirname(path), later);
      const [, element] = /widgets\/src\/(credits-[\w-]+)\//.exec(next) ?? [];
      if (element === undefined || element === name) follow(next);
    }
  };
  follow(first);
  const isCommon = (path: string) => /src\/(ui|feed|session|locales)\//.test(path);
  const own = [...texts].filter(([path]) => !isCommon(path)).map(([, text]) => text);
  return { all: [...texts.values()].join("\n"), own: own.join("\n") };
}

const ALIAS = /^\s*(--_[\w-]+):([^;]*);/gm;

/** The public tokens that `drawn` reads, by themselves or by a private name that `all` gives them. */
export function tokensOf(drawn: string, all: string): string[] {
  const aliases = new Map<string, string>();
  for (const [, alias = "", value = ""] of all.matchAll(ALIAS))
    aliases.set(alias, `${aliases.get(alias) ?? ""} ${value}`);
  const used = new Set<string>();
  const use = (text: string): void => {
    for (const [, name = ""] of text.matchAll(/(--(?:_|credits-)[\w-]+)/g)) {
      if (used.has(name)) continue;
      used.add(name);
      use(aliases.get(name) ?? "");
    }
  };
  // Names are read in styles by var(), and by scripts that ask for what a private name became.
  for (const [text] of drawn.replaceAll(ALIAS, "").matchAll(/var\(--[^;]*|"--_[\w-]+"/g)) use(text);
  return [...used].filter((name) => name.startsWith("--credits-")).sort();
}
