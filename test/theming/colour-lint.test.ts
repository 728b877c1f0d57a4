import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { ESLint, Linter } from "eslint";
import tseslint from "typescript-eslint";
import { colourLiterals } from "../../widgets/scripts/colour-literals.ts";

const root = join(import.meta.dirname, "../..");

/** What the rule says of a source. */
function coloursIn(source: string): string[] {
  const messages = new Linter().verify(source, {
    languageOptions: { parser: tseslint.parser },
    plugins: { credits: { rules: { "colour-literals": colourLiterals } } },
    rules: { "credits/colour-literals": "error" },
  });
  return messages.map(({ message }) => message.split(" is no token")[0] ?? message);
}

const PLANTED: Record<string, string> = {
  "#fff": "const s = css`a { color: #fff; }`;",
  "#11223344": "const s = css`a { background: linear-gradient(#11223344, transparent); }`;",
  "rgb(": "const s = css`a { box-shadow: 0 1px 2px rgb(0 0 0 / 0.1); }`;",
  "hsl(": "const s = css`a:hover { color: hsl(120 50% 50%); }`;",
  "oklch(": "const s = css`a { color: light-dark(oklch(0.5 0.1 120), var(--_text)); }`;",
  white: "const s = css`a { border: 1px solid white; }`;",
  rebeccapurple: "const s = css`@media (forced-colors: active) { a { color: rebeccapurple } }`;",
  CanvasText: "const s = css`a { color: CanvasText; }`;",
  "#0b7": 'context.fillStyle = "#0b7";',
  black: 'context.strokeStyle = "black";',
  "rgba(": "context.fillStyle = `rgba(0, 0, 0, ${opacity})`;",
};

for (const [colour, source] of Object.entries(PLANTED)) {
  test(`a planted ${colour} is found: ${source}`, () => assert.deepEqual(coloursIn(source), [colour]));
}

const ALLOWED = [
  "const s = css`a { color: var(--_text); background: transparent; border-color: currentColor; }`;",
  "const s = css`a { color: color-mix(in srgb, var(--_text) 12%, transparent); white-space: nowrap; }`;",
  "const s = css`.red:hover, .gold > a:not(.tan) { --_silver: var(--_border); }`;",
  "const s = css`/* Never white. */ a { color: inherit; }`;",
  "const s = css`@media (forced-colors: active) { a { color: CanvasText; } b { fill: Highlight; } } c { margin: 0; }`;",
  'const field = root.querySelector("#amount"); const text = "White as snow";',
];

for (const source of ALLOWED) {
  test(`nothing is wrong with ${source}`, () => assert.deepEqual(coloursIn(source), []));
}

test("the rule holds for everything that ships, but for the files of tokens", async () => {
  const eslint = new ESLint({ cwd: root });
  const severityAt = async (path: string): Promise<unknown> => {
    const config: unknown = await eslint.calculateConfigForFile(join(root, path));
    const rules: unknown = typeof config === "object" && config !== null ? Reflect.get(config, "rules") : {};
    const rule: unknown =
      typeof rules === "object" && rules !== null ? Reflect.get(rules, "credits/colour-literals") : [];
    return Array.isArray(rule) ? rule[0] : undefined;
  };
  for (const path of ["ui/frame.styles.ts", "chart/tiles.ts", "credits-balance/credits-balance.ts"])
    assert.equal(await severityAt(`widgets/src/${path}`), 2, path);
  for (const path of ["ui/tokens.styles.ts", "ui/palette.styles.ts", "ui/contrast.test.ts"])
    assert.equal(await severityAt(`widgets/src/${path}`), undefined, path);
});
