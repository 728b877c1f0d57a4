import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { EXPORT_KINDS, exportColumns, exportEnd, exportRows } from "./exports.ts";

const guide = readFileSync(new URL("../../../../docs/exports.md", import.meta.url), "utf8");

/** The columns that the guide lists under a heading, as `name type description`. */
function documented(kind: string): string[] {
  const [, section = ""] = guide.split(`\n### ${kind}\n`);
  const [own = ""] = section.split("\n### ");
  return [...own.matchAll(/^\| `(\w+)`\s*\| (\w+\??)\s*\| (.*?)\s*\|$/gm)].map((match) =>
    match.slice(1).join(" "),
  );
}

describe("the guide of exports", () => {
  for (const kind of EXPORT_KINDS) {
    test(`lists the columns of ${kind} as they are, in their order`, () => {
      const columns = exportColumns(kind).map(
        ({ name, type, isNullable, description }) => `${name} ${type}${isNullable ? "?" : ""} ${description}`,
      );
      assert.deepEqual(documented(kind), columns);
    });
  }

  test("names every type of column", () => {
    const types = new Set(EXPORT_KINDS.flatMap((kind) => exportColumns(kind).map(({ type }) => type)));
    for (const type of types) assert.match(guide, new RegExp(`^\\| \`${type}\``, "m"));
  });
});

describe("the rows of exports", () => {
  test("begin with whose they are, and say a reference of the host's wherever a grant is meant", () => {
    for (const kind of EXPORT_KINDS) {
      const names = exportColumns(kind).map(({ name }) => name);
      for (const name of ["customer_id", "credit_type_id", "resource_id"])
        assert.ok(names.includes(name), kind);
      assert.ok(names.includes(kind === "usage" ? "external_references" : "external_reference"), kind);
      for (const name of names) assert.match(name, /^[a-z]+(_[a-z]+)*$/);
    }
  });

  test("can be told from the end of a file", () => {
    for (const kind of EXPORT_KINDS) {
      assert.equal(exportRows[kind].safeParse({ _cursor: "x", _rows: 0 }).success, false);
    }
    assert.equal(exportEnd.safeParse({ _cursor: "x" }).success, false);
  });
});
