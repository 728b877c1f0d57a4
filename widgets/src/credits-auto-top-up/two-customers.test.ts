import { expect } from "@open-wc/testing";
import { AutoTopUpScene } from "../testing/auto-top-up-scene.ts";
import { ruleOf, settingsOf } from "../testing/auto-top-ups.ts";
import { balancesOf, poolOf } from "../testing/balances.ts";
import { hasPart, textOf } from "../testing/stage.ts";
import type { CreditsAutoTopUp } from "./credits-auto-top-up.ts";

const ACME = 'session-url="/session" customer="acme" credit-type="tokens"';

describe("credits-auto-top-up of several customers", () => {
  let scene: AutoTopUpScene;
  beforeEach(() => {
    scene = new AutoTopUpScene();
    scene.api.settings = settingsOf();
  });
  afterEach(() => scene.strike());

  /** The host page's back end has another customer from now on, whose settings are these. */
  const enter = (customer: string) => {
    const { server } = scene.stage;
    server.customer = customer;
    server.balances = balancesOf([poolOf()], { customerId: customer });
  };
  const refuseToken = () => {
    const { requests, refusedTokens } = scene.stage.server;
    const last = requests.at(-1);
    if (last?.token) refusedTokens.add(last.token);
  };
  /** Holds back the answers to `methods` until they are released. */
  const holdBack = (...methods: string[]) => {
    const { server } = scene.stage;
    const { answer } = server;
    const held: (() => void)[] = [];
    server.answer = (url, init) => {
      const made = answer?.(url, init);
      if (!made || !methods.includes(init.method ?? "GET")) return made;
      return new Promise<void>((release) => held.push(release)).then(() => made);
    };
    return () => {
      server.answer = answer;
      held.forEach((release) => release());
    };
  };
  const eventsOf = (element: CreditsAutoTopUp) => {
    const heard: string[] = [];
    for (const type of ["change", "card", "error"])
      element.addEventListener(`credits-auto-top-up-${type}`, ({ type: name }) => heard.push(name));
    return heard;
  };

  const deeds: Record<string, [...before: string[], last: string]> = {
    "turns off": ["switch"],
    removes: ["remove-button", "remove-button"],
    saves: ["change-button", "save-button"],
  };
  for (const [name, parts] of Object.entries(deeds)) {
    it(`never ${name} with the session of another customer than the one who pressed the button`, async () => {
      const element = await scene.stage.putAutoTopUp();
      const heard = eventsOf(element);
      const before = parts.slice(0, -1);
      for (const part of before) await scene.press(element, part);
      // The host page's back end has switched, and the page says nothing: only the next session tells.
      enter("beta");
      scene.api.settings = settingsOf({ rule: ruleOf({ threshold: "7" }) });
      refuseToken();
      await scene.press(element, parts.at(-1) ?? "");
      expect(scene.stage.server.sessionsMinted).to.equal(2);
      expect(scene.api.sent).to.deep.equal([]);
      await scene.stage.clock.pass(100);
      expect(textOf(element, "rule")).to.contain("fewer than 7 tokens");
      expect(heard).to.deep.equal([]);
    });
  }

  it("shows nothing of an earlier customer while the next one's settings are on their way", async () => {
    const element = await scene.stage.putAutoTopUp();
    enter("beta");
    scene.stage.server.answer = () => new Promise(() => undefined);
    await scene.stage.clock.pass(481_000);
    expect(element.state.type).to.equal("loading");
    expect(hasPart(element, "rule") || hasPart(element, "switch")).to.equal(false);
  });

  it("takes nothing from an answer that comes when the page is another customer's", async () => {
    const element = await scene.stage.putAutoTopUp(ACME);
    const heard = eventsOf(element);
    await scene.press(element, "change-button");
    const release = holdBack("PUT");
    await scene.press(element, "save-button");
    enter("beta");
    scene.api.settings = settingsOf({ rule: ruleOf({ threshold: "7" }) });
    element.customer = "beta";
    await scene.stage.clock.pass(100);
    release();
    await scene.stage.clock.pass(100);
    expect(textOf(element, "rule")).to.contain("fewer than 7 tokens");
    expect(element.state).to.deep.equal({ type: "status", busy: false, asking: false, notice: undefined });
    expect(heard).to.deep.equal([]);
  });

  it("takes nothing from an answer about another pool than the one that is shown now", async () => {
    const element = await scene.stage.putAutoTopUp(ACME);
    const heard = eventsOf(element);
    const release = holdBack("PUT");
    await scene.press(element, "switch");
    scene.api.settings = settingsOf({ rule: ruleOf({ threshold: "7" }) });
    element.resource = "alpha";
    await scene.stage.clock.pass(100);
    release();
    await scene.stage.clock.pass(100);
    expect(textOf(element, "rule")).to.contain("fewer than 7 tokens");
    expect(heard).to.deep.equal([]);
  });

  it("shows no page for an earlier customer's card", async () => {
    scene.api.settings = settingsOf({ rule: null, card: null, spentPercent: null });
    const element = await scene.stage.putAutoTopUp(`${ACME} return="tab"`);
    const heard = eventsOf(element);
    await scene.press(element, "set-up-button");
    await scene.agree(element);
    const release = holdBack("POST");
    await scene.press(element, "save-button");
    enter("beta");
    element.customer = "beta";
    await scene.stage.clock.pass(100);
    release();
    await scene.stage.clock.pass(100);
    expect(element.state.type).to.equal("invite");
    expect([scene.tab.location.href, scene.tab.closed]).to.deep.equal(["", true]);
    expect(heard).to.deep.equal([]);
  });
});
