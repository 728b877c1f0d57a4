import { expect } from "@open-wc/testing";
import { until } from "../testing/fake-clock.ts";
import { PortalScene } from "../testing/portal-scene.ts";
import { partOf, textOf } from "../testing/stage.ts";
import { TABS } from "./credits-utilization-portal.types.ts";

describe("a portal on the page of a host", () => {
  let scene: PortalScene;
  beforeEach(() => {
    scene = new PortalScene();
  });
  afterEach(() => scene.strike());

  it("has one stream, one session and one request per endpoint for all of a tab", async () => {
    const element = await scene.put();
    const { server } = scene.stage;
    expect(scene.counts()).to.deep.equal({
      "/widget/forecast": 1,
      "/widget/usage": 1,
      "/widget/grants": 1,
      "/widget/ledger": 1,
    });
    for (const tab of TABS) {
      element.tab = tab;
      scene.asked.length = 0;
      await scene.rest();
      const most = Math.max(0, ...Object.values(scene.counts()));
      expect(most, tab).to.be.at.most(1);
    }
    // The header and the chart ask for the same forecast.
    expect([server.sessionsMinted, server.streamsOpened, server.mostStreamsAtOnce]).to.deep.equal([1, 1, 1]);
  });

  it("shares all of that with a second portal beside it", async () => {
    await scene.stage.put(
      `<credits-utilization-portal time-zone="UTC" session-url="/session"></credits-utilization-portal>`.repeat(
        2,
      ),
    );
    await scene.rest();
    expect(Object.values(scene.counts())).to.deep.equal([1, 1, 1, 1]);
    expect([scene.stage.server.sessionsMinted, scene.stage.server.mostStreamsAtOnce]).to.deep.equal([1, 1]);
  });

  it("hands the session of a provider around it on, and of a function of the page's", async () => {
    const place = await scene.stage.put(
      `<credits-session session-url="/session"><credits-utilization-portal tab="grants"></credits-utilization-portal></credits-session>`,
    );
    await scene.rest();
    const inside = place
      .querySelector("credits-utilization-portal")
      ?.shadowRoot?.querySelector("credits-grants-table");
    expect(inside?.shadowRoot?.querySelectorAll("tbody tr")).to.have.length(8);
    const element = await scene.put('tab="ledger"', {
      fetchSession: () => Promise.resolve(scene.stage.server.mintSession()),
    });
    // Frameworks make a new function each time that they draw.
    element.fetchSession = () => Promise.resolve(scene.stage.server.mintSession());
    await scene.rest();
    const ledger = element.shadowRoot?.querySelector("credits-ledger");
    expect(ledger?.shadowRoot?.querySelectorAll("tbody tr").length).to.be.at.least(5);
    expect(scene.stage.server.mostStreamsAtOnce).to.equal(1);
  });

  it("tells once that a session token is over, however many elements have it", async () => {
    let told = 0;
    const note = () => (told += 1);
    document.addEventListener("credits-session-expired", note);
    const { token } = scene.stage.server.mintSession();
    const element = await scene.put('tab="grants"', { sessionToken: token });
    await scene.rest();
    expect(textOf(element, "balance")).to.equal("1,240");
    await scene.stage.clock.pass(700_000);
    document.removeEventListener("credits-session-expired", note);
    expect(told).to.equal(1);
  });

  it("asks the page before it sells, with the pool at hand", async () => {
    const element = await scene.put();
    const asked: unknown[] = [];
    element.addEventListener("credits-top-up-request", (event) => {
      asked.push(event.detail);
      event.preventDefault();
    });
    partOf(element, "top-up-button")?.click();
    await scene.rest();
    expect(asked).to.deep.equal([{ creditTypeId: "tokens", resourceId: null }]);
    expect(element.shadowRoot?.querySelector("credits-top-up") === null).to.equal(true);
  });

  it("opens the purchase in a dialog of its own where the page does not", async () => {
    const element = await scene.put();
    partOf(element, "top-up-button")?.click();
    await scene.stage.clock.pass(100);
    const opened = element.shadowRoot?.querySelector("credits-top-up");
    expect(opened?.shadowRoot?.querySelector("dialog")?.open).to.equal(true);
  });

  it("has no top-up where the page or the session says so", async () => {
    expect(partOf(await scene.put('top-up="off"'), "top-up-button")).to.equal(null);
    scene.stage.server.balances = { ...scene.stage.server.balances, canTopUp: false };
    expect(partOf(await scene.put(), "top-up-button")).to.equal(null);
  });

  it("hands the parts of its elements on, by names of theirs", async () => {
    const style = document.createElement("style");
    style.textContent = `credits-utilization-portal::part(grants-row) { outline: 3px solid rgb(1, 2, 3) }`;
    document.head.append(style);
    const element = await scene.put('tab="grants"');
    await scene.rest();
    const row = element.shadowRoot
      ?.querySelector("credits-grants-table")
      ?.shadowRoot?.querySelector("tbody tr");
    expect(row && getComputedStyle(row).outlineColor).to.equal("rgb(1, 2, 3)");
    style.remove();
  });

  it("speaks German and Arabic, the elements in it too", async () => {
    const element = await scene.put('tab="grants" lang="de"');
    const inner = () => element.shadowRoot?.querySelector("credits-grants-table");
    const words = () => [textOf(element, "tabs"), textOf(inner() ?? element, "title")].join();
    await until("German in both", () => words().includes("Einstellungen,Gutschriften"));
    element.lang = "ar";
    await until("Arabic in both", () => words().includes("الإعدادات,دفعات الرصيد"));
    expect(element.shadowRoot?.querySelector<HTMLElement>(".base")?.dir).to.equal("rtl");
    expect(inner()?.dir).to.equal("rtl");
  });

  it("leaves nothing behind", async () => {
    const element = await scene.put('link-tabs tab="usage"');
    element.remove();
    await scene.rest();
    expect(scene.stage.server.streams.size).to.equal(0);
    const asked = scene.asked.length;
    await scene.stage.clock.pass(700_000);
    expect(scene.asked).to.have.length(asked);
  });
});
