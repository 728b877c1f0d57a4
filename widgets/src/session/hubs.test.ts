import { expect } from "@open-wc/testing";
import "../credits-session/define.ts";
import { balancesOf, poolOf } from "../testing/balances.ts";
import { setVisible, Stage, textOf } from "../testing/stage.ts";

describe("hubs", () => {
  let stage: Stage;
  beforeEach(() => {
    stage = new Stage();
  });
  afterEach(() => stage.strike());

  it("share one stream among elements, whatever their session comes from, if it is the same one", async () => {
    const place = await stage.put(
      '<credits-balance session-url="/session"></credits-balance><credits-balance></credits-balance>',
    );
    const second = stage.balance("credits-balance:last-child");
    second.fetchSession = async () => stage.server.mintSession();
    await stage.clock.pass(1_000);
    expect(textOf(second, "balance")).to.equal("1,240");
    expect(stage.server.streams.size).to.equal(1);
    expect(stage.server.mostStreamsAtOnce).to.equal(1);
    place.firstElementChild?.remove();
    stage.server.push(poolOf({ available: "1", seq: 8 }));
    await stage.rest();
    expect(textOf(second, "balance")).to.equal("1");
  });

  it("keep customers apart, also when only their functions differ", async () => {
    await stage.put("<credits-balance></credits-balance><credits-balance></credits-balance>");
    const [first, second] = [stage.balance(":first-child"), stage.balance(":last-child")];
    first.fetchSession = async () => stage.server.mintSession();
    await stage.clock.pass(100);
    stage.server.customer = "globex";
    stage.server.balances = balancesOf([poolOf({ available: "8" })], { customerId: "globex" });
    second.fetchSession = async () => stage.server.mintSession();
    await stage.clock.pass(100);
    expect(textOf(first, "balance")).to.equal("1,240");
    expect(textOf(second, "balance")).to.equal("8");
  });

  it("keep a stream per API", async () => {
    const tag = (api: string) =>
      `<credits-balance session-url="/session" api-base="${api}"></credits-balance>`;
    await stage.put(tag("https://one.example") + tag("https://two.example/credits/"));
    expect(stage.server.streams.size).to.equal(2);
    expect(stage.server.requests.map((request) => request.url)).to.include.members([
      "https://one.example/widget/stream",
      "https://two.example/credits/widget/stream",
    ]);
  });

  it("leave nothing behind when the last element goes", async () => {
    const place = await stage.put(
      '<credits-balance session-url="/session"></credits-balance><credits-balance session-url="/session"></credits-balance>',
    );
    const elements = [...place.children];
    elements[0]?.remove();
    await stage.rest();
    expect(stage.server.streams.size).to.equal(1);
    elements[1]?.remove();
    await stage.rest();
    expect(stage.server.streams.size).to.equal(0);
    expect(stage.clock.running).to.equal(0);
    const asked = stage.server.requests.length;
    for (const visible of [false, true]) setVisible(visible);
    window.dispatchEvent(new Event("online"));
    window.dispatchEvent(new PageTransitionEvent("pageshow"));
    await stage.clock.pass(3_600_000);
    expect(stage.server.requests).to.have.length(asked);
  });

  it("survive that an element is moved", async () => {
    const place = await stage.put('<p></p><credits-balance session-url="/session"></credits-balance>');
    place.firstElementChild?.append(stage.balance());
    await stage.clock.pass(1_000);
    expect(stage.server.streamsOpened).to.equal(1);
    expect(textOf(stage.balance(), "balance")).to.equal("1,240");
  });

  it("start again for an element that comes back", async () => {
    const element = await stage.putBalance();
    const { parentElement } = element;
    element.remove();
    await stage.rest();
    stage.server.balances = balancesOf([poolOf({ available: "3", seq: 9 })]);
    parentElement?.append(element);
    await stage.clock.pass(500);
    expect(textOf(element, "balance")).to.equal("3");
    expect(stage.server.streams.size).to.equal(1);
  });

  it("take a function that a framework makes anew on every render for the same session", async () => {
    const element = await stage.putBalance("", { fetchSession: async () => stage.server.mintSession() });
    for (let render = 0; render < 20; render += 1) {
      element.fetchSession = async () => stage.server.mintSession();
      await stage.rest();
    }
    expect(stage.server.sessionsMinted).to.equal(1);
    expect(stage.server.streamsOpened).to.equal(1);
  });

  it("wipe what they show before the next paint when the page names another customer", async () => {
    const element = await stage.putBalance('session-url="/session" customer="acme"');
    expect(textOf(element, "balance")).to.equal("1,240");
    stage.server.customer = "globex";
    stage.server.balances = balancesOf([poolOf({ available: "8" })], { customerId: "globex" });
    element.customer = "globex";
    // Microtasks run before the browser paints.
    await element.updateComplete;
    expect(textOf(element, "balance")).to.equal(undefined);
    await stage.clock.pass(500);
    expect(textOf(element, "balance")).to.equal("8");
  });

  it("wipe what they show when a renewed session turns out to be another customer's", async () => {
    const element = await stage.putBalance();
    const seen: string[] = [];
    const look = () => seen.push(`${stage.server.customer} ${textOf(element, "balance") ?? "-"}`);
    stage.server.customer = "globex";
    stage.server.balances = balancesOf([poolOf({ available: "8" })], { customerId: "globex" });
    for (let beat = 0; beat < 33; beat += 1) {
      await stage.clock.pass(15_000);
      stage.server.heartbeat();
      look();
    }
    expect(seen[0]).to.equal("globex 1,240");
    expect(seen.at(-1)).to.equal("globex 8");
    expect(stage.server.mostStreamsAtOnce).to.equal(1);
  });

  it("find the provider through shadow roots, before and after it is given a session", async () => {
    const place = await stage.put("<credits-session><div></div></credits-session>");
    const shadow = place.querySelector("div")?.attachShadow({ mode: "open" });
    const element = document.createElement("credits-balance");
    shadow?.append(element);
    await stage.clock.pass(1_000);
    expect(element.state.type).to.equal("loading");
    place.querySelector("credits-session")?.setAttribute("session-url", "/session");
    await stage.clock.pass(500);
    expect(textOf(element, "balance")).to.equal("1,240");
  });
});
