import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { run } from "../support/processes.ts";

const widgets = join(import.meta.dirname, "../../widgets");

test("the elements can be imported where there is no page, and know their version", async () => {
  const script = `
    const { CreditsBalance, VERSION } = await import("@credits-kit/widgets");
    await import("@credits-kit/widgets/define");
    console.log(typeof CreditsBalance, VERSION);`;
  const { stdout, stderr } = await run(process.execPath, ["--input-type=module", "-e", script], {
    cwd: widgets,
  });
  const { version }: { version: string } = parse(await readFile(join(widgets, "package.json"), "utf8"));
  assert.equal(stdout.trim(), `function ${version}`);
  assert.equal(stderr, "");
});

const parse: (text: string) => { version: string } = JSON.parse;
