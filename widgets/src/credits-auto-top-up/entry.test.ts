import { expect } from "@open-wc/testing";
import "axe-core/axe.min.js";
import type { CreditsBalance } from "../credits-balance/credits-balance.ts";
import { FakeAutoTopUps, ruleOf, settingsOf, standings } from "../testing/auto-top-ups.ts";
import { balancesOf, poolOf } from "../testing/balances.ts";
import { partOf, Stage } from "../testing/stage.ts";

declare const axe: { run(context: Element): Promise<{ violations: { id: string }[] }> };

describe("the way from a balance to its auto top-up", () => {
  let stage: Stage;
  let api: FakeAutoTopUps;
  beforeEach(() => {
    stage = new Stage();
    stage.server.scopes = ["read", "top_up", "settings"];
    api = new FakeAutoTopUps(stage.server);
    sessionStorage.clear();
  });
  afterEach(() => stage.strike());

  const entriesIn = (balance: CreditsBalance) => [
    ...(balance.shadowRoot?.querySelectorAll("credits-auto-top-up-entry") ?? []),
  ];
  const buttonIn = (balance: CreditsBalance, index = 0) => {
    const [entry] = entriesIn(balance).slice(index);
    return entry ? partOf(entry, "auto-top-up-button") : null;
  };
  const put = async (attributes = 'session-url="/session"') => {
    const balance = await stage.putBalance(attributes);
    // The entry comes over the real network of the test runner.
    await stage.clock.passUntil("the entry", () => buttonIn(balance) !== null);
    return balance;
  };
  const dialogIn = (balance: CreditsBalance) => balance.shadowRoot?.querySelector("credits-auto-top-up");
  const openFrom = async (balance: CreditsBalance) => {
    buttonIn(balance)?.focus();
    buttonIn(balance)?.click();
    await stage.clock.passUntil("the dialog", () => dialogIn(balance)?.state.type === "status");
    await stage.clock.pass(50);
    return dialogIn(balance);
  };

  const words: [Parameters<typeof settingsOf>[0], string][] = [
    [{ rule: null, card: null }, "Set up auto top-up"],
    [{}, "Auto top-up: on"],
    [{ rule: ruleOf({ enabled: false }) }, "Auto top-up: off"],
    [standings()["suspended"], "Auto top-up needs you"],
    [standings()["coolingDown"], "Auto top-up: on"],
  ];
  for (const [change, text] of words) {
    it(`says "${text}"`, async () => {
      api.settings = settingsOf(change);
      expect(buttonIn(await put())?.textContent?.trim()).to.equal(text);
    });
  }

  for (const [autoTopUp, text] of [
    ["on", "Auto top-up: on"],
    ["off", "Auto top-up: off"],
    ["stopped", "Auto top-up needs you"],
    ["needs_action", "Auto top-up needs you"],
  ] as const) {
    it(`says "${text}" without a request where the balance says "${autoTopUp}"`, async () => {
      stage.server.balances = balancesOf([poolOf({ autoTopUp })]);
      expect(buttonIn(await put())?.textContent?.trim()).to.equal(text);
      await stage.clock.pass(60_000);
      expect(api.reads).to.equal(0);
    });
  }

  it("follows what the stream says, and knows sooner what was changed here", async () => {
    stage.server.balances = balancesOf([poolOf({ autoTopUp: "on" })]);
    const balance = await put();
    stage.server.push(poolOf({ autoTopUp: "off" }));
    await stage.rest();
    expect(buttonIn(balance)?.textContent?.trim()).to.equal("Auto top-up: off");
    api.settings = settingsOf();
    (await openFrom(balance))?.close();
    await stage.clock.pass(100);
    expect(buttonIn(balance)?.textContent?.trim()).to.equal("Auto top-up: on");
    api.settings = settingsOf({ rule: null });
    stage.server.push(poolOf({ autoTopUp: null, seq: 4 }));
    await stage.clock.pass(100);
    expect(buttonIn(balance)?.textContent?.trim()).to.equal("Set up auto top-up");
  });

  it("is there for each pool, with the pool's own state", async () => {
    stage.server.balances = balancesOf([poolOf(), poolOf({ resourceId: "alpha" })]);
    api.settings = settingsOf();
    const balance = await put();
    expect(entriesIn(balance)).to.have.length(2);
    const asked = stage.server.requests.map(({ url }) => url).filter((url) => url.includes("auto-top-ups"));
    expect(asked).to.deep.equal([
      "/widget/auto-top-ups/tokens",
      "/widget/auto-top-ups/tokens?resourceId=alpha",
    ]);
    expect(stage.server.streamsOpened).to.equal(1);
  });

  it("is not there without the scope, in the compact variant, where the page says no, or where nothing is sold", async () => {
    const putAndWait = async (attributes?: string) => {
      const balance = await stage.putBalance(attributes);
      await stage.clock.pass(500);
      return balance;
    };
    for (const attributes of ['variant="compact"', 'top-up="off"']) {
      const balance = await putAndWait(`session-url="/session" ${attributes}`);
      expect(buttonIn(balance) === null).to.equal(true);
    }
    api.settings = settingsOf({ rule: null, currency: null });
    expect(buttonIn(await putAndWait()) === null).to.equal(true);
    api.settings = settingsOf();
    api.fault = { status: 403, code: "insufficient_scope" };
    expect(buttonIn(await putAndWait()) === null).to.equal(true);
    api.fault = undefined;
    stage.server.scopes = ["read", "top_up"];
    const { length } = stage.server.requests;
    expect(entriesIn(await putAndWait())).to.have.length(0);
    const asked = stage.server.requests.slice(length).filter(({ url }) => url.includes("auto-top-ups"));
    expect(asked).to.deep.equal([]);
  });

  it("opens the settings of the pool in a dialog, with the session and the looks of the balance", async () => {
    stage.server.balances = balancesOf([poolOf({ resourceId: "alpha" })]);
    api.settings = settingsOf();
    const balance = await put('session-url="/session" theme="dark"');
    const opened = await openFrom(balance);
    if (!opened) throw new Error("nothing opened");
    const { creditType, resource, theme, modal } = opened;
    expect({ creditType, resource, theme, modal }).to.deep.equal({
      creditType: "tokens",
      resource: "alpha",
      theme: "dark",
      modal: true,
    });
    expect(opened.shadowRoot?.querySelector("dialog")?.open).to.equal(true);
    expect(stage.server.streamsOpened).to.equal(1);
    api.settings = settingsOf({ rule: ruleOf({ enabled: false }) });
    opened.close();
    await stage.clock.pass(100);
    expect(dialogIn(balance) === null).to.equal(true);
    expect(buttonIn(balance)?.textContent?.trim()).to.equal("Auto top-up: off");
  });

  it("leaves the settings to a page that cancels the request", async () => {
    api.settings = settingsOf();
    const balance = await put();
    const heard: unknown[] = [];
    balance.addEventListener("credits-auto-top-up-request", (event) => {
      heard.push(event.detail);
      event.preventDefault();
    });
    buttonIn(balance)?.click();
    await stage.clock.pass(500);
    expect(heard).to.deep.equal([{ creditTypeId: "tokens", resourceId: null }]);
    expect(dialogIn(balance) === null).to.equal(true);
  });

  it("shows a person who comes back from the page for a card what became of it", async () => {
    const { href } = location;
    api.settings = settingsOf();
    history.replaceState(null, "", `${href}&credits_card_setup=cset_1&credits_card_setup_result=success`);
    const balance = await put();
    await stage.clock.passUntil("the dialog", () => dialogIn(balance)?.state.type === "status");
    await stage.clock.pass(50);
    const opened = dialogIn(balance);
    expect(opened && partOf(opened, "notice")?.textContent?.trim()).to.equal("Your card is saved.");
    expect(location.href).to.equal(href);
  });

  it("asks seldom, however often the pool changes", async () => {
    api.settings = settingsOf();
    await put();
    const { reads } = api;
    for (let seq = 4; seq < 40; seq += 1) {
      stage.server.push(poolOf({ seq, available: String(1240 - seq) }));
      await stage.clock.pass(500);
    }
    await stage.clock.pass(60_000);
    expect(api.reads).to.equal(reads + 1);
  });

  for (const theme of ["light", "dark"] as const) {
    it(`has nothing that axe finds in the ${theme} card`, async () => {
      document.body.style.background = theme === "dark" ? "#101216" : "#f6f7f9";
      api.settings = settingsOf();
      const balance = await put(`session-url="/session" theme="${theme}"`);
      expect(buttonIn(balance) === null).to.equal(false);
      stage.clock.uninstall();
      const { violations } = await axe.run(balance);
      stage.clock.install();
      expect(violations.map(({ id }) => id)).to.deep.equal([]);
    });
  }
});
