import assert from "node:assert/strict";
import { test } from "node:test";
import { launchBrowser } from "../support/chromium.ts";
import { eventually } from "../support/eventually.ts";
import { buildWidgets } from "../support/widget-build.ts";
import { ELEMENTS, markupOf, openHostPage, untilShown } from "./page.ts";

/** Counts what is begun and not ended, and remembers the page as it is. */
const WATCH = `<script>
  globalThis.begun = new Map();
  const count = (name, change) => begun.set(name, (begun.get(name) ?? 0) + change);
  for (const name of ["MutationObserver", "ResizeObserver", "IntersectionObserver"]) {
    const observing = new WeakSet();
    const { observe, disconnect } = globalThis[name].prototype;
    globalThis[name].prototype.observe = function (...args) {
      if (!observing.has(this)) { observing.add(this); count(name, 1); }
      return observe.apply(this, args);
    };
    globalThis[name].prototype.disconnect = function () {
      if (observing.delete(this)) count(name, -1);
      return disconnect.apply(this);
    };
  }
  const { setInterval, clearInterval } = globalThis;
  const intervals = new Set();
  globalThis.setInterval = (...args) => { const id = setInterval(...args); intervals.add(id); return id; };
  globalThis.clearInterval = (id) => { intervals.delete(id); clearInterval(id); };
  const builtins = ["Object", "Array", "String", "Function", "Promise", "Map", "Set", "Date", "Element", "HTMLElement",
    "Node", "Event", "EventTarget", "Document", "ShadowRoot", "CSSStyleSheet", "Response", "Request", "URL"];
  const describe = (object) => Reflect.ownKeys(object).map((key) => {
    const { value, get, set, ...flags } = Object.getOwnPropertyDescriptor(object, key);
    return [key, typeof value === "function" ? value : get ?? set, JSON.stringify(flags)];
  });
  globalThis.pageAsItIs = () => ({
    window: Reflect.ownKeys(globalThis).map(String).sort(),
    document: Reflect.ownKeys(document).map(String).sort(),
    builtins: builtins.flatMap((name) => [...describe(globalThis[name]), ...describe(globalThis[name].prototype)]),
    html: document.documentElement.getAttributeNames().join(), head: document.head.innerHTML,
    body: document.body.getAttributeNames().join(), children: document.body.children.length,
    sheets: document.adoptedStyleSheets.length, title: document.title, address: location.href,
    local: JSON.stringify(localStorage), session: JSON.stringify(sessionStorage), cookie: document.cookie,
  });
  globalThis.intervalsLeft = () => intervals.size;
</script>`;

test("nothing of the host page is changed, and no listener, observer, timer or stream stays when all elements are gone", async () => {
  await using stack = new AsyncDisposableStack();
  const browser = stack.adopt(await launchBrowser(), (one) => one.close());
  const files = await buildWidgets();
  await using host = await openHostPage(browser, files, { head: WATCH, scripts: () => "" });
  const { page, api, problems } = host;
  const devtools = await page.context().newCDPSession(page);
  const listenersOf = async (expression: string) => {
    const { result } = await devtools.send("Runtime.evaluate", { expression });
    const { listeners } = await devtools.send("DOMDebugger.getEventListeners", {
      objectId: String(result.objectId),
    });
    return listeners.map(({ type }) => type).sort();
  };
  const targets = ["window", "document", "document.documentElement", "document.body", "document.fonts"];
  const allListeners = async () => Promise.all(targets.map(listenersOf));

  const listeners = await allListeners();
  await page.evaluate("globalThis.was = pageAsItIs()");
  await page.evaluate(`import("${api.origin}/credits-kit.js").then(() => undefined)`);
  const tags = Object.keys(ELEMENTS);
  for (let round = 0; round < 2; round += 1) {
    await page.evaluate(
      `document.querySelector("main").innerHTML = ${JSON.stringify(tags.map(markupOf).join(""))}`,
    );
    for (const tag of tags) await untilShown(page, tag);
    assert.ok((await allListeners()).flat().length > listeners.flat().length, "listeners are seen");
    await page.evaluate(`document.querySelector("main").replaceChildren()`);
    await eventually("the end of the stream", async () => api.streams.size === 0);
  }

  const changed = await page.evaluate(`(() => {
    const now = pageAsItIs();
    const builtins = now.builtins.filter(([key, value, flags], at) =>
      was.builtins[at]?.[0] !== key || was.builtins[at][1] !== value || was.builtins[at][2] !== flags);
    const others = Object.keys(now).filter((name) => name !== "builtins" && name !== "window" &&
      JSON.stringify(now[name]) !== JSON.stringify(was[name]));
    const names = now.window.filter((name) => !was.window.includes(name) && name !== "was");
    return { builtins: builtins.length, others, names };
  })()`);
  // By the mark, a second version of the kit knows of the first.
  assert.deepEqual(changed, { builtins: 0, others: [], names: ["Symbol(credits-kit.version)"] });
  await eventually("the end of all observers and timers", async () =>
    page.evaluate<boolean>("[...begun.values()].every((count) => count === 0) && intervalsLeft() === 0"),
  );
  assert.deepEqual(await allListeners(), listeners);
  assert.deepEqual(problems, []);
});
