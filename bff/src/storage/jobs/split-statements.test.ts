import assert from "node:assert/strict";
import { test } from "node:test";
import { splitStatements } from "./split-statements.ts";

test("statements end at their semicolons, and nowhere inside of texts, bodies and comments", () => {
  const parts = [
    "BEGIN",
    "select 'a;b', 'it''s; fine', \"odd;name\"",
    "create function f() returns void as $$ begin perform 1; end; $$ language plpgsql",
    "do $tag$ begin execute $$ select 1; $$; end $tag$",
    "-- a comment; with one\nselect 2",
    "COMMIT",
  ];
  assert.deepEqual(splitStatements(`\n  ${parts.join(";\n  ")};\n`), parts);
});

test("one statement alone stays whole", () => {
  assert.deepEqual(splitStatements("select 1"), ["select 1"]);
  assert.deepEqual(splitStatements(" ; ;"), []);
});
