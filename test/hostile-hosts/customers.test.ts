import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page, Route } from "playwright-core";
import { settingsOf } from "../../widgets/src/testing/auto-top-ups.ts";
import { balancesOf, poolOf } from "../../widgets/src/testing/balances.ts";
import { grantOf, grantsOf } from "../../widgets/src/testing/grants.ts";
import { billingOf, entryOf, ledgerOf, planOf } from "../../widgets/src/testing/portal.ts";
import { offerOf } from "../../widgets/src/testing/top-ups.ts";
import { usageOf } from "../../widgets/src/testing/usage.ts";
import { ELEMENTS, markupOf, openHostPage, untilShown } from "../hosts/page.ts";
import { launchBrowser } from "../support/chromium.ts";
import { eventually } from "../support/eventually.ts";
import { buildWidgets } from "../support/widget-build.ts";

let browser: Browser;
let files: ReadonlyMap<string, string>;
before(async () => {
  files = await buildWidgets();
  browser = await launchBrowser();
});
after(() => browser.close());

const TAGS = Object.keys(ELEMENTS);
type Host = Awaited<ReturnType<typeof openHostPage>>;

/** From now on the API answers with what is this customer's, whose name is in everything, and with figures of its own. */
function serve({ api }: Host, customerId: string, available: string): void {
  const creditType = {
    ...{ id: "tokens", name: `Credits of ${customerId}`, symbol: null },
    unit: { singular: `coin of ${customerId}`, plural: `coins of ${customerId}` },
  };
  const feature = { id: "image", label: `Pictures of ${customerId}` };
  api.state.balances = balancesOf([poolOf({ name: creditType.name, available })], {
    customerId,
    canChangeSettings: true,
  });
  const answers = {
    usage: usageOf([{ key: "image", label: feature.label, points: [3, 5, 2] }], { creditType }),
    grants: grantsOf([grantOf({ reason: `For ${customerId}` })], { creditTypes: [creditType] }),
    ledger: ledgerOf([entryOf({ feature })], { creditTypes: [creditType] }),
    billing: billingOf({ plans: [planOf({ name: `Plan of ${customerId}` })] }),
    "top-ups/quote": offerOf({ creditType }),
    "auto-top-ups/tokens": settingsOf({ creditType }),
  };
  for (const [path, answer] of Object.entries(answers)) api.answers.set(`/widget/${path}`, answer);
}

/** Whose session a request has. */
function customerOf(route: Route): string {
  const [, claims = ""] = route.request().headers()["authorization"]?.split(".") ?? [];
  const [, customer = ""] = /"sub":"(\w+)"/.exec(Buffer.from(claims, "base64url").toString()) ?? [];
  return customer;
}

/** Holds every request with a session of this customer until it is let go. */
async function hold(page: Page, customer: string): Promise<{ count(): number; release(): Promise<void> }> {
  let held: Route[] | undefined = [];
  await page.route("**/widget/**", async (route) => {
    if (held && customerOf(route) === customer) held.push(route);
    else await route.fallback();
  });
  return {
    count: () => held?.length ?? 0,
    async release() {
      const waiting = held ?? [];
      held = undefined;
      // Those that were given up meanwhile are gone.
      await Promise.all(waiting.map((route) => route.fallback().catch(() => undefined)));
    },
  };
}

/** Notes from the next frame on, frame by frame, where something of a customer's can be found: text, labels and values. */
const WATCH = `(() => {
  const found = (globalThis.found = new Set());
  const walk = (node) => {
    if (node instanceof Text && node.data.includes(gone)) found.add(node.data.trim());
    if (node instanceof Element) {
      for (const { name, value } of node.attributes)
        if (name !== "customer" && value.includes(gone)) found.add(name + "=" + value);
      if (node.value?.includes?.(gone)) found.add(node.value);
      if (node.shadowRoot) walk(node.shadowRoot);
    }
    node.childNodes.forEach(walk);
  };
  const look = () => { if (globalThis.gone) walk(document.body); requestAnimationFrame(look); };
  requestAnimationFrame(look);
})()`;

async function open(): Promise<Host> {
  const host = await openHostPage(browser, files);
  let customer = "";
  await host.page.exposeFunction("become", (name: string) => (customer = name));
  await host.page.route("**/session", (route) =>
    route.fulfill({ json: host.api.mintSession(Date.now(), customer) }),
  );
  await host.page.evaluate(WATCH);
  return host;
}

/** The page means this customer from now on; nothing of the one before may be found any more. */
const switchTo = ({ page }: Host, customer: string, gone: string) =>
  page.evaluate(`become("${customer}").then(() => {
    for (const element of document.querySelectorAll("${TAGS.join()}")) element.customer = "${customer}";
    globalThis.gone = "${gone}";
  })`);

const put = ({ page }: Host, customer: string) =>
  page.evaluate(`become("${customer}").then(() => {
    document.querySelector("main").innerHTML = ${JSON.stringify(TAGS.map(markupOf).join(""))}
      .replaceAll("session-url", 'customer="${customer}" session-url');
  })`);

const foundOf = ({ page }: Host) => page.evaluate("[...found]");

/** Waits until each element has what is this customer's. */
async function untilAllAre({ page }: Host, customer: string): Promise<void> {
  for (const tag of TAGS) await untilShown(page, tag);
  await eventually(`${customer} in each element`, () =>
    page.evaluate<boolean>(`(() => {
      const texts = (node) => node.shadowRoot ? texts(node.shadowRoot) : (node.data ?? "") + [...node.childNodes].map(texts).join("");
      return [...document.querySelectorAll("${TAGS.join()}")].every((element) => texts(element).includes("${customer}"));
    })()`),
  );
}

test("a customer who is switched in place leaves nothing: not while the next one's data come, and not after", async () => {
  await using host = await open();
  serve(host, "acme", "777");
  await put(host, "acme");
  await untilAllAre(host, "acme");
  await host.page.evaluate(`globalThis.gone = "acme"`);
  await eventually("what is there to be found", () => host.page.evaluate<boolean>("found.size > 10"));
  await host.page.evaluate(`(globalThis.gone = "", found.clear())`);
  const held = await hold(host.page, "globex");
  serve(host, "globex", "888");
  await switchTo(host, "globex", "acme");
  await eventually("a question of the next customer's", async () => held.count() > 0);
  assert.deepEqual(await foundOf(host), []);
  assert.equal(await host.page.getByText("777").count(), 0);
  await held.release();
  await untilAllAre(host, "globex");
  assert.deepEqual(await foundOf(host), []);
  assert.equal(await host.page.getByText("777").count(), 0);
  assert.deepEqual(host.problems, []);
});

test("answers to the first customer that come after the switch are shown to nobody", async () => {
  await using host = await open();
  serve(host, "acme", "777");
  const held = await hold(host.page, "acme");
  await put(host, "acme");
  await eventually("questions of the first customer's", async () => held.count() > 0);
  await switchTo(host, "globex", "acme");
  serve(host, "globex", "888");
  await untilAllAre(host, "globex");
  serve(host, "acme", "777");
  await held.release();
  await host.page.evaluate(
    "new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))",
  );
  assert.deepEqual(await foundOf(host), []);
  assert.equal(await host.page.getByText("777").count(), 0);
  assert.deepEqual(host.problems, []);
});
