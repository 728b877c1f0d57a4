import { expect } from "@open-wc/testing";
import { balancesOf, poolOf } from "../testing/balances.ts";
import { inDays } from "../testing/grants.ts";
import { billingOf, documentOf, planOf } from "../testing/portal.ts";
import { PortalScene } from "../testing/portal-scene.ts";
import { hasPart, partOf, textOf } from "../testing/stage.ts";
import type { CreditsUtilizationPortal } from "./credits-utilization-portal.ts";

const textsOf = (element: Element, part: string) =>
  [...(element.shadowRoot?.querySelectorAll(`[part~="${part}"]`) ?? [])].map((one) =>
    (one.textContent ?? "").replace(/\s+/g, " ").trim(),
  );

describe("plan and billing of a portal", () => {
  let scene: PortalScene;
  beforeEach(() => {
    scene = new PortalScene();
  });
  afterEach(() => scene.strike());

  const put = () => scene.put('tab="billing"');
  const press = async (element: CreditsUtilizationPortal, text: string) => {
    const found = [...(element.shadowRoot?.querySelectorAll<HTMLElement>("button") ?? [])].find(
      (button) => (button.getAttribute("aria-label") ?? button.textContent ?? "").trim() === text,
    );
    if (!found) throw new Error(`no ${text}`);
    found.focus();
    found.click();
    await scene.rest();
  };
  const focused = (element: CreditsUtilizationPortal) => {
    const at = element.shadowRoot?.activeElement;
    return (at?.ariaLabel ?? at?.textContent)?.trim();
  };

  it("tell the plan with its price and what it includes, the cards and what was bought", async () => {
    const rows = textsOf(await put(), "row");
    expect(rows).to.deep.equal([
      "Studio Pro AI Tokens 1,000 tokens included every month $0.0125 per token",
      "Visa ···· 4242 Expires 04/2030 Default Remove",
      "Mastercard ···· 5454 Expired Make default Remove",
      "250 tokens Mar 1, 2026 · LUM-0042 Unpaid Pay PDF $6.25",
      "500 tokens Feb 28, 2026 · Auto top-up Paid Receipt $12.50 incl. $2.00 tax",
      "500 tokens Feb 10, 2026 Paid Receipt $12.50 $5.00 refunded",
      "500 tokens Jan 10, 2026 Failed $12.50",
    ]);
  });

  it("remove a card after a question, and tell so once", async () => {
    let told = 0;
    const element = await put();
    element.addEventListener("credits-payment-methods-change", () => (told += 1));
    await press(element, "Remove: Mastercard ···· 5454");
    expect(textsOf(element, "row")[2]).to.contain("Remove Mastercard ···· 5454?");
    await press(element, "Keep");
    expect(scene.sent).to.deep.equal([]);
    await press(element, "Remove: Mastercard ···· 5454");
    await press(element, "Remove");
    expect(scene.sent.map(({ method, path }) => `${method} ${path}`)).to.deep.equal([
      "DELETE /widget/billing/payment-methods/pm_2",
    ]);
    expect(textOf(element, "notice")).to.equal("The card was removed.");
    expect(textsOf(element, "row").join()).not.to.contain("Mastercard");
    expect(told).to.equal(1);
  });

  it("leave the keyboard where the person goes on, though the pressed button is gone", async () => {
    const element = await put();
    await press(element, "Remove: Mastercard ···· 5454");
    expect(focused(element)).to.equal("Keep");
    await press(element, "Keep");
    expect(focused(element)).to.equal("Remove: Mastercard ···· 5454");
    await press(element, "Make default: Mastercard ···· 5454");
    expect(focused(element)).to.equal("Remove: Mastercard ···· 5454");
    await press(element, "Remove: Mastercard ···· 5454");
    await press(element, "Remove");
    expect(focused(element)).to.equal("Add a card");
  });

  it("leave the keyboard alone where it is elsewhere by then", async () => {
    const element = await put();
    const { promise, resolve } = Promise.withResolvers<void>();
    scene.changesWait = promise;
    await press(element, "Make default: Mastercard ···· 5454");
    partOf(element, "panel")?.focus();
    resolve();
    await scene.rest();
    expect(element.shadowRoot?.activeElement?.id).to.equal("panel");
    expect(textOf(element, "notice")).not.to.equal("");
  });

  it("make another card the default", async () => {
    const element = await put();
    await press(element, "Make default: Mastercard ···· 5454");
    expect(scene.sent[0]?.path).to.equal("/widget/billing/payment-methods/pm_2/default");
    expect(textsOf(element, "row")[2]).to.contain("Default");
    expect(textsOf(element, "row")[1]).to.contain("Make default");
  });

  it("say that a change did not come through, and leave everything as it was", async () => {
    scene.changeFault = { status: 503, code: "overloaded" };
    const element = await put();
    await press(element, "Make default: Mastercard ···· 5454");
    await scene.stage.clock.pass(20_000);
    expect(textOf(element, "notice")).to.contain("That did not work");
    expect(textsOf(element, "row")[1]).to.contain("Default");
  });

  it("offer no change to sessions that may make none", async () => {
    scene.billing = billingOf({ canManage: false });
    const element = await put();
    expect(hasPart(element, "card-button")).to.equal(false);
    expect(textsOf(element, "row")[1]).to.equal("Visa ···· 4242 Expires 04/2030 Default");
  });

  it("keep the cards where Stripe does not answer for a while", async () => {
    const element = await put();
    scene.billing = billingOf({ paymentMethods: null });
    const [pool] = scene.stage.server.balances.balances;
    if (pool) scene.stage.server.push({ ...pool, seq: 4 });
    await scene.stage.clock.pass(6_000);
    expect(scene.counts()["/widget/billing"]).to.equal(2);
    expect(textsOf(element, "row").join()).to.contain("Visa");
  });

  it("say what is not there yet", async () => {
    const documents = { data: [], nextCursor: null, prevCursor: null };
    scene.billing = billingOf({ plans: [], paymentMethods: [], documents });
    const element = await put();
    const text = element.shadowRoot?.textContent ?? "";
    for (const words of ["You are not on a plan.", "No card is saved", "What you buy appears here"])
      expect(text).to.contain(words);
  });

  it("turn the pages of what was bought", async () => {
    const documents = { data: [documentOf()], nextCursor: "n", prevCursor: null };
    scene.billing = billingOf({ documents });
    const element = await put();
    scene.billing = billingOf({
      documents: { ...documents, data: [documentOf({ credits: "7" })], prevCursor: "p" },
    });
    await press(element, "Next");
    expect(scene.asked.at(-1)).to.contain("cursor=n");
    expect(textsOf(element, "row").at(-1)).to.contain("7 tokens");
    await press(element, "Previous");
    expect(scene.asked.at(-1)).to.contain("cursor=p");
  });

  it("say an agreed price, credits for each seat, and when a plan ends", async () => {
    const included = planOf().included;
    const plan = planOf({ isAgreed: true, endsAt: "2026-05-01T00:00:00Z" });
    scene.billing = billingOf({ plans: [{ ...plan, included: included && { ...included, perSeat: true } }] });
    const [row] = textsOf(await put(), "row");
    expect(row)
      .to.contain("for each of 3 seats")
      .and.to.contain("Ends on May 1, 2026")
      .and.to.contain("Agreed price");
  });

  it("say once that the page could not be loaded, with a retry", async () => {
    scene.faults.set("/widget/billing", { status: 500, code: "internal" });
    const element = await put();
    expect(textsOf(element, "message")).to.have.length(1);
    scene.faults.clear();
    await press(element, "Retry");
    expect(textsOf(element, "row")).to.have.length(7);
  });

  it("open Stripe's page for a card, and go on when the card is there", async () => {
    const element = await put();
    await press(element, "Add a card");
    await scene.stage.clock.pass(10_000);
    const dialog = element.shadowRoot?.querySelector("credits-adding-card");
    expect(dialog?.shadowRoot?.querySelector("dialog")?.open).to.equal(true);
    const setups = scene.sent.filter(({ path }) => path.endsWith("/setup"));
    expect(setups[0]?.body).to.have.all.keys("setupKey", "uiMode", "returnUrl");
    // Without a key for Stripe's form there is a link to its page.
    const link = dialog?.shadowRoot?.querySelector("a");
    expect(link?.href).to.equal("https://checkout.example/c");
    scene.setupStatus = "complete";
    await scene.stage.clock.pass(10_000);
    expect(element.shadowRoot?.querySelector("credits-adding-card") === null).to.equal(true);
    expect(textOf(element, "notice")).to.equal("The card was added.");
  });

  for (const way of ["session", "attribute"]) {
    it(`close it when the customer is another one by the ${way}: no card is added for that one`, async () => {
      const element = await put();
      const { server, clock } = scene.stage;
      await press(element, "Add a card");
      await clock.pass(5_000);
      expect(element.shadowRoot?.querySelector("credits-adding-card") !== null).to.equal(true);
      server.customer = "bolt";
      server.balances = balancesOf([poolOf()], { customerId: "bolt" });
      if (way === "attribute") element.customer = "bolt";
      await clock.pass(way === "attribute" ? 1_000 : 500_000);
      expect(element.shadowRoot?.querySelector("credits-adding-card") === null).to.equal(true);
      expect(textOf(element, "notice")).to.equal("");
      scene.setupStatus = "complete";
      const count = scene.sent.length;
      await clock.pass(20_000);
      expect(scene.sent).to.have.length(count);
      const askedAs = server.requests
        .filter(({ url }) => url.endsWith("/setup"))
        .map(({ token }) => /"sub":"(\w+)"/.exec(atob(token?.split(".")[1] ?? ""))?.[1]);
      expect(new Set(askedAs)).to.deep.equal(new Set(["acme"]));
    });
  }

  it("say when credits come next only where it is this plan that brings them", async () => {
    const [pool] = scene.stage.server.balances.balances;
    scene.stage.server.balances = balancesOf(pool ? [{ ...pool, nextRefreshAt: inDays(5) }] : []);
    const plain = planOf({ planId: "basic", name: "Basic", included: null });
    scene.billing = billingOf({ plans: [planOf(), plain] });
    const [first, second] = textsOf(await put(), "row");
    expect(first).to.contain("Next ones in 5 days");
    expect(second).not.to.contain("Next ones");
    scene.billing = billingOf({ plans: [planOf(), planOf({ subscriptionId: "sub_2", name: "Extra" })] });
    expect(textsOf(await put(), "row").join())
      .to.contain("Extra")
      .and.not.to.contain("Next ones");
    // Another pool's plan says nothing of this one.
    const team = planOf({ subscriptionId: "sub_2", name: "Team", resourceId: "team" });
    scene.billing = billingOf({ plans: [planOf(), team] });
    expect(textsOf(await put(), "row")[0]).to.contain("Next ones in 5 days");
  });

  it("tell who comes back from Stripe's page in this tab how it ended, and clean the address", async () => {
    history.replaceState(null, "", "?credits_card_setup=cset_1&credits_card_setup_result=success");
    const element = await scene.put();
    await scene.rest();
    expect(element.tab).to.equal("billing");
    expect(textOf(element, "notice")).to.equal("The card was added.");
    expect(location.search).not.to.contain("credits_card_setup");
  });
});
