import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { z } from "zod";
import { elementsOf, type KitElement } from "../../packages/packing/src/generated/elements.ts";
import { parseManifest } from "../../packages/packing/src/generated/manifest.ts";
import { type Host, makeHost } from "./host.ts";

const described = z.object({ name: z.string(), description: z.string().min(5) });
const told = z.object({ name: z.string(), description: z.object({ value: z.string().min(5) }) });

let host: Host;
let elements: KitElement[];
before(async () => {
  host = await makeHost();
  elements = elementsOf(parseManifest(await read("custom-elements.json")));
});
after(() => host.remove());

const read = (file: string) => readFile(join(host.folder, "node_modules/@credits-kit/widgets", file), "utf8");

async function parsed<Data>(file: string, schema: z.ZodType<Data>): Promise<Data> {
  const parse: (text: string) => unknown = JSON.parse;
  return schema.parse(parse(await read(file)));
}

const names = (found: readonly { name: string }[]) => found.map(({ name }) => name);

test("VS Code completes every tag with its attributes and their values, and tells of events and slots", async () => {
  const attribute = told.extend({
    valueSet: z.string().optional(),
    values: z.array(z.object({ name: z.string() })).optional(),
  });
  const { tags } = await parsed(
    "vscode.html-custom-data.json",
    z.object({ version: z.literal(1.1), tags: z.array(told.extend({ attributes: z.array(attribute) })) }),
  );
  assert.equal(tags.length, 8);
  assert.deepEqual(
    names(tags),
    elements.map(({ tag }) => tag),
  );
  for (const [index, element] of elements.entries()) {
    const tag = tags[index];
    assert.ok(tag);
    assert.deepEqual(names(tag.attributes), names(element.attributes));
    for (const { name } of [...element.events, ...element.slots])
      assert.ok(
        tag.description.value.includes(name && `\`${name}\`: `),
        `${tag.name} does not tell of ${name}`,
      );
  }
  const valuesOf = (tag: string, name: string) =>
    tags.find((one) => one.name === tag)?.attributes.find((one) => one.name === name);
  assert.deepEqual(names(valuesOf("credits-balance", "variant")?.values ?? []), [
    "card",
    "compact",
    "utilization",
  ]);
  // Types that stand in other files are known too.
  assert.ok(names(valuesOf("credits-grants-table", "status")?.values ?? []).includes("payment_pending"));
  assert.equal(valuesOf("credits-balance", "hide-unit")?.valueSet, "v");
});

test("VS Code completes every token and every part, and says where they are", async () => {
  const data = await parsed(
    "vscode.css-custom-data.json",
    z.object({ version: z.literal(1.1), properties: z.array(told), pseudoElements: z.array(told) }),
  );
  const find = (found: readonly z.infer<typeof told>[], name: string) =>
    found.find((one) => one.name === name)?.description.value ?? "";
  for (const { tag, tokens, parts } of elements) {
    for (const { name, description } of tokens) {
      const text = find(data.properties, name);
      assert.ok(text.includes(description) && text.includes(`\`${tag}\``), `${tag} ${name}`);
    }
    for (const { name, description } of parts) {
      const text = find(data.pseudoElements, `::part(${name})`);
      assert.ok(text.includes(description) && text.includes(`\`${tag}\``), `${tag} ${name}`);
    }
  }
  assert.equal(new Set(names(data.properties)).size, data.properties.length, "a token is there twice");
});

test("JetBrains' editors find everything of every element in web-types.json, which package.json names", async () => {
  const { "web-types": file } = await parsed("package.json", z.object({ "web-types": z.string() }));
  const typed = described.extend({ type: z.string() });
  const { contributions } = await parsed(
    file,
    z.object({
      name: z.literal("@credits-kit/widgets"),
      contributions: z.object({
        html: z.object({
          elements: z.array(
            described.extend({
              attributes: z.array(described.extend({ value: z.object({ type: z.unknown() }) })),
              slots: z.array(described),
              js: z.object({ properties: z.array(typed), events: z.array(typed) }),
              css: z.object({ parts: z.array(described) }),
            }),
          ),
        }),
        css: z.object({ properties: z.array(described) }),
      }),
    }),
  );
  const found = contributions.html.elements;
  assert.deepEqual(
    names(found),
    elements.map(({ tag }) => tag),
  );
  for (const [index, element] of elements.entries()) {
    const contribution = found[index];
    assert.ok(contribution);
    assert.deepEqual(names(contribution.attributes), names(element.attributes));
    assert.deepEqual(
      names(contribution.slots),
      element.slots.map(({ name }) => name || "default"),
    );
    assert.deepEqual(names(contribution.js.properties), names(element.properties));
    assert.deepEqual(names(contribution.js.events), names(element.events));
    assert.deepEqual(names(contribution.css.parts), names(element.parts));
    for (const { name } of element.tokens)
      assert.ok(names(contributions.css.properties).includes(name), name);
  }
  const status = found[2]?.attributes.find(({ name }) => name === "status");
  assert.ok(Array.isArray(status?.value.type) && status.value.type.includes('"frozen"'));
});

test("llms.txt tells everything that a page can be built with, on few pages", async () => {
  const text = await read("llms.txt");
  assert.ok(text.length < 25_000, `${text.length} characters`);
  for (const { tag, attributes, properties, methods, events, slots, parts, tokens } of elements) {
    assert.ok(text.includes(`## <${tag}>`), tag);
    for (const { name } of [...attributes, ...events, ...parts, ...tokens])
      assert.ok(text.includes(`\`${name}\``), `${tag} ${name}`);
    for (const { name, attribute } of properties)
      assert.ok(attribute !== undefined || text.includes(`\`${name}\``), `${tag} ${name}`);
    for (const { name } of methods) assert.ok(text.includes(`\`${name}()\``), `${tag} ${name}`);
    for (const { name } of slots)
      assert.ok(text.includes(name ? `\`${name}\`` : "(default)"), `${tag} ${name}`);
  }
});
