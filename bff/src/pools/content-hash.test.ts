import assert from "node:assert/strict";
import { test } from "node:test";
import { canonical, contentHash } from "./content-hash.ts";

test("a digest is 128 bits, in hex, and the same for the same content", () => {
  assert.match(contentHash(["image", 1_000_000n, null]), /^[0-9a-f]{32}$/);
  assert.equal(contentHash(["image", 1_000_000n, null]), contentHash(["image", 1_000_000n, undefined]));
});

test("contents that differ have other digests, also where their texts run together", () => {
  const contents = [
    ["a", "b"],
    ["ab", ""],
    ["", "ab"],
    ["a", null, "b"],
    ["a", "", "b"],
    ["a", "-|b"],
    ["a|1:b"],
    ["a", "b", null],
    [null],
    [""],
    ["-"],
    [],
  ];
  assert.equal(new Set(contents.map(contentHash)).size, contents.length);
});

test("an object's members count in any order, and by their types", () => {
  assert.equal(canonical({ model: "xl", steps: 5 }), canonical({ steps: 5, model: "xl" }));
  assert.notEqual(canonical({ steps: 5 }), canonical({ steps: "5" }));
  assert.notEqual(canonical({}), canonical(null));
  assert.equal(canonical(undefined), null);
});
