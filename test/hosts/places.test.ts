import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { launchBrowser } from "../support/chromium.ts";
import { eventually } from "../support/eventually.ts";
import { buildWidgets } from "../support/widget-build.ts";
import { ELEMENTS, markupOf, openHostPage, untilShown } from "./page.ts";
import { bundleReact } from "./react-bundle.ts";

let browser: Browser;
let files: ReadonlyMap<string, string>;
before(async () => {
  files = new Map([...(await buildWidgets()), ["react.js", await bundleReact()]]);
  browser = await launchBrowser();
});
after(() => browser.close());

const TAGS = Object.keys(ELEMENTS);
const quoted = (value: unknown) => JSON.stringify(value);

test("React in strict mode mounts, takes away and mounts again every element, with one stream at a time", async () => {
  await using host = await openHostPage(browser, files);
  const { api, page, problems } = host;
  for (const tag of TAGS) {
    const properties = { "session-url": "/session", ...ELEMENTS[tag]?.attributes };
    for (let round = 0; round < 2; round += 1) {
      await page.evaluate(`import("${api.origin}/react.js").then(({ mount }) => {
        globalThis.unmount = mount(document.querySelector("main"), ${quoted(tag)}, ${quoted(properties)});
      })`);
      await untilShown(page, tag);
      await page.evaluate("unmount()");
      await page.locator(tag).waitFor({ state: "detached" });
    }
  }
  assert.deepEqual(problems, []);
  assert.equal(api.state.mostStreamsAtOnce, 1);
  await eventually("the end of the last stream", async () => api.streams.size === 0);
});

test("in a part of the page that is shown later every element is drawn in its full size", async () => {
  await using host = await openHostPage(browser, files);
  const { page, problems } = host;
  const parts = TAGS.map((tag) => `<section hidden style="width:600px">${markupOf(tag)}</section>`).join("");
  await page.evaluate(`document.querySelector("main").innerHTML = ${quoted(parts)}`);
  await eventually("the data", async () =>
    page.evaluate(
      `document.querySelector("credits-grants-table").shadowRoot.querySelector("tbody tr") !== null`,
    ),
  );
  await page.evaluate(`document.querySelectorAll("section").forEach((section) => (section.hidden = false))`);
  for (const tag of TAGS) {
    await untilShown(page, tag);
    const box = await page.locator(tag).boundingBox();
    assert.ok(box && box.width > 300 && box.height > 100, `${tag} is ${box?.width} × ${box?.height}`);
  }
  const canvas = await page.locator("credits-usage-chart canvas").boundingBox();
  assert.ok(
    canvas && canvas.width > 400 && canvas.height > 100,
    `the canvas is ${canvas?.width} × ${canvas?.height}`,
  );
  assert.deepEqual(problems, []);
});

test("a page that opens in the background shows everything once it is seen, with one stream", async () => {
  await using host = await openHostPage(browser, files);
  const { api, page, problems } = host;
  const turn = (state: string) =>
    page.evaluate(`Object.defineProperty(document, "visibilityState", { configurable: true, get: () => "${state}" });
      document.dispatchEvent(new Event("visibilitychange"))`);
  await page.clock.install();
  await turn("hidden");
  await page.evaluate(`document.querySelector("main").innerHTML = ${quoted(TAGS.map(markupOf).join(""))}`);
  await eventually("the first stream", async () => api.streams.size === 1);
  // A page that nobody has looked at for half a minute rests.
  await page.clock.fastForward(31_000);
  await eventually("rest", async () => api.streams.size === 0);
  await turn("visible");
  for (const tag of TAGS) await untilShown(page, tag);
  assert.deepEqual([api.streams.size, api.state.streamsOpened, api.state.mostStreamsAtOnce], [1, 2, 1]);
  assert.deepEqual(problems, []);
});

test("inside a shadow root of the page's own, below a provider outside of it, every element finds its session", async () => {
  await using host = await openHostPage(browser, files);
  const { api, page, problems } = host;
  const bare = TAGS.map((tag) => markupOf(tag).replace(' session-url="/session"', "")).join("");
  await page.evaluate(`(() => {
    document.querySelector("main").innerHTML = '<credits-session session-url="/session"><div></div></credits-session>';
    document.querySelector("main div").attachShadow({ mode: "open" }).innerHTML = ${quoted(bare)};
  })()`);
  for (const tag of TAGS) await untilShown(page, tag);
  assert.equal(api.state.sessions, 1);
  assert.equal(api.state.mostStreamsAtOnce, 1);
  assert.deepEqual(problems, []);
});

test("in a modal dialog of the page every element is shown, and a purchase opens above it and gives the keyboard back", async () => {
  await using host = await openHostPage(browser, files);
  const { page, problems } = host;
  await page.evaluate(`(() => {
    const dialog = document.createElement("dialog");
    dialog.innerHTML = ${quoted(TAGS.map(markupOf).join(""))};
    document.body.append(dialog);
    dialog.showModal();
  })()`);
  for (const tag of TAGS) await untilShown(page, tag);
  await page.locator("credits-balance [part~=top-up-button]").first().click();
  const purchase = page.locator("credits-top-up[modal]");
  await purchase.locator("[part~=pay-button]").waitFor();
  // It takes the pointer, and so lies above; nothing is pressed.
  await purchase.locator("[part~=pay-button]").click({ trial: true });
  await page.keyboard.press("Escape");
  await purchase.waitFor({ state: "detached" });
  assert.equal(await page.evaluate(`document.querySelector("dialog").open`), true);
  assert.equal(await page.evaluate("document.activeElement.localName"), "credits-balance");
  assert.deepEqual(problems, []);
});

test("in an iframe every element is shown", async () => {
  await using host = await openHostPage(browser, files);
  const { api, page, problems } = host;
  const content = `<script type="module" src="${api.origin}/credits-kit.js"></script>${TAGS.map(markupOf).join("")}`;
  await page.evaluate(`(() => {
    const frame = document.createElement("iframe");
    frame.width = "700";
    frame.srcdoc = ${quoted(content)};
    document.body.append(frame);
  })()`);
  const frame = page.frameLocator("iframe");
  for (const tag of TAGS) await untilShown(frame, tag);
  assert.deepEqual(problems, []);
});
