import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { makeWrappers, wrappersFolder } from "../../packages/packing/src/generated/wrappers.ts";
import { type Host, makeHost } from "./host.ts";

const execute = promisify(execFile);
const react18 = join(import.meta.dirname, "../frameworks/apps/react-18/node_modules");

let host: Host;
before(async () => {
  host = await makeHost(["react", "react-dom"]);
});
after(() => host.remove());

test("the components are those of the elements as they are", async () => {
  for (const [name, code] of await makeWrappers()) {
    const found = await readFile(join(wrappersFolder, name), "utf8").catch(() => "");
    assert.ok(found === code, `${name} is stale: run node packages/packing/src/write-wrappers.ts`);
  }
});

test("one component brings one element, and weighs less than 1 kB beside it and React", async () => {
  const { outputFiles, metafile } = await build({
    stdin: {
      contents: 'export { CreditsBalance } from "@credits-kit/react"',
      resolveDir: host.folder,
    },
    ...{ bundle: true, minify: true, write: false, format: "esm", metafile: true, legalComments: "none" },
    external: ["react", "@credits-kit/widgets/*"],
  });
  const [code] = outputFiles;
  assert.ok(code);
  const weight = gzipSync(code.contents, { level: 9 }).byteLength;
  assert.ok(weight < 1024, `${weight} B`);
  const brought = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  assert.deepEqual(brought.sort(), [
    "@credits-kit/widgets/credits-balance",
    "@credits-kit/widgets/credits-balance/define",
    "react",
  ]);
});

const page = `
import { createElement, version } from "react";
import { renderToString } from "react-dom/server";
import { CreditsSession } from "@credits-kit/react";
import { CreditsBalance } from "@credits-kit/react/credits-balance";
const balance = createElement(
  CreditsBalance,
  { variant: "compact", appearance: { accent: "#0b7" }, lang: "de", className: "mine", onTopUpRequest() {} },
  createElement("h2", { slot: "header" }, "Credits"),
);
const page = createElement(CreditsSession, { sessionToken: "secret", fetchSession: async () => {} }, balance);
console.log(version, renderToString(page));
`;

/** What a server sends: no property of an element, as it cannot be in HTML, and no token above all. */
const HTML =
  '<credits-session><credits-balance lang="de" class="mine"><h2 slot="header">Credits</h2></credits-balance></credits-session>';

test("React 18 and 19 render components on a server, and leave properties to the browser", async () => {
  const render = async () => {
    const { stdout, stderr } = await execute(process.execPath, ["--input-type=module", "-e", page], {
      cwd: host.folder,
    });
    assert.equal(stderr, "");
    return stdout.trim();
  };
  assert.match(await render(), new RegExp(`^19\\..* ${HTML}$`));
  for (const name of ["react", "react-dom"]) {
    const place = join(host.folder, "node_modules", name);
    await rm(place);
    await symlink(join(react18, name), place);
  }
  assert.match(await render(), new RegExp(`^18\\..* ${HTML}$`));
});
