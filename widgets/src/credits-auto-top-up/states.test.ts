import { expect } from "@open-wc/testing";
import "axe-core/axe.min.js";
import { attemptOf, FakeAutoTopUps, ruleOf, settingsOf, standings } from "../testing/auto-top-ups.ts";
import { poolOf } from "../testing/balances.ts";
import { hasPart, partOf, Stage, textOf } from "../testing/stage.ts";
import { stopMoving } from "../testing/stop-moving.ts";
import type { CreditsAutoTopUp } from "./credits-auto-top-up.ts";

interface AxeResults {
  violations: { id: string; nodes: { failureSummary?: string }[] }[];
}

declare const axe: { run(context: Element): Promise<AxeResults> };

describe("credits-auto-top-up shows", () => {
  let stage: Stage;
  let api: FakeAutoTopUps;
  beforeEach(() => {
    stage = new Stage();
    api = new FakeAutoTopUps(stage.server);
    sessionStorage.clear();
  });
  afterEach(() => stage.strike());

  const press = async (element: Element, part: string) => {
    partOf(element, part)?.click();
    await stage.clock.pass(50);
  };
  const put = async (change: Parameters<typeof settingsOf>[0] = {}) => {
    api.settings = settingsOf(change);
    return stage.putAutoTopUp();
  };

  it("what it would do, where nothing is set", async () => {
    const element = await stage.putAutoTopUp();
    expect(textOf(element, "title")).to.equal("Auto top-up · AI Tokens");
    expect(textOf(element, "balance")).to.equal("You have 1,240 tokens");
    expect(textOf(element, "invitation")).to.contain("Never run out of tokens");
    expect(hasPart(element, "status")).to.equal(false);
  });

  it("the rule in a sentence, the month against the limit, the card and the last try", async () => {
    const element = await put({ lastAttempt: attemptOf() });
    expect(textOf(element, "rule")).to.equal(
      "When you have fewer than 100 tokens, your balance is topped up to 500 tokens.",
    );
    expect(textOf(element, "spending")).to.contain("$12.00 of $50.00");
    expect(textOf(element, "marks")?.replace(/\s/g, "")).to.equal("80%90%100%");
    expect(textOf(element, "card")).to.equal("Visa ···· 4242");
    expect(textOf(element, "status")).to.contain("Last top-up 400 tokens · $4.00 Paid, 5 min. ago");
    const meter = element.shadowRoot?.querySelector("[role=meter]");
    expect(meter?.getAttribute("aria-valuetext")).to.equal("$12.00 of $50.00, 24%");
  });

  it("that nothing stops the spending, where there is no limit", async () => {
    const element = await put({ rule: ruleOf({ monthlyLimit: null, target: null, credits: "500" }) });
    expect(textOf(element, "rule")).to.equal("When you have fewer than 100 tokens, 500 tokens are added.");
    expect(textOf(element, "spending")).to.equal("Spent this month $12.00 No monthly limit");
    expect(hasPart(element, "meter")).to.equal(false);
  });

  const said: Record<string, [text: string, action: string | undefined]> = {
    inFlight: ["Buying 400 tokens for $4.00", undefined],
    coolingDown: ["Just topped up It can buy again in 45 sec.", undefined],
    failed: [
      "Your card did not have enough money. Nothing was charged. Next try in 50 min.",
      "Try again now",
    ],
    actionRequired: ["Your payment needs your confirmation", "Confirm the payment"],
    limitReached: ["Your monthly limit is reached $2.00 of it is left", "Raise the limit"],
    suspended: ["Your card can no longer be charged. Add another one to go on.", "Add a card"],
    resumable: ["Try again, or top up by hand.", "Try again now"],
    noCard: ["There is no saved card to charge.", "Add a card"],
  };
  for (const [name, [text, action]] of Object.entries(said)) {
    it(`what happened and what to do in the standing "${name}"`, async () => {
      const element = await put(standings()[name]);
      expect(textOf(element, "standing")).to.contain(text);
      expect(textOf(element, "action-button")).to.equal(action);
    });
  }

  it("an invoice that waits, with the way to pay it", async () => {
    const invoice = {
      ...{ id: "in_1", status: "open", number: null, pdfUrl: null, dueAt: null, isOverdue: false },
      url: "https://invoice.example/in_1",
    };
    const inFlight = { credits: "400", total: { amountMinor: 400, currency: "usd" }, invoice };
    const rule = ruleOf({ collectionMethod: "send_invoice" });
    const element = await put({ state: "in_flight", inFlight, rule, card: null });
    expect(textOf(element, "standing")).to.contain("An invoice for 400 tokens over $4.00 waits to be paid");
    expect(partOf(element, "action-button")?.getAttribute("href")).to.equal(invoice.url);
    expect(textOf(element, "status")).to.contain("Card By invoice");
    expect(hasPart(element, "card-button")).to.equal(false);
  });

  it("the switch as it is, and nothing under way while it is off", async () => {
    const element = await put({ rule: ruleOf({ enabled: false }), state: "limit_reached" });
    expect(textOf(element, "state")).to.equal("Off");
    expect(partOf(element, "switch")?.getAttribute("aria-checked")).to.equal("false");
    expect(hasPart(element, "standing")).to.equal(false);
  });

  it("that nothing is sold, and an error that can be tried again", async () => {
    api.settings = settingsOf({ rule: null, currency: null });
    expect(textOf(await stage.putAutoTopUp(), "message")).to.contain("Nothing to buy here");
    api.fault = { status: 500, code: "internal" };
    const element = await stage.putAutoTopUp();
    expect(textOf(element, "message")).to.contain("Auto top-up could not be loaded");
    expect(textOf(element, "message")).to.contain("Reference: req_1");
    api.fault = undefined;
    api.settings = settingsOf();
    await press(element, "retry-button");
    expect(hasPart(element, "status")).to.equal(true);
  });

  it("nothing but the slot of the page to a session that may not change settings", async () => {
    api.fault = { status: 403, code: "insufficient_scope" };
    const element = await stage.putAutoTopUp();
    expect(hasPart(element, "base")).to.equal(false);
    expect(element.shadowRoot?.querySelector("slot")?.name).to.equal("no-permission");
  });

  it("the credit type that is sold where none is named, and the pool of a resource", async () => {
    api.settings = settingsOf();
    stage.server.balances = {
      ...stage.server.balances,
      balances: [poolOf({ resourceId: "alpha", available: "7" })],
    };
    const element = await stage.putAutoTopUp('session-url="/session" resource="alpha"');
    const asked = stage.server.requests.map(({ url }) => url).filter((url) => url.includes("auto-top-ups"));
    expect(asked).to.deep.equal(["/widget/auto-top-ups/tokens?resourceId=alpha"]);
    expect(textOf(element, "balance")).to.equal("You have 7 tokens");
  });

  it("names and messages as text, whatever they are", async () => {
    const evil = '<img src=x onerror="globalThis.owned = true">';
    const { creditType } = settingsOf();
    const element = await put({ rule: null, creditType: { ...creditType, name: evil, symbol: evil } });
    await press(element, "set-up-button");
    api.changeFault = {
      ...{ status: 400, code: "validation_failed" },
      errors: [{ path: "threshold", code: "validation_failed", message: evil }],
    };
    element.shadowRoot?.querySelector<HTMLElement>("#consent")?.click();
    await press(element, "save-button");
    expect(textOf(element, "form")).to.contain(`This was not accepted: ${evil}`);
    expect(element.shadowRoot?.querySelector("img") === null).to.equal(true);
    expect(Reflect.get(globalThis, "owned")).to.equal(undefined);
  });

  it("no way to a page that is none of the web's", async () => {
    const element = await put({ ...standings()["actionRequired"], actionUrl: "javascript:alert(1)" });
    expect(textOf(element, "standing")).to.contain("Your payment needs your confirmation");
    expect(hasPart(element, "action-button")).to.equal(false);
  });

  it("German money and words", async () => {
    stage.server.uninstall();
    await Promise.all([import("../locales/de.ts"), import("../locales/auto-top-up/de.ts")]);
    stage.server.install();
    api.settings = settingsOf();
    const element = await stage.putAutoTopUp('session-url="/session" credit-type="tokens" lang="de"');
    await stage.clock.pass(200);
    expect(textOf(element, "rule")).to.equal(
      "Bei weniger als 100 tokens wird Ihr Guthaben auf 500 tokens aufgefüllt.",
    );
    expect(textOf(element, "spending")?.replace(/\s/g, " ")).to.contain("12,00 $ von 50,00 $");
  });

  describe("nothing that axe finds", () => {
    const open = async (element: CreditsAutoTopUp, ...parts: string[]) => {
      for (const part of parts) await press(element, part);
    };
    const scenes: Record<string, (theme: string) => Promise<unknown>> = {
      invitation: (attributes) => stage.putAutoTopUp(attributes),
      form: async (attributes) => open(await stage.putAutoTopUp(attributes), "set-up-button"),
      "form with faults": async (attributes) => {
        const element = await stage.putAutoTopUp(attributes);
        await open(element, "set-up-button");
        const field = element.shadowRoot?.querySelector<HTMLInputElement>("#threshold");
        if (field) field.value = "x";
        field?.dispatchEvent(new Event("input"));
        await open(element, "save-button");
      },
      skeleton: async (attributes) => {
        stage.server.sessionFault = "hangs";
        await stage.putAutoTopUp(attributes);
      },
      unsold: async (attributes) => {
        api.settings = settingsOf({ rule: null, currency: null });
        await stage.putAutoTopUp(attributes);
      },
      error: async (attributes) => {
        api.fault = { status: 500, code: "internal" };
        await stage.putAutoTopUp(attributes);
      },
      question: async (attributes) => {
        api.settings = settingsOf();
        await open(await stage.putAutoTopUp(attributes), "remove-button");
      },
      "card step": async (attributes) => {
        api.settings = settingsOf();
        await open(await stage.putAutoTopUp(attributes), "card-button", "action-button");
      },
      modal: async (attributes) => {
        api.settings = settingsOf();
        const element = await stage.putAutoTopUp(`${attributes} modal`);
        element.show();
        await stage.clock.pass(50);
      },
      ...Object.fromEntries(
        Object.keys(standings()).map((name) => [
          name,
          async (attributes: string) => {
            api.settings = settingsOf(standings()[name]);
            await stage.putAutoTopUp(attributes);
          },
        ]),
      ),
    };
    for (const theme of ["light", "dark"] as const) {
      for (const [name, enter] of Object.entries(scenes)) {
        it(`in the ${theme} ${name}`, async () => {
          document.body.style.background = theme === "dark" ? "#101216" : "#f6f7f9";
          await enter(`session-url="/session" credit-type="tokens" theme="${theme}"`);
          stage.clock.uninstall();
          stopMoving();
          const { violations } = await axe.run(
            document.querySelector("credits-auto-top-up") ?? document.body,
          );
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
