import assert from "node:assert/strict";
import { globSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { before, test } from "node:test";
import { readSurface } from "./read.ts";
import { brokenPromises, promiseOf, type PublicThing, reportOf } from "./surface.ts";

const root = join(import.meta.dirname, "../..");
let things: PublicThing[];
before(async () => {
  things = await readSurface();
});

test("the public surface is the one that is committed: a change of it shows in a diff", async () => {
  const committed = await readFile(join(root, "docs/public-api.md"), "utf8");
  assert.equal(committed, reportOf(things), "run npm run api, and read the diff of docs/public-api.md");
});

test("nothing that a release has promised is gone", async () => {
  const releases = globSync("published-*.txt", { cwd: import.meta.dirname });
  assert.ok(releases.length > 0);
  for (const release of releases) {
    const published = await readFile(join(import.meta.dirname, release), "utf8");
    const broken = brokenPromises(things, published);
    assert.deepEqual(broken, [], `promised in ${release}; docs/compatibility.md says how things go`);
  }
});

for (const kind of [
  "attribute",
  "property",
  "method",
  "event",
  "slot",
  "part",
  "token",
  "export",
  "answer",
]) {
  test(`one ${kind} that is taken away is found by its name, and one that is new is none of this`, () => {
    const published = things.map(promiseOf).join("\n");
    const gone = things.findLast((thing) => thing.kind === kind);
    assert.ok(gone, `there is no ${kind}`);
    const fewer = things.filter((thing) => promiseOf(thing) !== promiseOf(gone));
    assert.deepEqual(brokenPromises(fewer, published), [promiseOf(gone)]);
    const more = [...things, { owner: gone.owner, kind, name: "brand-new" }];
    assert.deepEqual(brokenPromises(more, published), []);
  });
}

test("the surface holds each element with parts, tokens and events", () => {
  const owners = new Set(things.map(({ owner }) => owner).filter((owner) => owner.startsWith("<")));
  assert.equal(owners.size, 8);
  for (const kind of ["part", "token", "event", "attribute"]) {
    const having = new Set(things.filter((thing) => thing.kind === kind).map(({ owner }) => owner));
    assert.ok(having.size >= 7, `only ${having.size} elements have a ${kind}`);
  }
});
