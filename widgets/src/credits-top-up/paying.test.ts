import { expect } from "@open-wc/testing";
import { poolOf } from "../testing/balances.ts";
import { hasPart, partOf, Stage, textOf } from "../testing/stage.ts";
import { FakeTopUps, orderOf, VISA } from "../testing/top-ups.ts";
import type { CreditsTopUpFailedEvent } from "./credits-top-up.events.ts";
import type { CreditsTopUp } from "./credits-top-up.ts";
import { exits } from "../paying/leave-page.ts";

describe("paying in credits-top-up", () => {
  let stage: Stage;
  let api: FakeTopUps;
  const { go, openTab } = exits;
  const { href: here } = location;
  const tab = { opened: 0, closed: false, location: { href: "" }, close: () => (tab.closed = true) };
  const gone: string[] = [];
  beforeEach(() => {
    stage = new Stage();
    api = new FakeTopUps(stage.server);
    sessionStorage.clear();
    Object.assign(tab, { opened: 0, closed: false, location: { href: "" } });
    gone.length = 0;
    Object.assign(exits, {
      go: (url: string) => gone.push(url),
      openTab: () => {
        tab.opened += 1;
        return tab;
      },
    });
  });
  afterEach(async () => {
    Object.assign(exits, { go, openTab });
    history.replaceState(null, "", here);
    await stage.strike();
  });

  const press = async (element: CreditsTopUp, part = "pay-button") => {
    partOf(element, part)?.focus();
    partOf(element, part)?.click();
    await stage.clock.pass(50);
  };
  const comeBack = (result: string) => {
    history.replaceState(null, "", `${here}&credits_top_up=tu_1&credits_top_up_result=${result}`);
  };
  const withCard = () => (api.offer = { ...api.offer, savedCard: VISA });

  it("charges a saved card with one confirmation that names the total and the card", async () => {
    withCard();
    api.next = { status: "paid", method: "charge" };
    const element = await stage.putTopUp();
    expect(textOf(element, "pay-button")).to.equal("Pay $5.00 with Visa ···· 4242");
    await press(element);
    expect(api.sent).to.have.length(1);
    expect(api.sent[0]).to.include({ method: "charge", credits: "500" });
    expect(textOf(element, "outcome")).to.contain("500 tokens added");
    expect(hasPart(element, "save-card")).to.equal(false);
  });

  it("shows the balance as it rises after the payment, without a reload", async () => {
    withCard();
    api.next = { status: "paid" };
    const element = await stage.putTopUp();
    await press(element);
    stage.server.push(poolOf({ available: "1740", seq: 4 }));
    await stage.rest();
    expect(textOf(element, "balance")).to.equal("You have 1,740 tokens");
  });

  it("sends one order for a double click", async () => {
    withCard();
    const element = await stage.putTopUp();
    partOf(element, "pay-button")?.click();
    partOf(element, "pay-button")?.click();
    await stage.clock.pass(50);
    expect(new Set(api.sent.map(({ orderKey }) => orderKey)).size).to.equal(1);
    expect(api.orders.size).to.equal(1);
  });

  it("sends the same order again when the answer was lost, also after a reload", async () => {
    withCard();
    api.next = { status: "paid" };
    api.orderFault = "lost";
    const element = await stage.putTopUp();
    await press(element);
    expect(textOf(element, "notice")).to.contain("you will not be charged twice");
    const again = await stage.putTopUp();
    api.orderFault = undefined;
    await press(again);
    expect(api.orders.size).to.equal(1);
    expect(api.sent).to.have.length(2);
    expect(api.sent[0]).to.deep.equal(api.sent[1]);
    expect(textOf(again, "outcome")).to.contain("500 tokens added");
  });

  it("makes another order after a success, and for another amount", async () => {
    withCard();
    api.next = { status: "paid" };
    const element = await stage.putTopUp();
    await press(element);
    partOf(element, "outcome")?.querySelector("button")?.click();
    await stage.clock.pass(50);
    await press(element);
    expect(api.orders.size).to.equal(2);
    api.orderFault = "lost";
    partOf(element, "outcome")?.querySelector("button")?.click();
    await stage.clock.pass(50);
    await press(element);
    element.credits = "1000";
    await stage.clock.pass(50);
    await press(element);
    expect(api.orders.size).to.equal(4);
  });

  it("does not charge a price that is not the one on the button", async () => {
    withCard();
    const element = await stage.putTopUp('session-url="/session" credits="750"');
    expect(textOf(element, "pay-button")).to.contain("$7.50");
    api.price = 2;
    await press(element);
    expect([...api.orders.keys()]).to.deep.equal([]);
    expect(textOf(element, "notice")).to.contain("The price has changed");
    expect(textOf(element, "pay-button")).to.contain("$15.00");
    await press(element);
    expect(api.orders.size).to.equal(1);
  });

  it("says in words why a card was declined, and takes another order for the next try", async () => {
    withCard();
    api.orderFault = {
      status: 402,
      code: "card_declined",
      declineCode: "insufficient_funds",
      topUpId: "tu_9",
    };
    const element = await stage.putTopUp();
    const failures: CreditsTopUpFailedEvent["detail"][] = [];
    element.addEventListener("credits-top-up-failed", ({ detail }) => failures.push(detail));
    await press(element);
    expect(textOf(element, "notice")).to.contain("does not have enough money");
    expect(failures).to.deep.equal([
      { code: "card_declined", declineCode: "insufficient_funds", topUpId: "tu_9" },
    ]);
    api.orderFault = undefined;
    api.next = { status: "paid" };
    await press(element);
    expect(textOf(element, "outcome")).to.contain("500 tokens added");
    expect(api.sent[0]?.orderKey).not.to.equal(api.sent[1]?.orderKey);
  });

  it("leaves the saved card aside for another, with the consent to keep that one", async () => {
    withCard();
    const element = await stage.putTopUp();
    await press(element, "card-button");
    expect(textOf(element, "pay-button")).to.equal("Pay $5.00");
    partOf(element, "save-card")?.querySelector("input")?.click();
    await press(element);
    expect(api.sent[0]).to.include({ uiMode: "hosted", saveCard: true });
    expect(api.sent[0]).not.to.have.property("method");
  });

  it("opens the payment page in another tab within the click, and stays live", async () => {
    const element = await stage.putTopUp('session-url="/session" return="tab"');
    partOf(element, "pay-button")?.click();
    expect(tab.opened).to.equal(1);
    await stage.clock.pass(50);
    expect(tab.location.href).to.equal("https://checkout.example/tu_1");
    expect(textOf(element, "outcome")).to.contain("Waiting for your payment in the other tab");
    api.move({ status: "paid" });
    stage.server.push(poolOf({ available: "1740", seq: 4 }));
    await stage.clock.pass(10);
    expect(textOf(element, "outcome")).to.contain("500 tokens added");
    expect(tab.closed).to.equal(false);
  });

  it("offers a link where the browser forbids another tab", async () => {
    exits.openTab = () => null;
    const element = await stage.putTopUp('session-url="/session" return="tab"');
    await press(element);
    const link = partOf(element, "action-button");
    const attributes = ["href", "target", "rel"].map((name) => link?.getAttribute(name));
    expect(attributes).to.deep.equal(["https://checkout.example/tu_1", "_blank", "noopener"]);
    expect(element.shadowRoot?.activeElement === link).to.equal(true);
    link?.addEventListener("click", (event) => event.preventDefault());
    link?.click();
    await stage.rest();
    expect(textOf(element, "outcome")).to.contain("Waiting for your payment");
  });

  it("comes back to the form when the person gives up, and notices a payment made in that moment", async () => {
    const element = await stage.putTopUp('session-url="/session" return="tab" credits="750"');
    await press(element);
    const cancel = () =>
      partOf(element, "outcome")?.querySelector<HTMLElement>("button:last-of-type")?.click();
    cancel();
    await stage.clock.pass(10);
    expect(textOf(element, "notice")).to.contain("Nothing was charged");
    expect(textOf(element, "pay-button")).to.equal("Pay $7.50");
    await press(element);
    expect(api.orders.size).to.equal(1);
    api.move({ status: "paid" });
    cancel();
    await stage.clock.pass(10);
    expect(textOf(element, "outcome")).to.contain("750 tokens added");
  });

  it("closes the tab again when there is no order", async () => {
    api.orderFault = { status: 503, code: "overloaded" };
    const element = await stage.putTopUp('session-url="/session" return="tab"');
    await press(element);
    expect(tab.closed).to.equal(true);
    expect(textOf(element, "notice")).to.contain("No answer came");
  });

  it("goes to the payment page in this tab, with the way back", async () => {
    history.replaceState(null, "", `${here}#plan`);
    const element = await stage.putTopUp('session-url="/session" return="redirect"');
    await press(element);
    expect(gone).to.deep.equal(["https://checkout.example/tu_1"]);
    expect(api.sent[0]?.returnUrl).to.equal(`${here}#plan`);
    expect(tab.opened).to.equal(0);
  });

  it("is back at the same place with the amount kept after a cancelled redirect", async () => {
    api.orders.set("k", orderOf({ credits: "1000" }));
    comeBack("cancelled");
    const element = await stage.putTopUp();
    expect(location.href).to.equal(here);
    expect(textOf(element, "notice")).to.contain("Nothing was charged");
    expect(textOf(element, "pay-button")).to.equal("Pay $9.00");
  });

  it("shows what a redirect led to, also where Stripe is faster than its own message", async () => {
    api.orders.set("k", orderOf());
    comeBack("success");
    const element = await stage.putTopUp();
    expect(textOf(element, "outcome")).to.contain("Confirming your payment");
    api.move({ status: "processing" });
    await stage.clock.pass(2_100);
    expect(textOf(element, "outcome")).to.contain("Your bank is confirming the payment");
    api.move({ status: "paid" });
    await stage.clock.pass(3_100);
    expect(textOf(element, "outcome")).to.contain("500 tokens added");
  });

  it("asks more and more rarely, only while it is looked at, and ends with a button", async () => {
    api.orders.set("k", orderOf({ status: "processing" }));
    comeBack("success");
    const element = await stage.putTopUp();
    await stage.clock.pass(30 * 60_000);
    expect(api.reads).to.equal(41);
    expect(textOf(element, "outcome")).to.contain("Check again");
    window.dispatchEvent(new Event("focus"));
    await stage.rest();
    expect(api.reads).to.equal(42);
  });

  it("has a link for a payment that needs its confirmation, and for one that expired the form", async () => {
    withCard();
    api.next = { status: "action_required", url: "https://bank.example/confirm" };
    const element = await stage.putTopUp();
    await press(element);
    expect(textOf(element, "outcome")).to.contain("Your payment needs your confirmation");
    expect(partOf(element, "action-button")?.getAttribute("href")).to.equal("https://bank.example/confirm");
    api.move({ status: "expired" });
    window.dispatchEvent(new Event("focus"));
    await stage.rest();
    expect(textOf(element, "notice")).to.contain("has expired");
  });

  it("never follows an address that is none", async () => {
    api.next = { url: "javascript:alert(1)" };
    exits.go = go;
    const element = await stage.putTopUp('session-url="/session" return="redirect"');
    await press(element);
    expect(textOf(element, "notice")).to.contain("No answer came");
  });

  it("goes on when the session ended while paying", async () => {
    withCard();
    api.next = { status: "paid" };
    const element = await stage.putTopUp();
    for (const { token } of stage.server.requests) if (token) stage.server.refusedTokens.add(token);
    await press(element);
    expect(textOf(element, "outcome")).to.contain("500 tokens added");
    expect(stage.server.sessionsMinted).to.equal(2);
    expect(api.sent).to.have.length(1);
  });

  it("leaves the purchase to a page that wants to sell itself", async () => {
    const element = await stage.putTopUp();
    const asked: unknown[] = [];
    element.addEventListener("credits-top-up-request", (event) => {
      asked.push(event.detail);
      event.preventDefault();
    });
    await press(element);
    expect(asked).to.deep.equal([{ creditTypeId: "tokens", resourceId: null, credits: "500" }]);
    expect(api.sent).to.deep.equal([]);
  });
});
