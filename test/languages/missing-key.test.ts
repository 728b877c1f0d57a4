import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import ts from "typescript";
import { fileNames, LOCALES } from "./locale-files.ts";

/** A line with a text that ends where the line does. */
const A_TEXT = /^ {2}(\w+): (?!.*\{$).+,$\n/m;
const NEVER_MISSED = /^ {2}(code|dir): .*\n/gm;

test("a file of texts that lacks one does not compile, in any language", () => {
  const names = fileNames();
  const removed = new Map<string, string>();
  const files = names.map((name) => join(LOCALES, `${name}.ts`));
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const read = host.readFile.bind(host);
  const without = (path: string) => {
    const text = read(path) ?? "";
    if (!files.includes(path)) return text;
    // The language and its direction come first, and are of another kind.
    const [found = "", key = ""] = A_TEXT.exec(text.replace(NEVER_MISSED, "")) ?? [];
    removed.set(path, key);
    return text.replace(found, "");
  };
  host.readFile = without;
  host.getSourceFile = (path, target) => ts.createSourceFile(path, without(path), target);
  const program = ts.createProgram(files, options, host);
  for (const path of files) {
    const key = removed.get(path) ?? "";
    assert.notEqual(key, "", `${path} has no text`);
    const faults = program
      .getSemanticDiagnostics(program.getSourceFile(path))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
    assert.ok(
      faults.some((fault) => fault.includes(`'${key}'`)),
      `${path} compiles without ${key}: ${faults.join("; ")}`,
    );
  }
});
