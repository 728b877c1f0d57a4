import assert from "node:assert/strict";
import { resolve } from "node:path";
import { test } from "node:test";
import { ConfigError } from "@credits-kit/bff";
import { parseArchiveOptions, readArchiveRequest } from "./archive.ts";

test("a date is midnight in UTC, a time is what it says, and the directory is where we are", () => {
  assert.deepEqual(parseArchiveOptions(["--before", "2026-01-01", "--out", "old"]), {
    before: Date.UTC(2026, 0, 1),
    directory: resolve("old"),
    json: false,
  });
  assert.deepEqual(parseArchiveOptions(["--json", "--out=/old", "--before=2026-01-01T01:30:00+01:30"]), {
    before: Date.UTC(2026, 0, 1),
    directory: "/old",
    json: true,
  });
});

test("options that do not say what to archive, and where to, are refused", () => {
  for (const options of [
    [],
    ["--before", "2026-01-01"],
    ["--out", "."],
    ["--before", "2026-01-01", "--out", ""],
    ["--before", "yesterday", "--out", "."],
    ["--before", "2026-13-01", "--out", "."],
    ["--before", "2026-01-01T10:00", "--out", "."],
    ["--before", "1767225600000", "--out", "."],
    ["--before", "2026-01-01", "--out", ".", "--force"],
    ["--before", "2026-01-01", "--out", ".", "more"],
  ]) {
    assert.throws(() => parseArchiveOptions(options), ConfigError, options.join(" "));
  }
});

test("a request survives the way to the process that has the database, and nothing else passes for one", () => {
  const request = { before: 1, directory: "/a directory/with spaces" };
  assert.deepEqual(readArchiveRequest(JSON.stringify(request)), request);
  for (const other of ["null", "{}", '{"before":"1","directory":"/"}', '{"before":1}', "nothing"]) {
    assert.throws(() => readArchiveRequest(other));
  }
});
