import { expect } from "@open-wc/testing";
import { sendKeys } from "@web/test-runner-commands";
import { PortalScene } from "../testing/portal-scene.ts";
import { warningsOf } from "../testing/warnings.ts";
import { hasPart, partOf } from "../testing/stage.ts";
import type { CreditsUtilizationPortal } from "./credits-utilization-portal.ts";

const tabsOf = (element: Element) => [
  ...(element.shadowRoot?.querySelectorAll<HTMLElement>('[part~="tab"]') ?? []),
];
const namesOf = (element: Element) => tabsOf(element).map(({ textContent }) => textContent?.trim());
const openOf = (element: Element) =>
  tabsOf(element)
    .find((tab) => tab.getAttribute("aria-selected") === "true")
    ?.textContent?.trim();

describe("the tabs of a portal", () => {
  let scene: PortalScene;
  beforeEach(() => {
    scene = new PortalScene();
  });
  afterEach(() => scene.strike());

  const press = async (element: CreditsUtilizationPortal, key: string) => {
    const at = element.shadowRoot?.activeElement;
    at?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    await scene.rest();
    return openOf(element);
  };

  it("are one stop of the keyboard, with arrows, Home and End from one to the next", async () => {
    const element = await scene.put();
    expect(tabsOf(element).map(({ tabIndex }) => tabIndex)).to.deep.equal([0, -1, -1, -1, -1, -1]);
    tabsOf(element)[0]?.focus();
    expect(await press(element, "ArrowRight")).to.equal("Usage");
    expect(element.shadowRoot?.activeElement?.textContent?.trim()).to.equal("Usage");
    expect(await press(element, "End")).to.equal("Settings");
    expect(await press(element, "ArrowRight")).to.equal("Overview");
    expect(await press(element, "ArrowLeft")).to.equal("Settings");
    expect(await press(element, "Home")).to.equal("Overview");
    expect(await press(element, "x")).to.equal("Overview");
    expect(tabsOf(element).map(({ tabIndex }) => tabIndex)).to.deep.equal([0, -1, -1, -1, -1, -1]);
  });

  it("leave the browser its own keys", async () => {
    const element = await scene.put('tab="grants"');
    const tab = tabsOf(element)[2];
    for (const held of ["altKey", "ctrlKey", "metaKey", "shiftKey"] as const) {
      const event = new KeyboardEvent("keydown", {
        ...{ key: "ArrowLeft", bubbles: true, cancelable: true },
        [held]: true,
      });
      tab?.dispatchEvent(event);
      await scene.rest();
      expect([openOf(element), event.defaultPrevented], held).to.deep.equal(["Grants", false]);
    }
  });

  it("have the keyboard where a button led to one and is gone with its own", async () => {
    const element = await scene.put();
    partOf(element, "action")?.focus();
    partOf(element, "action")?.click();
    await scene.rest();
    expect(element.tab).to.equal("usage");
    expect(element.shadowRoot?.activeElement?.id).to.equal("tab-usage");
  });

  it("go the other way where letters do", async () => {
    const element = await scene.put('dir="rtl"');
    tabsOf(element)[0]?.focus();
    expect(await press(element, "ArrowLeft")).to.equal("Usage");
    expect(await press(element, "ArrowRight")).to.equal("Overview");
  });

  it("belong to what they open", async () => {
    const element = await scene.put('tab="billing"');
    const panel = partOf(element, "panel");
    expect(panel?.getAttribute("role")).to.equal("tabpanel");
    const tab = tabsOf(element)[4];
    expect([tab?.id, panel?.id]).to.deep.equal([
      panel?.getAttribute("aria-labelledby"),
      tab?.getAttribute("aria-controls"),
    ]);
    expect(partOf(element, "tabs")?.getAttribute("role")).to.equal("tablist");
  });

  it("follow the property, tell of a person's choice alone, and write it into the attribute", async () => {
    const told: string[] = [];
    const element = await scene.put();
    element.addEventListener("credits-utilization-portal-change", ({ detail }) => told.push(detail.tab));
    element.tab = "ledger";
    await scene.rest();
    expect([openOf(element), element.getAttribute("tab")]).to.deep.equal(["Ledger", "ledger"]);
    tabsOf(element)[2]?.click();
    await scene.rest();
    expect([element.getAttribute("tab"), told]).to.deep.equal(["grants", ["grants"]]);
  });

  it("are not there where they are switched off; the first that is left is open", async () => {
    const element = await scene.put('hide="overview ledger settings tiles"');
    expect(namesOf(element)).to.deep.equal(["Usage", "Grants", "Plan & billing"]);
    expect(openOf(element)).to.equal("Usage");
    element.tab = "settings";
    await scene.rest();
    expect(openOf(element)).to.equal("Usage");
    element.hide = "usage grants ledger billing settings tiles alerts expiries";
    element.tab = "overview";
    await scene.rest();
    expect(hasPart(element, "tabs") || hasPart(element, "tile")).to.equal(false);
    expect(hasPart(element, "trend")).to.equal(true);
    expect(partOf(element, "panel")?.getAttribute("role")).to.equal(null);
    element.hide = "header";
    await scene.rest();
    expect(hasPart(element, "balance")).to.equal(false);
    expect(namesOf(element)).to.have.length(6);
  });

  it("keep what a person left in them, and ask nothing while they are closed", async () => {
    const element = await scene.put('tab="grants"');
    const table = element.shadowRoot?.querySelector("credits-grants-table");
    if (table) table.pageSize = 25;
    await scene.rest();
    element.tab = "overview";
    await scene.rest();
    const asked = scene.asked.length;
    await scene.stage.clock.pass(20_000);
    expect(scene.asked).to.have.length(asked);
    element.tab = "grants";
    await scene.rest();
    expect(element.shadowRoot?.querySelector("credits-grants-table")).to.equal(table);
    expect(table?.pageSize).to.equal(25);
  });

  it("stand in the address where the page wants that, and follow it", async () => {
    history.replaceState(null, "", "#credits/ledger");
    const element = await scene.put("link-tabs");
    expect(openOf(element)).to.equal("Ledger");
    const steps = history.length;
    tabsOf(element)[2]?.click();
    await scene.rest();
    expect([location.hash, history.length]).to.deep.equal(["#credits/grants", steps]);
    const heard = new Promise((resolve) => window.addEventListener("hashchange", resolve, { once: true }));
    location.hash = "#credits/billing";
    await heard;
    await scene.rest();
    expect(openOf(element)).to.equal("Plan & billing");
    location.hash = "#credits/nothing";
    await new Promise((resolve) => window.addEventListener("hashchange", resolve, { once: true }));
    await scene.rest();
    expect(openOf(element)).to.equal("Plan & billing");
  });

  it("scroll in a narrow place, and the open one is seen", async () => {
    const element = await scene.put('tab="settings"');
    element.style.width = "340px";
    for (const dir of ["ltr", "rtl"]) {
      element.dir = dir;
      for (const tab of ["overview", "settings"] as const) {
        element.tab = tab;
        await scene.rest();
        const list = partOf(element, "tabs")?.getBoundingClientRect();
        const shown = tabsOf(element)
          .find((one) => one.id === `tab-${tab}`)
          ?.getBoundingClientRect();
        expect(
          list && shown && shown.left >= list.left - 1 && shown.right <= list.right + 1,
          `${dir} ${tab}`,
        ).to.equal(true);
      }
    }
  });

  it("leave the address alone where it does not, and until somebody chooses", async () => {
    const element = await scene.put('tab="usage"');
    tabsOf(element)[2]?.click();
    await scene.rest();
    expect(location.hash).to.equal("");
    await scene.put('link-tabs="billing" tab="usage"');
    expect(location.hash).to.equal("");
  });

  it("of two portals do not fight over it", async () => {
    history.replaceState(null, "", "#a/ledger");
    const markup = (name: string) =>
      `<credits-utilization-portal session-url="/session" link-tabs="${name}"></credits-utilization-portal>`;
    let place = document.body;
    const said = await warningsOf(async () => {
      place = await scene.stage.put(markup("a") + markup("b") + markup("a"));
      await scene.rest();
    });
    const [one, two, three] = [...place.children];
    expect([one, two, three].map((element) => element && openOf(element))).to.deep.equal([
      "Ledger",
      "Overview",
      "Overview",
    ]);
    if (three) tabsOf(three)[3]?.click();
    await scene.rest();
    expect(location.hash).to.equal("#a/ledger");
    if (two) tabsOf(two)[1]?.click();
    await scene.rest();
    expect(location.hash).to.equal("#b/usage");
    expect([one, two].map((element) => element && openOf(element))).to.deep.equal(["Ledger", "Usage"]);
    expect(said.some((text) => text.includes("#a/"))).to.equal(true);
    // The name is free again when its owner is gone.
    one?.remove();
    two?.remove();
    three?.remove();
    await scene.rest();
    history.replaceState(null, "", "#a/grants");
    expect(openOf(await scene.put('link-tabs="a"'))).to.equal("Grants");
  });
});

it("a portal is reached by the keyboard, from the top-up to the tabs and on to what they open", async () => {
  const scene = new PortalScene();
  const element = await scene.put();
  partOf(element, "top-up-button")?.focus();
  await sendKeys({ press: "Tab" });
  expect(element.shadowRoot?.activeElement?.getAttribute("part")).to.equal("tab");
  await sendKeys({ press: "Tab" });
  expect(element.shadowRoot?.activeElement?.getAttribute("part")).to.equal("panel");
  await scene.strike();
});
