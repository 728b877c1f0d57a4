import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { sourcesOf, tokensOf } from "../support/element-sources.ts";

const root = join(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const guide = read("docs/widgets.md");

const ELEMENTS = [
  "credits-auto-top-up",
  "credits-balance",
  "credits-grants-table",
  "credits-ledger",
  "credits-top-up",
  "credits-usage-chart",
  "credits-utilization-portal",
];

const all = (text: string, pattern: RegExp) =>
  [...new Set([...text.matchAll(pattern)].map(([, name = ""]) => name))].sort();

// Parts, tokens, slots and events are what host pages build on: what is documented exists, and the other way round.

for (const name of ELEMENTS) {
  const element = read(`widgets/src/${name}/${name}.ts`);
  const { all: sources, own } = sourcesOf(name);

  test(`${name} has the parts that it documents, and the guide names them`, () => {
    const documented = all(element, /@csspart (\S+)/g);
    const drawn = all(sources, / part="([\w-]+)"/g);
    assert.deepEqual(
      drawn.filter((part) => !documented.includes(part)),
      [],
    );
    for (const part of documented) {
      assert.ok(sources.includes(`"${part}"`), `${part} is nowhere`);
      assert.ok(guide.includes(`\`${part}\``), `${part} is not in the guide`);
    }
  });

  test(`${name} reads the tokens that it documents, and the guide names them`, () => {
    const documented = all(element, /@cssproperty (\S+)/g);
    const known = tokensOf(sources, sources);
    assert.deepEqual(
      documented.filter((token) => !known.includes(token)),
      [],
    );
    assert.deepEqual(
      tokensOf(own, sources).filter((token) => !documented.includes(token)),
      [],
    );
    for (const token of documented) assert.ok(guide.includes(`\`${token}\``), `${token} is not in the guide`);
  });

  test(`${name} has the slots and the attributes that the guide names`, () => {
    assert.deepEqual(all(sources, /<slot name="([\w-]+)"/g), all(element, /@slot (\S+)/g));
    const attributes = all(sources, /attribute: "([\w-]+)"/g);
    assert.ok(attributes.includes("session-url"));
    for (const attribute of attributes)
      assert.ok(guide.includes(`\`${attribute}\``), `${attribute} is not in the guide`);
  });
}
