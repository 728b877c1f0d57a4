import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { startHostServer } from "./host-server.ts";
import { openWatched, showsTokens } from "./watched-page.ts";
import type { Preparation, WorldAccess } from "./world.ts";

const APPS = ["html", "react-18", "react-19", "vue", "svelte"];

/** Each app alone: copied, installed and built. */
export const appPreparations: Readonly<Record<string, Preparation>> = Object.fromEntries(
  APPS.map((app): [string, Preparation] => [
    app,
    async (folder, registry) => {
      await folder.copy(app);
      await folder.install(registry);
      await folder.build(app);
    },
  ]),
);

/** Uses every app as a person does. They look alike, so that one test fits all. */
export function exampleApps({ world, pathOf }: WorldAccess): void {
  for (const app of APPS) {
    test(`in the ${app} app the balance falls live, its event is heard, and nothing stays behind`, async () => {
      const folder = join(await pathOf(app), "dist");
      const { browser, client, product, makeImages, tokensOf } = world();
      await using host = await startHostServer({ folder, api: product.url, client });
      await using watched = await openWatched(browser, host.origin);
      const { page, problems } = watched;
      const balance = page.locator("credits-balance");
      await showsTokens(page, await tokensOf("acme"));
      await watched.streams(1);
      await page.evaluate(`document.querySelector("credits-balance").setAttribute("data-first", "")`);

      await makeImages("acme", 2);
      await showsTokens(page, await tokensOf("acme"));

      await balance.getByRole("button", { name: "Top up" }).click();
      await page.getByRole("status").getByText("More ai-tokens for acme", { exact: true }).waitFor();
      assert.equal(await page.locator("credits-top-up").count(), 0, "the app's own purchase took its place");

      await page.getByRole("button", { name: "Compact" }).click();
      await page.locator("credits-balance[data-first][variant=compact]").waitFor();
      await page.getByLabel("Workspace").selectOption("globex");
      await showsTokens(page, await tokensOf("globex"));
      await makeImages("globex", 1);
      await showsTokens(page, await tokensOf("globex"));
      assert.equal(await page.locator("credits-balance[data-first]").count(), 1, "the element is the same");
      if (app === "react-19") await page.locator("credits-grants-table [part~=row]").first().waitFor();
      await watched.streams(1);

      await page.getByRole("button", { name: "Show or hide" }).click();
      await page.locator("credits-session, credits-balance").first().waitFor({ state: "detached" });
      await watched.streams(0);
      assert.deepEqual(problems, []);
    });
  }
}
