import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as realPause } from "node:timers/promises";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "../support/chromium.ts";
import { startWidgetApi } from "../support/widget-api.ts";
import { buildWidgets } from "../support/widget-build.ts";
import { startHostPage } from "../support/widget-host.ts";
import { balancesOf, poolOf } from "../../widgets/src/testing/balances.ts";

type Api = Awaited<ReturnType<typeof startWidgetApi>>;

const SECOND_MS = 1_000;
const HEARTBEAT_MS = 15 * SECOND_MS;
const MINUTE_MS = 60 * SECOND_MS;
const TOKEN_LIFE_MS = 10 * MINUTE_MS;

let browser: Browser;
let files: ReadonlyMap<string, string>;
before(async () => {
  [browser, files] = await Promise.all([launchBrowser(), buildWidgets()]);
});
after(() => browser.close());

test("a page left open for 25 minutes renews its session, survives sleep and offline, and never has two streams", async () => {
  await using api = await startWidgetApi(files, balancesOf([poolOf()]));
  await using host = await startHostPage({
    body: `<credits-balance session-url="/session"></credits-balance>
      <credits-balance session-url="/session" variant="compact"></credits-balance>
      <script type="module" src="${api.origin}/credits-balance.js"></script>`,
    session: () => api.mintSession(),
  });
  const page = await browser.newPage();
  const shown = (text: string) =>
    page.locator("credits-balance [part~=balance]").first().getByText(text, { exact: true }).waitFor();
  await page.clock.install();
  await page.goto(host.origin);
  await shown("1,240");

  await passWithHeartbeats(page, api, 25 * MINUTE_MS);
  assert.ok(api.state.sessions >= 3, `a session at the start and two renewals, not ${api.state.sessions}`);
  assert.ok(api.state.sessions <= 4, `no more than needed, not ${api.state.sessions}`);
  assert.equal(api.state.refused, 0);
  api.push(poolOf({ available: "1200", seq: 13 }));
  await shown("1,200");

  // Sleep: the connection dies unheard, the clock jumps, timers come late.
  api.cutStreams();
  api.state.balances = balancesOf([poolOf({ available: "900", seq: 20 })]);
  await page.clock.fastForward(3 * 60 * MINUTE_MS);
  await passWithHeartbeats(page, api, MINUTE_MS);
  await shown("900");

  // Offline: the last number stays, and says how old it is.
  await page.context().setOffline(true);
  api.cutStreams();
  await passWithHeartbeats(page, api, 3 * MINUTE_MS);
  await shown("900");
  await page
    .locator("[part~=stale]")
    .first()
    .getByText(/Updated [23] min/)
    .waitFor();
  api.state.balances = balancesOf([poolOf({ available: "850", seq: 22 })]);
  await page.context().setOffline(false);
  await passWithHeartbeats(page, api, MINUTE_MS);
  await shown("850");
  assert.equal(await page.locator("[part~=stale]").count(), 0);

  assert.equal(api.streams.size, 1);
  assert.equal(api.state.mostStreamsAtOnce, 1, "never a second stream");
  await page.close();
});

/** The page's clock is not the server's: time passes in steps, with a moment of real time for what travels. */
async function passWithHeartbeats(page: Page, api: Api, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= HEARTBEAT_MS) {
    // As the server does when the token of a stream is over.
    if (left % TOKEN_LIFE_MS === 0) api.endStreams();
    for (let part = 0; part < 3; part += 1) {
      await page.clock.runFor(HEARTBEAT_MS / 3);
      await realPause(8);
    }
    api.heartbeat();
    await realPause(8);
  }
}
