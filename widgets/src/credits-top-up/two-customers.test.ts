import { expect } from "@open-wc/testing";
import { balancesOf, poolOf } from "../testing/balances.ts";
import { hasPart, partOf, Stage, textOf } from "../testing/stage.ts";
import { FakeTopUps, VISA } from "../testing/top-ups.ts";
import { exits } from "../paying/leave-page.ts";
import type { CreditsTopUp } from "./credits-top-up.ts";

describe("credits-top-up of several customers, tabs and prices", () => {
  let stage: Stage;
  let api: FakeTopUps;
  const { openTab } = exits;
  beforeEach(() => {
    stage = new Stage();
    api = new FakeTopUps(stage.server);
    api.offer = { ...api.offer, savedCard: VISA };
    Object.assign(exits, { openTab: () => null });
  });
  afterEach(async () => {
    Object.assign(exits, { openTab });
    await stage.strike();
  });

  const switchTo = async (element: CreditsTopUp, customer: string) => {
    stage.server.customer = customer;
    stage.server.balances = balancesOf([poolOf()], { customerId: customer });
    element.customer = customer;
    await stage.clock.pass(100);
  };
  /** Holds back the answers to `method` until they are released. */
  const holdBack = (method: string) => {
    const { answer } = stage.server;
    const held: (() => void)[] = [];
    stage.server.answer = (url, init) => {
      const { method: asked = "GET" } = init;
      const made = answer?.(url, init);
      if (asked !== method || !made || url.pathname.endsWith("/quote")) return made;
      return new Promise<void>((release) => held.push(release)).then(() => made);
    };
    return () => held.forEach((release) => release());
  };
  const customersOf = (path: RegExp) =>
    stage.server.requests
      .filter(({ url }) => path.test(url))
      .map(({ token }) => /"sub":"(\w+)"/.exec(atob(token?.split(".")[1] ?? ""))?.[1]);
  const press = async (element: CreditsTopUp, part = "pay-button") => {
    partOf(element, part)?.click();
    await stage.clock.pass(50);
  };

  it("shows nothing of an order whose answer comes when the page is another customer's", async () => {
    api.next = { status: "paid", method: "charge" };
    const element = await stage.putTopUp('session-url="/session" customer="acme"');
    let succeeded = 0;
    element.addEventListener("credits-top-up-succeeded", () => (succeeded += 1));
    const release = holdBack("POST");
    await press(element);
    await switchTo(element, "beta");
    release();
    await stage.clock.pass(50);
    expect(element.state.type).to.equal("form");
    expect(hasPart(element, "outcome")).to.equal(false);
    expect(succeeded).to.equal(0);
  });

  it("never orders with the session of another customer than the one who pressed the button", async () => {
    const element = await stage.putTopUp();
    // The host page's back end has switched, and the page says nothing: only the next session tells.
    stage.server.customer = "beta";
    stage.server.balances = balancesOf([poolOf()], { customerId: "beta" });
    const last = stage.server.requests.at(-1);
    if (last?.token) stage.server.refusedTokens.add(last.token);
    await press(element);
    expect(stage.server.sessionsMinted).to.equal(2);
    expect(customersOf(/top-ups$/)).to.deep.equal(["acme"]);
    expect(api.orders.size).to.equal(0);
  });

  it("stops following an order when the page is another customer's", async () => {
    api.offer = { ...api.offer, savedCard: null };
    const element = await stage.putTopUp('session-url="/session" customer="acme" return="tab"');
    await press(element);
    expect(element.state.type).to.equal("blocked");
    await switchTo(element, "beta");
    await stage.clock.pass(20_000);
    expect(element.state.type).to.equal("form");
    expect(customersOf(/top-ups\/tu_/)).not.to.include("beta");
  });

  it("hands on nobody's choice of a card, or to keep it", async () => {
    const element = await stage.putTopUp('session-url="/session" customer="acme"');
    await press(element, "card-button");
    const keep = element.shadowRoot?.querySelector<HTMLInputElement>("[part~=save-card] input");
    keep?.click();
    await stage.clock.pass(50);
    expect(keep?.checked).to.equal(true);
    await switchTo(element, "beta");
    expect(hasPart(element, "save-card")).to.equal(false);
    await press(element, "card-button");
    expect(element.shadowRoot?.querySelector<HTMLInputElement>("[part~=save-card] input")?.checked).to.equal(
      false,
    );
  });

  it("makes one order of the same button in two tabs, and another one after it is paid", async () => {
    api.orderFault = "lost";
    const element = await stage.putTopUp();
    await press(element);
    const other = document.createElement("credits-top-up");
    other.sessionUrl = "/session";
    element.after(other);
    await stage.clock.pass(100);
    api.orderFault = undefined;
    api.move({ status: "paid", method: "charge" });
    await press(other);
    expect(textOf(other, "outcome")).to.contain("500 tokens added");
    expect(api.orders.size).to.equal(1);
    await press(element);
    expect(api.orders.size).to.equal(2);
    other.remove();
  });

  it("takes another order after one that the API says cannot go on", async () => {
    api.orderFault = { status: 409, code: "state_conflict" };
    const element = await stage.putTopUp();
    await press(element);
    api.orderFault = undefined;
    await press(element);
    const [first, second] = api.sent;
    expect(second?.orderKey).not.to.equal(first?.orderKey);
  });
});
