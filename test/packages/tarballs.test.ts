import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, globSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import type { Tarball } from "../../packages/packing/src/pack.ts";
import { type Host, makeHost } from "./host.ts";

const execute = promisify(execFile);

/** Old ways to find packages, which know no exports and no modules: these packages are for what came after. */
const OLD = new Set(["node10", "node16-cjs"]);

let host: Host;
let folder: string;
let tarballs: readonly Tarball[];
before(async () => {
  host = await makeHost(["react"]);
  ({ folder, tarballs } = host);
});
after(() => host.remove());

test("publint has nothing to say of any package", async () => {
  for (const { name, path } of tarballs) {
    const { buffer, byteOffset, byteLength } = await readFile(path);
    const tarball = buffer.slice(byteOffset, byteOffset + byteLength);
    assert.ok(tarball instanceof ArrayBuffer);
    const { messages, pkg } = await publint({ pack: { tarball }, strict: true });
    assert.deepEqual(
      messages.map((message) => formatMessage(message, pkg)),
      [],
      name,
    );
  }
});

test("types are found and right wherever ES modules are", async () => {
  for (const { name, path } of tarballs) {
    const found = await checkPackage(createPackageFromTarballData(new Uint8Array(await readFile(path))));
    assert.ok(found.types, `${name} has no types`);
    const problems = found.problems.filter(
      (problem) => !("resolutionKind" in problem && OLD.has(problem.resolutionKind)),
    );
    assert.deepEqual(problems, [], name);
  }
});

test("what can be imported is what was agreed on", async () => {
  const elements = ["auto-top-up", "balance", "grants-table", "ledger", "session", "top-up"]
    .concat("usage-chart", "utilization-portal")
    .map((name) => `./credits-${name}`);
  const others = ["./custom-elements.json", "./define", "./package.json", "./themes/*.css"];
  const types = ["./elements", "./jsx", "./svelte", "./vue"];
  assert.deepEqual(
    (await exportsOf("@credits-kit/widgets")).sort(),
    [".", ...elements, ...elements.map((path) => `${path}/define`), ...others, ...types].sort(),
  );
  assert.deepEqual(
    (await exportsOf("@credits-kit/react")).sort(),
    [".", ...elements, "./package.json"].sort(),
  );
});

test("every module can be imported where there is no page, and defines nothing there", async () => {
  for (const { name } of tarballs) {
    const paths = (await exportsOf(name)).filter((path) => !/json$|css$/.test(path));
    const specifiers = paths.map((path) => JSON.stringify(name + path.slice(1)));
    const script = `for (const name of [${specifiers.join(", ")}]) await import(name);`;
    await execute(process.execPath, ["--input-type=module", "-e", script], { cwd: folder });
  }
});

test("no module of a package names one that is not in it", async () => {
  let looked = 0;
  for (const { name } of tarballs) {
    const dist = join(folder, "node_modules", name, "dist");
    for (const file of globSync("**/*.{js,d.ts}", { cwd: dist })) {
      const path = join(dist, file);
      const text = (await readFile(path, "utf8")).replaceAll(/\/\*[^]*?\*\//g, "");
      for (const [, specifier = ""] of text.matchAll(/(?:from |import\(|import )"(\.\.?\/[^"]+)"/g)) {
        looked += 1;
        const there = join(dirname(path), specifier);
        const module = file.endsWith(".d.ts") ? there.replace(/\.js$/, ".d.ts") : there;
        assert.ok(existsSync(module), `${name}/dist/${file} imports ${specifier}`);
      }
    }
  }
  assert.ok(looked > 500);
});

/** Packages that only the types for a framework name, which whoever has that framework has. */
const FRAMEWORKS = { "jsx.d.ts": "react", "vue.d.ts": "vue", "svelte.d.ts": "svelte" };

test("no module of a package names a package that is not among its dependencies", async () => {
  for (const { name } of tarballs) {
    const place = join(folder, "node_modules", name);
    const parse: (text: string) => Record<"dependencies" | "peerDependencies", object | undefined> =
      JSON.parse;
    const { dependencies, peerDependencies } = parse(await readFile(join(place, "package.json"), "utf8"));
    const known = new Set(Object.keys({ ...dependencies, ...peerDependencies }));
    for (const file of globSync("dist/**/*.{js,d.ts}", { cwd: place })) {
      const text = await readFile(join(place, file), "utf8");
      const framework = Object.entries(FRAMEWORKS).find(([types]) => file === join("dist", types))?.[1];
      for (const [, specifier = ""] of text.matchAll(/(?:from |import\(|import )"([^."][^"]*)"/g)) {
        const [, named = ""] = /^(@[^/]+\/[^/]+|[^/]+)/.exec(specifier) ?? [];
        assert.ok(known.has(named) || named === framework, `${name}/${file} imports ${specifier}`);
      }
    }
  }
});

test("the manifest describes every element of the kit, with what it inherits and nothing internal", async () => {
  const text = await readFile(join(folder, "node_modules/@credits-kit/widgets/custom-elements.json"), "utf8");
  const parse: (text: string) => Manifest = JSON.parse;
  const elements = parse(text)
    .modules.flatMap(({ declarations }) => declarations)
    .filter(({ tagName }) => tagName !== undefined);
  assert.equal(elements.length, 8);
  for (const {
    tagName = "",
    summary,
    status,
    since,
    attributes = [],
    members = [],
    events = [],
  } of elements) {
    assert.ok(summary, `${tagName} has no summary`);
    assert.match(status ?? "", /^(stable|experimental|deprecated)$/, `${tagName} has no status`);
    assert.match(since ?? "", /^\d+\.\d+\.\d+$/, `${tagName} does not say since when it is there`);
    assert.ok(
      events.every(({ name, description }) => name?.startsWith("credits-") && description),
      `${tagName} has events without a word`,
    );
    const names = attributes.map(({ name }) => name);
    for (const name of ["session-url", "customer", "theme"]) assert.ok(names.includes(name), tagName);
    for (const { name, privacy } of members)
      assert.ok(
        name !== "hubChanged" && privacy !== "private" && privacy !== "protected",
        `${tagName}.${name}`,
      );
  }
});

interface Manifest {
  modules: { declarations: Element[] }[];
}

interface Element {
  tagName?: string;
  summary?: string;
  status?: string;
  since?: string;
  attributes?: { name: string }[];
  members?: { name: string; privacy?: string }[];
  events?: { name?: string; description?: string }[];
}

async function exportsOf(name: string): Promise<string[]> {
  const parse: (text: string) => { exports: object } = JSON.parse;
  const text = await readFile(join(folder, "node_modules", name, "package.json"), "utf8");
  return Object.keys(parse(text).exports);
}
