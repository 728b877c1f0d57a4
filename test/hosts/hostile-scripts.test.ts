import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { launchBrowser } from "../support/chromium.ts";
import { buildWidgets } from "../support/widget-build.ts";
import { ELEMENTS, markupOf, openHostPage, untilShown } from "./page.ts";

let browser: Browser;
let files: ReadonlyMap<string, string>;
before(async () => {
  [browser, files] = await Promise.all([launchBrowser(), buildWidgets()]);
});
after(() => browser.close());

/** What scripts of the host did to the language before ours came. */
const POLLUTIONS: Record<string, string> = {
  "things to iterate over": `
    Object.prototype.extra = "everywhere";
    Object.prototype.inherited = function () { return this; };
    Array.prototype.last = function () { return this[this.length - 1]; };
    String.prototype.dasherize = function () { return this; };
    Function.prototype.method = function () { return this; };`,
  "methods of an old library": `
    Array.prototype.toJSON = undefined;
    Array.from = (list, change = (one) => one) => {
      const all = [];
      if (list[Symbol.iterator]) for (const one of list) all.push(change(one, all.length));
      else for (let at = 0; at < list.length; at += 1) all.push(change(list[at], at));
      return all;
    };
    Element.prototype.remove = function () { this.parentNode && this.parentNode.removeChild(this); };
    Element.prototype.show = Element.prototype.hide = Element.prototype.update = function () { throw new Error("not ours"); };
    document.getElementsByClassName = () => [];`,
  "a wrapped network": `
    const real = window.fetch;
    window.fetch = function (...args) { return real.apply(this, args).then((answer) => answer); };
    const listen = EventTarget.prototype.addEventListener;
    EventTarget.prototype.addEventListener = function (...args) { return listen.apply(this, args); };`,
  "a frozen language": `
    for (const name of ["Object", "Array", "String", "Function", "Promise", "Map", "Set", "Date", "RegExp"])
      Object.freeze(globalThis[name].prototype);`,
};

for (const [name, script] of Object.entries(POLLUTIONS)) {
  test(`${name} in the host page harm no element`, async () => {
    await using host = await openHostPage(browser, files, { head: `<script>${script}</script>` });
    await showAll(host);
  });
}

test("names that the host gave to its own elements hide nothing that an element needs", async () => {
  const names = [
    ...["customElements", "fetch", "location", "document", "history", "navigator", "matchMedia", "crypto"],
    ...["setTimeout", "requestAnimationFrame", "getComputedStyle", "Intl", "CSSStyleSheet", "EventSource"],
    ...["currentScript", "documentElement", "body", "activeElement", "visibilityState", "adoptedStyleSheets"],
  ];
  const clobbers = names.map((name) => `<img name="${name}" id="${name}" alt="">`).join("");
  const form = `<form id="credits"><input name="attributes"><input name="children"><input name="id">
    <input name="parentNode"><input name="remove"><input name="nodeType"></form>`;
  // Ids that elements use inside are theirs alone.
  const ids = ["threshold", "amount", "panel", "tab-usage", "title"].map((id) => `<p id="${id}">host</p>`);
  await using host = await openHostPage(browser, files, { head: clobbers + form + ids.join("") });
  await showAll(host);
});

async function showAll({ page, problems, api }: Awaited<ReturnType<typeof openHostPage>>): Promise<void> {
  const tags = Object.keys(ELEMENTS);
  await page.evaluate(
    `document.querySelector("main").innerHTML = ${JSON.stringify(tags.map(markupOf).join(""))}`,
  );
  for (const tag of tags) await untilShown(page, tag);
  // What is opened and drawn later, too.
  await page.locator("credits-balance").getByRole("button", { name: "Top up" }).click();
  await page.getByRole("dialog").waitFor();
  assert.deepEqual(problems, []);
  assert.equal(api.state.mostStreamsAtOnce, 1);
}
