import assert from "node:assert/strict";
import { test } from "node:test";
import type { Manifest } from "../../widgets/scripts/manifest.ts";
import { startHostPage } from "../support/widget-host.ts";
import { openWatched, showsTokens } from "./watched-page.ts";
import type { WorldAccess } from "./world.ts";

/** Pages without a bundler, which load the elements from the BFF and know beforehand what every file has to be. */
export function cdnPages({ world }: WorldAccess): void {
  const open = async (spoil: (integrity: string) => string) => {
    const { browser, client, product } = world();
    const body = pageOf(await releaseOf(product.url), spoil);
    const host = await startHostPage({
      body,
      session: () => client.widgetSessions.create({ customerId: "acme" }),
    });
    const watched = await openWatched(browser);
    return {
      ...watched,
      load: () => watched.page.goto(host.origin),
      async [Symbol.asyncDispose]() {
        await watched[Symbol.asyncDispose]();
        await host[Symbol.asyncDispose]();
      },
    };
  };

  test("a plain page with the script of the CDN and the integrity of all its files has a live balance", async () => {
    const { makeImages, tokensOf } = world();
    await using watched = await open((integrity) => integrity);
    await watched.load();
    await showsTokens(watched.page, await tokensOf("acme"));
    await makeImages("acme", 1);
    await showsTokens(watched.page, await tokensOf("acme"));
    assert.deepEqual(watched.problems, []);
  });

  test("a file of the CDN that is not what the page expects is not run", async () => {
    await using watched = await open((integrity) => integrity.replace("sha384-", "sha384-AAAA"));
    const refused = watched.page.waitForEvent("console", (message) =>
      /digest|integrity/i.test(message.text()),
    );
    await watched.load();
    await refused;
    assert.equal(await watched.page.evaluate(`customElements.get("credits-balance") === undefined`), true);
  });
}

interface Release {
  /** The folder of this version, which never changes. */
  readonly address: string;
  readonly files: Manifest["files"];
}

async function releaseOf(api: string): Promise<Release> {
  const response = await fetch(`${api}/cdn/latest/manifest.json`);
  const parse: (text: string) => Manifest = JSON.parse;
  return { address: response.url.replace("/manifest.json", ""), files: parse(await response.text()).files };
}

/** The script has its integrity in its tag; what it imports, in the import map. */
function pageOf({ address, files }: Release, spoil: (integrity: string) => string): string {
  const chunks = Object.entries(files).filter(([name]) => name.startsWith("chunks/"));
  const integrity = Object.fromEntries(
    chunks.map(([name, file]) => [`${address}/${name}`, spoil(file.integrity)]),
  );
  return `<script type="importmap">${JSON.stringify({ integrity })}</script>
    <script type="module" src="${address}/credits-balance.js" integrity="${files["credits-balance.js"]?.integrity}" crossorigin></script>
    <credits-balance session-url="/credits-session"></credits-balance>`;
}
