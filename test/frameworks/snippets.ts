import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../runner/commands.ts";

/** The code blocks of a document that a comment names, as they stand there. */
export async function snippetsOf(document: string): Promise<ReadonlyMap<string, string>> {
  const text = await readFile(join(root, document), "utf8");
  const blocks = text.matchAll(/<!-- snippet: ([\w-]+) -->\s+```\w+\n([\s\S]*?)```/g);
  return new Map([...blocks].map(([, name = "", code = ""]) => [name, code]));
}

/** How many lines a host has to write: every line that is not empty, brackets that close included. */
export const hostLines = (code: string): number =>
  code.split("\n").filter((line) => line.trim() !== "").length;
