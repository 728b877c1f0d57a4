import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../runner/commands.ts";

/** What counts of code, whoever wrapped its lines. */
const squeeze = (code: string): string => code.replace(/\s+/g, "").replace(/;$/, "");

/** Compares the blocks of the document with the apps that they are said to be from. */
export function documentedBlocks(): void {
  test("the code for each framework is code of an app that is built and used", async () => {
    const document = await readFile(join(root, "docs/frameworks.md"), "utf8");
    const blocks = [...document.matchAll(/<!-- from: (\S+) -->\s+```\w+\n([\s\S]*?)```/g)];
    assert.ok(blocks.length >= 10);
    for (const [, file = "", code = ""] of blocks) {
      const source = await readFile(join(import.meta.dirname, "apps", file), "utf8");
      assert.ok(squeeze(source).includes(squeeze(code)), `${file} has no\n${code}`);
    }
  });
}
