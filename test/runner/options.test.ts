import assert from "node:assert/strict";
import { test } from "node:test";
import { parseOptions } from "./options.ts";

const known = ["lint", "types", "node"];

test("without arguments every step runs", () => {
  assert.deepEqual(parseOptions([], known), { only: known, files: undefined });
});

test("steps and files can be picked, unknown ones are refused", () => {
  const options = parseOptions(["--only", "types, node", "--files", "bff/**"], known);
  assert.deepEqual(options, { only: ["types", "node"], files: "bff/**" });
  assert.throws(() => parseOptions(["--only", "tests"], known), /Unknown step tests/);
});
