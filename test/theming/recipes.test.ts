import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { openSceneBrowser, type SceneBrowser, scenesOf, show } from "./scene-page.ts";
import { documentedElements, root } from "./tokens.ts";

const guide = readFileSync(join(root, "docs/theming.md"), "utf8");
const recipes = new Map(
  [...guide.matchAll(/<!-- recipe: (\S+) -->\s*```css\n([^]*?)```/g)].map(([, name = "", css = ""]) => [
    name,
    css,
  ]),
);

/** What the host's own style sheet says, each in a colour that nobody else has. */
const HOSTS: Record<string, string> = {
  brand: "",
  shadcn: hostOf(["--card", "--muted", "--border", "--card-foreground", "--muted-foreground"], {
    ...{
      "--primary": "oklch(0.61 0.17 41)",
      "--primary-foreground": "oklch(0.98 0.01 41)",
      "--radius": "0.8rem",
    },
  }),
  bootstrap: hostOf(
    ["--bs-body-bg", "--bs-tertiary-bg", "--bs-border-color", "--bs-body-color", "--bs-secondary-color"],
    { "--bs-primary": "#0d6efd", "--bs-border-radius": "0.375rem" },
  ),
  material: hostOf(
    [
      ...["surface-container-low", "surface-container-high", "outline-variant", "on-surface"],
      ...["on-surface-variant", "primary", "on-primary"],
    ].map((role) => `--md-sys-color-${role}`),
    {},
  ),
};

function hostOf(colours: readonly string[], others: Record<string, string>): string {
  const own = colours.map((name, index) => `${name}: rgb(${index + 1}, ${40 + index}, ${90 + 20 * index});`);
  const rest = Object.entries(others).map(([name, value]) => `${name}: ${value};`);
  return `:root { ${[...own, ...rest].join(" ")} }`;
}

let scenes: SceneBrowser;
before(async () => {
  scenes = await openSceneBrowser();
});
after(() => scenes[Symbol.asyncDispose]());

test("the guide has a recipe for each kind of host, and a look of one's own", () => {
  assert.deepEqual([...recipes.keys()], Object.keys(HOSTS));
});

for (const [name, css] of recipes) {
  test(`the ${name} recipe has at most ten lines, and every element follows it`, async () => {
    assert.ok(css.trim().split("\n").length <= 10, css);
    const page = await scenes.open();
    const tokens = [...css.matchAll(/(--credits-[\w-]+): ([^;]+);/g)].map(([, token = "", value = ""]) => ({
      token,
      value,
    }));
    assert.notEqual(tokens.length, 0);
    await page.addStyleTag({ content: `${HOSTS[name] ?? ""}\n${css}` });
    const all = await scenesOf(page);
    for (const element of documentedElements()) {
      const missing = new Map(
        tokens
          .filter(({ token }) => element.tokens.includes(token))
          .map(({ token, value }) => [token, value]),
      );
      for (const scene of all.filter((one) => one.element === element.name)) {
        if (missing.size === 0) break;
        await show(page, scene);
        const look = String(await page.evaluate("theming.look()"));
        for (const [token, value] of missing)
          if (await follows(page, { look, token, value })) missing.delete(token);
      }
      assert.deepEqual([...missing.keys()], [], `${element.name} does not follow`);
    }
    await page.context().close();
  });
}

/** Whether what is seen has the value of the host: lengths in `em` are another one for each size of letters. */
async function follows(
  page: Page,
  { look, token, value }: Record<"look" | "token" | "value", string>,
): Promise<boolean> {
  const property = token.includes("font")
    ? "font-family"
    : token.includes("radius")
      ? "border-top-left-radius"
      : "color";
  if (property.endsWith("radius")) {
    const without = await page.evaluate(
      `(theming.style(":root { ${token}: 3px !important }"), theming.settled().then(() => theming.look()))`,
    );
    await page.evaluate(`(theming.style(""), theming.settled())`);
    return without !== look;
  }
  const computed = await page.evaluate(`theming.computed("${property}", ${JSON.stringify(value)})`);
  return look.includes(String(computed));
}
