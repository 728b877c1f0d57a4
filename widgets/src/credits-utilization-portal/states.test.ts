import { expect } from "@open-wc/testing";
import { balancesOf, poolOf } from "../testing/balances.ts";
import { inDays, grantOf, grantsOf, purchaseOf } from "../testing/grants.ts";
import { entryOf, ledgerOf } from "../testing/portal.ts";
import { PortalScene } from "../testing/portal-scene.ts";
import { hasPart, partOf, textOf } from "../testing/stage.ts";
import { usageOf } from "../testing/usage.ts";
import type { CreditsUtilizationPortal } from "./credits-utilization-portal.ts";

const textsOf = (element: Element, part: string) =>
  [...(element.shadowRoot?.querySelectorAll(`[part~="${part}"]`) ?? [])].map((one) =>
    (one.textContent ?? "").replace(/\s+/g, " ").trim(),
  );
const all = (element: CreditsUtilizationPortal) => element.shadowRoot?.textContent ?? "";

describe("credits-utilization-portal shows", () => {
  let scene: PortalScene;
  beforeEach(() => {
    scene = new PortalScene();
  });
  afterEach(() => scene.strike());

  it("what can be spent, until when, and what was used of the period", async () => {
    const element = await scene.put();
    expect(textOf(element, "balance")).to.equal("1,240");
    expect(textOf(element, "pace")).to.equal("At this pace, runs out around April 7");
    expect(textsOf(element, "tile")).to.deep.equal([
      "Available 1,240 tokens available",
      "Used this period 760 of 2,000 38%",
      "Runs out April 7 80% likely: Apr 2 – 15At the pace of the last 30 days",
    ]);
    expect(partOf(element, "ring")?.getAttribute("aria-label")).to.equal("38%");
    expect(partOf(element, "trend")?.getAttribute("aria-label")).to.contain("115 tokens used");
    expect(textsOf(element, "row").at(-5)).to.equal("Image generation 2 hr. ago -20 1,240");
  });

  it("a grant that does not count yet, and not that nothing was granted", async () => {
    scene.ledger = ledgerOf([entryOf({ type: "granted", delta: "0", feature: null })]);
    const element = await scene.put();
    expect(textsOf(element, "row").at(-1)).to.equal("Granted for later 2 hr. ago 0 1,240");
  });

  it("figures that fall as events burn, with the requests of nobody", async () => {
    const element = await scene.put();
    scene.stage.server.push(poolOf({ seq: 4, available: "1200", used: "800" }));
    await scene.rest();
    expect(textOf(element, "balance")).to.equal("1,200");
    expect(textsOf(element, "figure").slice(0, 2)).to.deep.equal(["1,200", "800"]);
    expect(scene.counts()["/widget/ledger"]).to.equal(1);
  });

  it("a change for the worse to the ear, too, and only once", async () => {
    const element = await scene.put();
    const spoken = () => element.shadowRoot?.querySelector("[role=status]")?.textContent;
    expect(spoken()).to.equal("");
    scene.stage.server.push(poolOf({ seq: 4, available: "100", low: true }));
    await scene.rest();
    expect(spoken()).to.equal("AI Tokens: Your balance is low");
    const node = element.shadowRoot?.querySelector("[role=status]")?.firstChild;
    const changes: MutationRecord[] = [];
    const observer = new MutationObserver((records) => changes.push(...records));
    if (node?.parentNode)
      observer.observe(node.parentNode, { childList: true, characterData: true, subtree: true });
    scene.stage.server.push(poolOf({ seq: 5, available: "90", low: true }));
    await scene.rest();
    expect(changes).to.have.length(0);
    scene.stage.server.push(poolOf({ seq: 6, available: "-5" }));
    await scene.rest();
    expect(spoken()).to.contain("You are 5 tokens over");
    observer.disconnect();
  });

  it("no date where too little is known, or it is far away, and no pace either", async () => {
    const { basis } = scene.forecast;
    for (const [forecast, said] of [
      [{ basis: { ...basis, days: 2 } }, "Too early to say"],
      [{ basis: { ...basis, used: "0" }, runsOutAt: null }, "Not in sight"],
      [{ basis, runsOutAt: null }, "Not within a year"],
    ] as const) {
      scene.forecast = { ...scene.forecast, ...forecast };
      const element = await scene.put();
      expect(textsOf(element, "tile")[2]).to.contain(said);
      expect(textOf(element, "pace")).to.equal("");
    }
    scene.stage.server.balances = balancesOf([poolOf({ available: "0" })]);
    expect(textsOf(await scene.put(), "tile")[2]).to.contain("Now");
  });

  it("what needs attention, with what to do about it", async () => {
    const expiry = { at: inDays(6), amount: "120" };
    const pool = { low: true, autoTopUp: "stopped", nextExpiry: expiry, pending: "250" } as const;
    scene.stage.server.balances = balancesOf([poolOf(pool)]);
    const invoice = {
      ...{ id: "in_1", status: "open", number: "LUM-7", url: null, pdfUrl: null, dueAt: null },
      isOverdue: true,
    };
    const purchase = purchaseOf({ payUrl: "https://pay.example/in_1", invoice });
    scene.grants = grantsOf([grantOf({ status: "payment_pending", purchase })]);
    const element = await scene.put();
    expect(textsOf(element, "alert")).to.deep.equal([
      "Your balance is low",
      "Your auto top-up has stopped No credits are bought until this is settled. Open settings",
      "120 tokens expire in 6 days Details",
      "Invoice LUM-7 is not paid yet 240 tokens are locked until it is. Pay",
    ]);
    expect(partOf(element, "link")?.getAttribute("href")).to.equal("https://pay.example/in_1");
    partOf(element, "action")?.click();
    await scene.rest();
    expect(element.tab).to.equal("settings");
  });

  it("what ends next first, in whatever order it comes", async () => {
    scene.grants = grantsOf([30, 3, 12].map((days) => grantOf({ expiresAt: inDays(days) })));
    const element = await scene.put('hide="entries"');
    const days = textsOf(element, "row").map((row) => /in \d+ days/.exec(row)?.[0]);
    expect(days).to.deep.equal(["in 3 days", "in 12 days", "in 30 days"]);
  });

  it("a negative balance as one", async () => {
    scene.stage.server.balances = balancesOf([poolOf({ available: "-35" })]);
    const element = await scene.put();
    expect(textsOf(element, "alert")[0]).to.contain("You are 35 tokens over");
    expect(textsOf(element, "tile")[2]).to.contain("Now");
  });

  it("a customer without credits as such, with the way to some", async () => {
    scene.stage.server.balances = balancesOf([]);
    const element = await scene.put();
    expect(textOf(element, "panel")).to.contain("No credits yet");
    expect(hasPart(element, "top-up-button")).to.equal(true);
    expect(scene.asked).to.deep.equal([]);
  });

  it("one part that fails as that part alone, with a retry", async () => {
    scene.faults.set("/widget/ledger", { status: 500, code: "internal" });
    const element = await scene.put();
    expect(textOf(element, "message")).to.contain("This could not be loaded").and.to.contain("req_1");
    expect(textsOf(element, "tile")).to.have.length(3);
    scene.faults.clear();
    partOf(element, "retry-button")?.click();
    await scene.stage.clock.pass(1_000);
    expect(hasPart(element, "message")).to.equal(false);
    expect(all(element)).to.contain("Image generation");
  });

  it("a forecast that fails without a date, and all else", async () => {
    scene.faults.set("/widget/forecast", { status: 403, code: "forbidden" });
    const element = await scene.put();
    expect(textsOf(element, "tile")[2]).to.contain("This could not be loaded");
    expect(hasPart(element, "trend")).to.equal(true);
  });

  it("trouble with the session once, and all when that is over", async () => {
    const events: string[] = [];
    const note = ({ type }: Event) => events.push(type.replace("credits-utilization-portal-", ""));
    for (const name of ["load", "error"])
      document.addEventListener(`credits-utilization-portal-${name}`, note);
    scene.stage.server.sessionFault = 500;
    const element = await scene.put();
    expect(textsOf(element, "message")).to.have.length(1);
    expect(textOf(element, "message")).to.contain("Your credits could not be loaded");
    scene.stage.server.sessionFault = undefined;
    partOf(element, "retry-button")?.click();
    await scene.stage.clock.pass(2_000);
    expect(textOf(element, "balance")).to.equal("1,240");
    expect(events).to.deep.equal(["error", "load"]);
    for (const name of ["load", "error"])
      document.removeEventListener(`credits-utilization-portal-${name}`, note);
  });

  it("no permission, and nothing else", async () => {
    scene.stage.server.fault = { status: 403, code: "insufficient_scope" };
    const element = await scene.put();
    expect(textOf(element, "message")).to.contain("You do not have access to this balance");
    expect(hasPart(element, "tabs") || hasPart(element, "retry-button")).to.equal(false);
  });

  it("how old it is when the stream is gone", async () => {
    const element = await scene.put();
    scene.stage.server.fault = "offline";
    scene.stage.server.cut();
    await scene.stage.clock.pass(8_000);
    expect(textOf(element, "stale")).to.contain("Updated");
    expect(textOf(element, "balance")).to.equal("1,240");
  });

  it("nothing of an earlier customer, in no tab", async () => {
    const element = await scene.put('tab="billing"');
    expect(all(element)).to.contain("Visa");
    element.tab = "grants";
    await scene.rest();
    const table = element.shadowRoot?.querySelector("credits-grants-table");
    expect(table?.shadowRoot?.textContent).to.contain("By ada");
    element.tab = "overview";
    await scene.rest();
    scene.stage.server.customer = "bolt";
    scene.stage.server.balances = balancesOf([poolOf({ available: "7" })], { customerId: "bolt" });
    scene.grants = grantsOf([]);
    scene.ledger = ledgerOf([]);
    scene.usage = usageOf([{ key: "a", points: [0] }]);
    scene.billing = {
      ...scene.billing,
      paymentMethods: null,
      plans: [],
      documents: { data: [], nextCursor: null, prevCursor: null },
    };
    await scene.stage.clock.pass(481_000);
    expect(textOf(element, "balance")).to.equal("7");
    expect(all(element)).not.to.contain("Image generation");
    element.tab = "billing";
    await scene.rest();
    expect(all(element)).to.contain("Your cards cannot be shown right now").and.not.to.contain("Visa");
    element.tab = "grants";
    await scene.rest();
    const anew = element.shadowRoot?.querySelector("credits-grants-table");
    expect(anew).not.to.equal(table);
    expect(anew?.shadowRoot?.textContent).not.to.contain("ada");
  });

  it("names of others as text, and no link to a script", async () => {
    const hostile = "<img src=x onerror=alert(1)>";
    const pool = {
      name: hostile,
      unit: { singular: hostile, plural: hostile },
      symbol: hostile,
      pending: "1",
    };
    scene.stage.server.balances = balancesOf([poolOf(pool)]);
    scene.ledger = ledgerOf([entryOf({ feature: { id: "__proto__", label: hostile } })]);
    const purchase = purchaseOf({ payUrl: "javascript:alert(1)" });
    scene.grants = grantsOf([grantOf({ status: "payment_pending", purchase })]);
    const element = await scene.put();
    expect(textOf(element, "name")).to.contain(hostile);
    expect(all(element)).to.contain(`${hostile} available`);
    expect(element.shadowRoot?.querySelector("img, a") === null).to.equal(true);
  });

  it("the pool that the person chose, everywhere", async () => {
    const gems = poolOf({
      ...{ creditTypeId: "gems", name: "Gems", available: "12", resourceId: "team" },
      unit: { singular: "gem", plural: "gems" },
    });
    scene.stage.server.balances = balancesOf([poolOf(), gems]);
    const element = await scene.put();
    const select = partOf(element, "pool-select");
    if (!(select instanceof HTMLSelectElement)) throw new Error("no choice");
    expect([...select.options].map(({ text }) => text)).to.deep.equal(["AI Tokens", "Gems · team"]);
    select.selectedIndex = 1;
    select.dispatchEvent(new Event("change"));
    await scene.rest();
    expect(textOf(element, "balance")).to.equal("12");
    expect(scene.asked.at(-1)).to.contain("creditTypeId=gems&resourceId=team");
    element.tab = "ledger";
    await scene.rest();
    expect(scene.asked.at(-1)).to.contain("/widget/ledger").and.to.contain("resourceId=team");
  });

  for (const width of [340, 1100]) {
    it(`a skeleton whose header has the final size, ${width} px wide`, async () => {
      const place = document.createElement("div");
      place.style.width = `${width}px`;
      document.body.append(place);
      scene.stage.server.sessionFault = "hangs";
      const element = await scene.put();
      place.append(element);
      await scene.stage.clock.pass(1_000);
      const heightOf = () =>
        element.shadowRoot?.querySelector(".header")?.getBoundingClientRect().height ?? 0;
      expect(hasPart(element, "skeleton")).to.equal(true);
      const height = heightOf();
      scene.stage.server.sessionFault = undefined;
      await scene.stage.clock.pass(12_000);
      expect(textOf(element, "balance")).to.equal("1,240");
      expect(heightOf()).to.be.closeTo(height, 8);
      place.remove();
    });
  }
});
