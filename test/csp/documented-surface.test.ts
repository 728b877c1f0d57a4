import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const root = join(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const guide = read("docs/widgets.md");

/** Each element with the attributes that have another name than their property. */
const ELEMENTS: Record<string, string[]> = {
  "credits-auto-top-up": ["credit-type"],
  "credits-balance": ["credit-type", "time-zone", "fraction-digits", "hide-unit", "top-up"],
  "credits-top-up": ["credit-type"],
};
/** What else is drawn in an element, besides its own folder and the common one. */
const FOLDERS: Record<string, string> = { "credits-auto-top-up": ",paying", "credits-top-up": ",paying" };
/** The way to the auto top-up is an element of its own, inside a balance. */
const ELSEWHERE = ["**/*.test.ts", "widgets/src/credits-auto-top-up/entry*.ts"];

const all = (text: string, pattern: RegExp) =>
  [...new Set([...text.matchAll(pattern)].map(([, name]) => name))].sort();

// Parts, tokens, slots and events are what host pages build on: what is documented exists, and the other way round.

for (const [name, attributes] of Object.entries(ELEMENTS)) {
  const element = read(`widgets/src/${name}/${name}.ts`);
  const sources = globSync(`widgets/src/{${name},ui${FOLDERS[name] ?? ""}}/*.ts`, {
    cwd: root,
    exclude: ELSEWHERE,
  })
    .map(read)
    .join("\n");

  test(`${name} has the parts that it documents, and the guide names them`, () => {
    const documented = all(element, /@csspart (\S+)/g);
    assert.deepEqual(all(sources, / part="([\w-]+)"/g), documented);
    for (const part of documented) assert.ok(guide.includes(`\`${part}\``), `${part} is not in the guide`);
  });

  test(`${name} reads the tokens that it documents, and the guide names them`, () => {
    const documented = all(element, /@cssproperty (\S+)/g);
    assert.deepEqual(all(sources, /var\((--credits-[\w-]+)/g), documented);
    for (const token of documented) assert.ok(guide.includes(`\`${token}\``), `${token} is not in the guide`);
  });

  test(`${name} has the slots and the attributes that the guide names`, () => {
    assert.deepEqual(all(sources, /<slot name="([\w-]+)"/g), all(element, /@slot (\S+)/g));
    assert.deepEqual(all(element, /attribute: "([\w-]+)"/g), attributes.sort());
    for (const attribute of attributes)
      assert.ok(guide.includes(`\`${attribute}\``), `${attribute} is not in the guide`);
  });
}
