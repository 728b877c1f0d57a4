import assert from "node:assert/strict";
import { test } from "node:test";
import { parseOptions } from "./options.ts";

const known = ["lint", "types", "node"];

test("without arguments every step runs", () => {
  assert.deepEqual(parseOptions([], known), { only: known, files: undefined, seed: 20_261_122 });
});

test("steps and files can be picked, unknown ones are refused", () => {
  const options = parseOptions(["--only", "types, node", "--files", "bff/**", "--seed", "7"], known);
  assert.deepEqual(options, { only: ["types", "node"], files: "bff/**", seed: 7 });
  assert.throws(() => parseOptions(["--only", "tests"], known), /Unknown step tests/);
});

test("a fresh seed is another one each time, and what is no seed is refused", () => {
  const seeds = Array.from({ length: 5 }, () => parseOptions(["--seed", "fresh"], known).seed);
  assert.ok(new Set(seeds).size > 1);
  for (const wrong of ["-1", "1.5", "x", "2147483648", ""]) {
    assert.throws(() => parseOptions([`--seed=${wrong}`], known), /--seed must be/, wrong);
  }
});
