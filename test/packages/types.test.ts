import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { after, before, test } from "node:test";
import ts from "typescript";
import { type Host, makeHost, writeInto } from "./host.ts";
import { PLAIN, REACT_19, SVELTE, VUE, WRAPPER } from "./projects.ts";

// Each project is checked as its people would: what is right passes, what is wrong is refused, nothing else is.

const bin = join(import.meta.dirname, "../../node_modules/.bin");
const settings = {
  ...{ target: "es2022", module: "esnext", moduleResolution: "bundler", strict: true, noEmit: true },
  ...{ lib: ["es2022", "dom", "dom.iterable"], jsx: "react-jsx", types: [], verbatimModuleSyntax: true },
};

let host: Host;
before(async () => {
  host = await makeHost(["react", "@types/react", "csstype", "vue", "svelte"]);
  const config = JSON.stringify({ compilerOptions: { ...settings, skipLibCheck: true }, files: [] });
  await writeInto(host, { "tsconfig.json": config, ...PLAIN, ...REACT_19, ...WRAPPER, ...VUE, ...SVELTE });
});
after(() => host.remove());

test("plain TypeScript, React 19 and the components for React know every tag, property and event", () => {
  const projects = { ...PLAIN, ...REACT_19, ...WRAPPER };
  const files = Object.keys(projects).map((name) => join(host.folder, name));
  const { options } = ts.convertCompilerOptionsFromJson(settings, host.folder);
  const program = ts.createProgram(files, options);
  for (const [name, text] of Object.entries(projects)) {
    const source = program.getSourceFile(join(host.folder, name));
    assert.deepEqual(complaintsOf(program.getSemanticDiagnostics(source)), expectedIn(text), name);
  }
  // What hosts do not write is right by itself, in a project that looks into it.
  const own = program
    .getSourceFiles()
    .filter(({ fileName }) => /@credits-kit\/(widgets|react)\//.test(fileName));
  assert.ok(own.length > 50);
  for (const source of own) assert.deepEqual(textsOf(program.getSemanticDiagnostics(source)), []);
});

test("templates of Vue know every tag, property and event", async () => {
  const { stdout } = await output("vue-tsc", ["-p", "tsconfig.vue.json", "--pretty", "false"]);
  const found = [...stdout.matchAll(/^App\.vue\((\d+),\d+\): error TS(\d+)/gm)];
  assert.deepEqual(
    found.map(([, line = "", code = ""]) => `${line}: ${code}`),
    expectedIn(VUE["App.vue"]),
    stdout,
  );
});

test("templates of Svelte know every tag, property and event", async () => {
  const { stdout } = await output("svelte-check", [
    ...["--tsconfig", "./tsconfig.svelte.json", "--threshold", "error", "--output", "machine-verbose"],
  ]);
  const found = [
    ...stdout.matchAll(/"ERROR","filename":"App\.svelte","start":\{"line":(\d+).*"code":(\d+)/g),
  ];
  assert.deepEqual(
    found.map(([, line, code = ""]) => `${Number(line) + 1}: ${code}`),
    expectedIn(SVELTE["App.svelte"]),
    stdout,
  );
});

/** What the lines of a project say that a checker must say, as `line: code`. */
const expectedIn = (text: string): string[] =>
  text.split("\n").flatMap((line, index) => {
    const [, code] = /wrong: (\d+)/.exec(line) ?? [];
    return code === undefined ? [] : [`${index + 1}: ${code}`];
  });

const complaintsOf = (found: readonly ts.Diagnostic[]): string[] =>
  found.map(({ file, start = 0, code }) => {
    const line = file?.getLineAndCharacterOfPosition(start).line ?? -1;
    return `${line + 1}: ${code}`;
  });

const textsOf = (found: readonly ts.Diagnostic[]): string[] =>
  found.map(
    ({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`,
  );

/** What a checker prints, which ends in failure by design. */
function output(command: string, args: string[]): Promise<{ stdout: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [join(bin, command), ...args], { cwd: host.folder }, (_error, stdout) =>
      resolve({ stdout }),
    );
  });
}
