import assert from "node:assert/strict";
import { test } from "node:test";
import { openSceneBrowser, show, textsOf } from "../theming/scene-page.ts";

/** The states with the most words beside each other, of every element. */
const SCENES = {
  "credits-balance": ["several-pools", "top-up-pending", "utilization-several-pools", "compact-low"],
  "credits-top-up": ["loaded"],
  "credits-auto-top-up": ["form", "limit-reached", "remove-question"],
  "credits-usage-chart": ["custom-range"],
  "credits-grants-table": ["pages"],
  "credits-ledger": ["form", "pages"],
  "credits-utilization-portal": ["alerts", "billing", "settings"],
};

test("the words of every language fit a phone", async () => {
  await using scenes = await openSceneBrowser();
  const page = await scenes.open({ viewport: { width: 360, height: 800 } });
  const problems: string[] = [];
  for (const lang of ["fr", "es", "ja"]) {
    await page.evaluate(`document.documentElement.lang = "${lang}"`);
    for (const [element, names] of Object.entries(SCENES))
      for (const name of names) {
        await show(page, { element, name });
        const code = await page.evaluate(`theming.shown().shadowRoot.querySelector("[lang]").lang`);
        assert.equal(code, lang, `${element} ${name}`);
        for (const node of textsOf(await page.evaluate("theming.overflowing()")))
          problems.push(`${element} ${name} in ${lang}: ${node}`);
      }
  }
  assert.deepEqual(problems, []);
});
