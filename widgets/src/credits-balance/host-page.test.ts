import { expect } from "@open-wc/testing";
import { balancesOf, poolOf } from "../testing/balances.ts";
import { hasPart, partOf, Stage, textOf } from "../testing/stage.ts";
import { FakeTopUps, orderOf } from "../testing/top-ups.ts";
import type { CreditsTopUp } from "../credits-top-up/credits-top-up.ts";
import type { CreditsTopUpRequestEvent } from "./credits-balance.events.ts";
import { CreditsBalance } from "./credits-balance.ts";

describe("a host page", () => {
  let stage: Stage;
  beforeEach(() => {
    stage = new Stage();
  });
  afterEach(() => stage.strike());

  it("may set properties before the element is upgraded", async () => {
    class Late extends CreditsBalance {}
    const tag = "credits-late-balance";
    const element = document.createElement(tag);
    Object.assign(element, {
      fetchSession: async () => stage.server.mintSession(),
      creditType: "images",
      hideUnit: true,
    });
    stage.server.balances = balancesOf([poolOf({ creditTypeId: "images", available: "3" }), poolOf()]);
    const place = await stage.put("");
    place.append(element);
    customElements.define(tag, Late);
    await stage.clock.pass(100);
    expect(textOf(element, "balance")).to.equal("3");
    expect(textOf(element, "caption")).to.equal("available");
  });

  it("may set properties before or after the element is attached", async () => {
    const place = await stage.put("");
    const element = document.createElement("credits-balance");
    element.sessionUrl = "/session";
    element.fractionDigits = 2;
    await stage.rest();
    expect(stage.server.requests).to.deep.equal([]);
    place.append(element);
    await stage.clock.pass(100);
    expect(textOf(element, "balance")).to.equal("1,240.00");
    element.setAttribute("fraction-digits", "1");
    element.setAttribute("hide-unit", "");
    await element.updateComplete;
    expect(textOf(element, "balance")).to.equal("1,240.0");
    expect(textOf(element, "caption")).to.equal("available");
    element.removeAttribute("fraction-digits");
    await element.updateComplete;
    expect(textOf(element, "balance")).to.equal("1,240");
  });

  it("gets a Top up button where the session allows it, unless it says no", async () => {
    expect(hasPart(await stage.putBalance(), "top-up-button")).to.equal(true);
    expect(hasPart(await stage.putBalance('session-url="/session" top-up="off"'), "top-up-button")).to.equal(
      false,
    );
    stage.server.balances = balancesOf([poolOf()], { canTopUp: false });
    expect(hasPart(await stage.putBalance(), "top-up-button")).to.equal(false);
  });

  it("opens the purchase for the pool, with the session, the language and the looks of the balance", async () => {
    const api = new FakeTopUps(stage.server);
    stage.server.balances = balancesOf([poolOf({ resourceId: "alpha" })]);
    const element = await stage.putBalance('session-url="/session" theme="dark"');
    partOf(element, "top-up-button")?.click();
    const opened = await openedBy(element);
    const { creditType, resource, theme, modal, sessionUrl } = opened;
    expect({ creditType, resource, theme, modal, sessionUrl }).to.deep.equal({
      creditType: "tokens",
      resource: "alpha",
      theme: "dark",
      modal: true,
      sessionUrl: "/session",
    });
    expect([api.quoted, stage.server.streamsOpened]).to.deep.equal([["500"], 1]);
    opened.close();
    expect(element.shadowRoot?.querySelector("credits-top-up") === null).to.equal(true);
  });

  it("leaves the purchase to a page that cancels the request", async () => {
    const element = await stage.putBalance();
    element.addEventListener("credits-top-up-request", (event) => event.preventDefault());
    partOf(element, "top-up-button")?.click();
    await stage.clock.pass(500);
    expect(element.shadowRoot?.querySelector("credits-top-up") === null).to.equal(true);
  });

  it("shows a person who comes back from a payment page what became of it", async () => {
    const { href } = location;
    const api = new FakeTopUps(stage.server);
    api.orders.set("k", orderOf({ status: "paid" }));
    history.replaceState(null, "", `${href}&credits_top_up=tu_1&credits_top_up_result=success`);
    const opened = await openedBy(await stage.putBalance());
    expect(textOf(opened, "outcome")).to.contain("500 tokens added");
    expect(location.href).to.equal(href);
  });

  /** The purchase is a file that comes over the real network of the test runner. */
  async function openedBy(element: CreditsBalance): Promise<CreditsTopUp> {
    const found = () => element.shadowRoot?.querySelector("credits-top-up") ?? undefined;
    await stage.clock.passUntil("the purchase", () => (found()?.state.type ?? "loading") !== "loading");
    await stage.clock.pass(10);
    const opened = found();
    if (!opened) throw new Error("nothing opened");
    return opened;
  }

  it("hears of a top-up request outside every shadow root, and may cancel it", async () => {
    stage.server.balances = balancesOf([poolOf({ resourceId: "alpha" })]);
    const element = await stage.putBalance('session-url="/session"');
    const heard: CreditsTopUpRequestEvent[] = [];
    document.addEventListener("credits-top-up-request", (event) => {
      if (event instanceof Event && "detail" in event) event.preventDefault();
    });
    element.addEventListener("credits-top-up-request", (event) => heard.push(event));
    partOf(element, "top-up-button")?.click();
    expect(heard).to.have.length(1);
    expect(heard[0]?.detail).to.deep.equal({ creditTypeId: "tokens", resourceId: "alpha" });
    expect(heard[0]?.defaultPrevented).to.equal(true);
    expect(heard[0]?.composed).to.equal(true);
  });

  it("hears when balances are there and when they are not", async () => {
    const heard: string[] = [];
    const place = await stage.put("");
    place.addEventListener("credits-balance-load", () => heard.push("load"));
    place.addEventListener("credits-balance-error", (event) => heard.push(event.detail.code));
    stage.server.fault = { status: 500, code: "internal" };
    place.innerHTML = '<credits-balance session-url="/session"></credits-balance>';
    await stage.clock.pass(3_000);
    stage.server.fault = undefined;
    await stage.clock.pass(5_000);
    stage.server.push(poolOf({ available: "2", seq: 9 }));
    await stage.rest();
    expect(heard).to.deep.equal(["internal", "load"]);
  });

  it("themes by tokens, by CSS or by script, and its CSS wins", async () => {
    const element = await stage.putBalance();
    const base = partOf(element, "base") ?? element;
    element.appearance = { surface: "rgb(1, 2, 3)", radiusControl: "3px" };
    await element.updateComplete;
    expect(getComputedStyle(base).backgroundColor).to.equal("rgb(1, 2, 3)");
    expect(element.getAttribute("style")).to.equal(null);
    const style = document.createElement("style");
    style.textContent =
      "credits-balance { --credits-surface: rgb(9, 9, 9); } credits-balance::part(balance) { color: rgb(4, 5, 6); }";
    document.head.append(style);
    expect(getComputedStyle(base).backgroundColor).to.equal("rgb(9, 9, 9)");
    expect(getComputedStyle(partOf(element, "balance") ?? base).color).to.equal("rgb(4, 5, 6)");
    style.remove();
    element.appearance = undefined;
    await element.updateComplete;
    expect(getComputedStyle(base).backgroundColor).to.equal("rgb(255, 255, 255)");
  });

  it("decides between light and dark, and is followed where it does not say", async () => {
    const element = await stage.putBalance();
    const background = () => getComputedStyle(partOf(element, "base") ?? element).backgroundColor;
    expect(background()).to.equal("rgb(255, 255, 255)");
    document.documentElement.style.colorScheme = "dark";
    expect(background()).to.equal("rgb(22, 24, 29)");
    element.theme = "light";
    await element.updateComplete;
    expect(background()).to.equal("rgb(255, 255, 255)");
    document.documentElement.style.colorScheme = "";
    element.theme = "dark";
    await element.updateComplete;
    expect(background()).to.equal("rgb(22, 24, 29)");
  });

  it("does not bend the element with its own typography", async () => {
    const place = await stage.put(
      '<div style="text-transform: uppercase; letter-spacing: 1em; color: red; white-space: nowrap"><credits-balance session-url="/session"></credits-balance></div>',
    );
    const figure = partOf(stage.balance(), "caption") ?? place;
    expect(getComputedStyle(figure)).to.include({
      textTransform: "none",
      letterSpacing: "normal",
      whiteSpace: "normal",
    });
    expect(getComputedStyle(figure).color).not.to.equal("rgb(255, 0, 0)");
  });

  it("finds every documented part, slot and event in place", async () => {
    const element = await stage.putBalance('session-url="/session"');
    const slots = [...(element.shadowRoot?.querySelectorAll("slot") ?? [])].map((slot) => slot.name);
    expect(slots).to.deep.equal(["header", "actions"]);
    const always =
      "base pools pool symbol name balance caption history sparkline usage bar top-up-button".split(" ");
    expect(always.filter((part) => !partOf(element, part))).to.deep.equal([]);
  });
});
