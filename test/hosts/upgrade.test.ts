import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { readElements } from "../public-api/read-elements.ts";
import { launchBrowser } from "../support/chromium.ts";
import { eventually } from "../support/eventually.ts";
import { buildWidgets } from "../support/widget-build.ts";
import { ELEMENTS, markupOf, openHostPage, untilShown } from "./page.ts";

let browser: Browser;
let files: ReadonlyMap<string, string>;
before(async () => {
  [browser, files] = await Promise.all([launchBrowser(), buildWidgets()]);
});
after(() => browser.close());

const quoted = (value: unknown) => JSON.stringify(value);

test("each property that was set before the script came is the element's own once it has come", async () => {
  const properties = (await readElements()).filter(
    // What is shown follows the session; a state of the host's own is in the scenes.
    ({ kind, name }) => kind === "property" && name !== "state",
  );
  assert.ok(properties.length > 60);
  await using host = await openHostPage(browser, files, { scripts: () => "" });
  const { page, api } = host;
  const before = properties.map(({ owner, name, detail = "" }) => {
    return { tag: owner.slice(1, -1), name, value: sampleOf(detail) };
  });
  await page.evaluate(`globalThis.early = ${quoted(before)}.map(({ tag, name, value }) => {
    const element = document.createElement(tag);
    element[name] = value;
    return { element, tag, name, value };
  })`);
  await page.evaluate(`import("${api.origin}/credits-kit.js").then(() => undefined)`);
  const wrong = await page.evaluate(`(async () => {
    const wrong = [];
    for (const { element, tag, name, value } of early) {
      document.querySelector("main").append(element);
      await element.updateComplete;
      if (!customElements.get(tag)) wrong.push(tag + " is not defined");
      if (Object.hasOwn(element, name)) wrong.push(tag + "." + name + " hides the accessor");
      if (!Object.is(element[name], value)) wrong.push(tag + "." + name + " is " + element[name]);
      element.remove();
    }
    return wrong;
  })()`);
  assert.deepEqual(wrong, []);
});

test("data and functions that were set before the script came are what is shown", async () => {
  await using host = await openHostPage(browser, files, { scripts: () => "" });
  const { page, api, problems } = host;
  await page.evaluate(`(() => {
    for (const tag of ${quoted(Object.keys(ELEMENTS))}) {
      const element = document.createElement(tag);
      element.apiBase = "${api.origin}";
      element.timeZone = "UTC";
      element.creditType = tag === "credits-auto-top-up" ? "tokens" : undefined;
      element.fetchSession = () => fetch("/session", { method: "POST" }).then((answer) => answer.json());
      document.querySelector("main").append(element);
    }
  })()`);
  await page.evaluate(`import("${api.origin}/credits-kit.js").then(() => undefined)`);
  for (const tag of Object.keys(ELEMENTS)) await untilShown(page, tag);
  assert.deepEqual(problems, []);
});

test("every element can be moved in the document: it keeps what it shows, on the same stream", async () => {
  await using host = await openHostPage(browser, files);
  const { page, api, problems } = host;
  const tags = Object.keys(ELEMENTS);
  await page.evaluate(
    `document.querySelector("main").innerHTML = ${quoted(`<section></section>${tags.map(markupOf).join("")}`)}`,
  );
  for (const tag of tags) await untilShown(page, tag);
  const { streamsOpened, sessions } = api.state;
  for (const tag of tags) {
    const shows = ELEMENTS[tag]?.shows ?? "";
    const kept = await page.evaluate(`(() => {
      const element = document.querySelector("${tag}");
      document.querySelector("section").append(element);
      return element.shadowRoot.querySelector("${shows}") !== null;
    })()`);
    // A picture belongs to its place: it is drawn anew.
    if (shows !== "canvas") assert.equal(kept, true, `${tag} has lost what it showed`);
    await untilShown(page, tag);
  }
  assert.deepEqual([api.state.streamsOpened, api.state.sessions], [streamsOpened, sessions]);
  assert.deepEqual(problems, []);
  await page.evaluate(`document.querySelector("main").replaceChildren()`);
  await eventually("the end of the stream", async () => api.streams.size === 0);
});

/** Some value of a type, as TypeScript writes it. */
function sampleOf(type: string): unknown {
  const [, literal] = /"([^"]+)"/.exec(type) ?? [];
  if (literal !== undefined) return literal;
  if (/^boolean/.test(type)) return true;
  if (/^number/.test(type)) return 2;
  return /^string/.test(type) ? "sample" : undefined;
}
