import { expect } from "@open-wc/testing";
import { sendKeys } from "@web/test-runner-commands";
import "axe-core/axe.min.js";
import { balancesOf, poolOf } from "../testing/balances.ts";
import { hasPart, partOf, Stage, textOf } from "../testing/stage.ts";
import { stopMoving } from "../testing/stop-moving.ts";
import { FakeTopUps, offerOf, VISA } from "../testing/top-ups.ts";
import type { CreditsTopUp } from "./credits-top-up.ts";
import { exits } from "../paying/leave-page.ts";

interface AxeResults {
  violations: { id: string; nodes: { failureSummary?: string }[] }[];
}

declare const axe: { run(context: Element): Promise<AxeResults> };

describe("credits-top-up shows", () => {
  let stage: Stage;
  let api: FakeTopUps;
  beforeEach(() => {
    stage = new Stage();
    api = new FakeTopUps(stage.server);
    sessionStorage.clear();
  });
  afterEach(() => stage.strike());

  const field = (element: CreditsTopUp) => {
    const input = partOf(element, "amount-field");
    if (!(input instanceof HTMLInputElement)) throw new Error("no field");
    return input;
  };
  const type = async (element: CreditsTopUp, text: string) => {
    field(element).value = text;
    field(element).dispatchEvent(new Event("input"));
    await stage.rest();
  };
  const other = 'session-url="/session" credits="750"';

  it("the packages with their prices, one of them chosen, and the exact total on the button", async () => {
    const element = await stage.putTopUp();
    const amounts = [...(element.shadowRoot?.querySelectorAll("[part=amount]") ?? [])];
    expect(amounts.map((amount) => amount.textContent?.replace(/\s+/g, " ").trim())).to.deep.equal([
      "500 tokens $5.00",
      "1,000 tokens Popular $9.00",
      "Another amount",
    ]);
    expect(textOf(element, "pay-button")).to.equal("Pay $5.00");
    expect(textOf(element, "summary")).to.contain("500 tokens $0.01 per token $5.00");
    expect(textOf(element, "balance")).to.equal("You have 1,240 tokens");
  });

  it("a price while typing, a moment after the last key", async () => {
    const element = await stage.putTopUp(other);
    api.quoted.length = 0;
    for (const text of ["8", "80", "800"]) await type(element, text);
    expect(textOf(element, "pay-button")).to.equal("One moment…");
    await stage.clock.pass(310);
    expect(api.quoted).to.deep.equal(["800"]);
    expect(textOf(element, "pay-button")).to.equal("Pay $8.00");
  });

  it("never the price of an amount that was there before, however late its answer comes", async () => {
    const element = await stage.putTopUp(other);
    api.held = [];
    await type(element, "800");
    await stage.clock.pass(310);
    await type(element, "900");
    await stage.clock.pass(310);
    const [slow, fast] = api.held;
    fast?.release();
    await stage.rest();
    expect(textOf(element, "pay-button")).to.equal("Pay $9.00");
    slow?.release();
    await stage.rest();
    expect(textOf(element, "pay-button")).to.equal("Pay $9.00");
  });

  it("in words what is too much at once, and what is too little when the person goes on", async () => {
    const element = await stage.putTopUp(other);
    await type(element, "50001");
    expect(textOf(element, "amount-hint")).to.equal("At most 50,000 tokens");
    expect(textOf(element, "pay-button")).to.equal("Choose an amount");
    await type(element, "99");
    expect(textOf(element, "amount-hint")).to.equal("From 100 to 50,000 tokens");
    partOf(element, "pay-button")?.click();
    await stage.rest();
    expect(textOf(element, "amount-hint")).to.equal("At least 100 tokens");
    expect(field(element).getAttribute("aria-invalid")).to.equal("true");
    expect(element.shadowRoot?.activeElement === field(element)).to.equal(true);
    await type(element, "a lot");
    field(element).dispatchEvent(new Event("change"));
    await stage.rest();
    expect(textOf(element, "amount-hint")).to.contain("Enter a number");
    expect(api.sent).to.deep.equal([]);
  });

  it("only a field where the plan has no packages", async () => {
    api.offer = offerOf({ packages: [] });
    const element = await stage.putTopUp();
    expect(hasPart(element, "amounts")).to.equal(false);
    expect(field(element).value).to.equal("100");
    expect(textOf(element, "pay-button")).to.equal("Pay $1.00");
  });

  it("that nothing is sold, and an error that can be tried again", async () => {
    api.fault = { status: 409, code: "no_active_subscription" };
    expect(textOf(await stage.putTopUp(), "message")).to.contain("Nothing to buy here");
    api.fault = { status: 500, code: "internal" };
    const element = await stage.putTopUp();
    expect(textOf(element, "message")).to.contain("Prices could not be loaded");
    expect(textOf(element, "message")).to.contain("Reference: req_1");
    api.fault = undefined;
    partOf(element, "retry-button")?.click();
    await stage.clock.pass(50);
    expect(textOf(element, "pay-button")).to.equal("Pay $5.00");
  });

  it("what to do when the network is gone", async () => {
    stage.server.fault = "offline";
    const change = { fetchSession: async () => stage.server.mintSession() };
    expect(textOf(await stage.putTopUp("", change), "message")).to.contain("Check your connection");
  });

  it("nothing but the slot of the page to a session that may not buy", async () => {
    stage.server.balances = balancesOf([poolOf()], { canTopUp: false });
    const element = await stage.putTopUp();
    expect(hasPart(element, "base")).to.equal(false);
    expect(element.shadowRoot?.querySelector("slot")?.name).to.equal("no-permission");
    api.fault = { status: 403, code: "insufficient_scope" };
    expect(hasPart(await stage.putTopUp(), "base")).to.equal(false);
  });

  it("names and labels as text, whatever they are", async () => {
    const evil = '<img src=x onerror="globalThis.owned = true">';
    const { creditType } = api.offer;
    const [first] = api.offer.packages;
    const packages = first ? [{ ...first, label: evil }] : [];
    api.offer = offerOf({ packages, creditType: { ...creditType, name: evil, symbol: evil } });
    const element = await stage.putTopUp();
    expect(textOf(element, "title")).to.equal(`Top up ${evil}`);
    expect(textOf(element, "label")).to.equal(evil);
    expect(element.shadowRoot?.querySelector("img") === null).to.equal(true);
    expect(Reflect.get(globalThis, "owned")).to.equal(undefined);
  });

  it("German money and amounts, typed the German way", async () => {
    stage.server.uninstall();
    await Promise.all([import("../locales/de.ts"), import("../locales/top-up/de.ts")]);
    stage.server.install();
    const element = await stage.putTopUp(`${other} lang="de"`);
    await stage.clock.pass(100);
    await type(element, "1.250,5");
    await stage.clock.pass(400);
    expect(textOf(element, "pay-button")?.replace(/\s/g, " ")).to.equal("12,51 $ bezahlen");
    expect(api.quoted.at(-1)).to.equal("1250.5");
  });

  it("a purchase that takes a keyboard three actions from the balance to the payment, and brings it back", async () => {
    api.offer = offerOf({ savedCard: VISA });
    api.next = { status: "paid" };
    const balance = await stage.putBalance();
    partOf(balance, "top-up-button")?.focus();
    await sendKeys({ press: "Enter" });
    const atRadio = () => inside()?.shadowRoot?.activeElement?.getAttribute("type") === "radio";
    await stage.clock.passUntil("the focus in the form", atRadio);
    function inside() {
      const found = balance.shadowRoot?.querySelector("credits-top-up");
      return found ?? undefined;
    }
    await sendKeys({ press: "ArrowDown" });
    await stage.clock.pass(50);
    for (let tabs = 0; tabs < 3 && partAtFocus() !== "pay-button"; tabs += 1)
      await sendKeys({ press: "Tab" });
    function partAtFocus() {
      return inside()?.shadowRoot?.activeElement?.getAttribute("part");
    }
    await sendKeys({ press: "Enter" });
    await stage.clock.pass(50);
    expect(api.sent[0]).to.include({ credits: "1000", method: "charge" });
    expect(partAtFocus()).to.equal("action-button");
    expect(inside()?.shadowRoot?.querySelector("[role=status]")?.textContent).to.equal("1,000 tokens added");
    // "Done" has the focus. Escape is tested on a page that is in front of the others.
    await sendKeys({ press: "Enter" });
    await stage.clock.passUntil("the end of the dialog", () => inside() === undefined);
    expect(balance.shadowRoot?.activeElement?.getAttribute("part")).to.equal("top-up-button");
  });

  describe("nothing that axe finds", () => {
    const { openTab } = exits;
    afterEach(() => {
      exits.openTab = openTab;
    });
    const pay = async (element: CreditsTopUp) => {
      partOf(element, "pay-button")?.click();
      await stage.clock.pass(50);
    };
    const scenes: Record<string, (theme: string) => Promise<unknown>> = {
      form: (theme) => stage.putTopUp(theme),
      field: async (theme) => {
        const element = await stage.putTopUp(`${theme} credits="750"`);
        await type(element, "99999999");
      },
      skeleton: async (theme) => {
        api.held = [];
        stage.server.sessionFault = "hangs";
        await stage.putTopUp(theme);
      },
      unsold: async (theme) => {
        api.fault = { status: 409, code: "no_active_subscription" };
        await stage.putTopUp(theme);
      },
      error: async (theme) => {
        api.fault = { status: 500, code: "internal" };
        await stage.putTopUp(theme);
      },
      declined: async (theme) => {
        api.orderFault = { status: 402, code: "card_declined" };
        await pay(await stage.putTopUp(theme));
      },
      blocked: async (theme) => {
        exits.openTab = () => null;
        await pay(await stage.putTopUp(theme));
      },
      confirming: async (theme) => {
        api.offer = offerOf({ savedCard: VISA });
        api.next = { status: "processing" };
        await pay(await stage.putTopUp(theme));
      },
      action: async (theme) => {
        api.offer = offerOf({ savedCard: VISA });
        api.next = { status: "action_required" };
        await pay(await stage.putTopUp(theme));
      },
      paid: async (theme) => {
        api.offer = offerOf({ savedCard: VISA });
        api.next = { status: "paid", receiptUrl: "https://stripe.example/r" };
        await pay(await stage.putTopUp(theme));
      },
      modal: async (theme) => {
        const element = await stage.putTopUp(`${theme} modal`);
        element.show();
        await stage.clock.pass(50);
      },
    };
    for (const theme of ["light", "dark"] as const) {
      for (const [name, enter] of Object.entries(scenes)) {
        it(`in the ${theme} ${name}`, async () => {
          document.body.style.background = theme === "dark" ? "#101216" : "#f6f7f9";
          await enter(`session-url="/session" theme="${theme}"`);
          stage.clock.uninstall();
          stopMoving();
          const { violations } = await axe.run(document.querySelector("credits-top-up") ?? document.body);
          stage.clock.install();
          const found = violations.map(
            ({ id, nodes }) => `${id}: ${nodes.map((node) => node.failureSummary).join()}`,
          );
          expect(found).to.deep.equal([]);
        });
      }
    }
  });
});
