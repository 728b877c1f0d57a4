import { expect } from "@open-wc/testing";
import { balancesOf, poolOf } from "../testing/balances.ts";
import { settle } from "../testing/fake-clock.ts";
import { FakeHistory, historyIn, pressHistory } from "../testing/histories.ts";
import { entryOf } from "../testing/ledger-entries.ts";
import { hasPart, partOf, Stage, textOf } from "../testing/stage.ts";
import type { CreditsBalance } from "./credits-balance.ts";

describe("the latest entries of a balance", () => {
  let stage: Stage;
  let api: FakeHistory;
  beforeEach(() => {
    stage = new Stage();
    api = new FakeHistory(stage.server);
  });
  afterEach(() => stage.strike());

  const SESSION = 'session-url="/session"';
  const put = (attributes = "") => stage.putBalance(`${SESSION} time-zone="UTC" ${attributes}`);
  const openIn = async (balance: CreditsBalance) => {
    pressHistory(balance);
    await stage.rest();
    const opened = historyIn(balance);
    if (!opened) throw new Error("nothing opened");
    return opened;
  };
  const linesIn = (element: Element) =>
    [...(element.shadowRoot?.querySelectorAll("li") ?? [])].map((line) =>
      [...line.querySelectorAll("p")].map((part) => part.textContent?.trim()).join(" | "),
    );
  const buttonIn = (balance: CreditsBalance) => partOf(balance, "history");

  it("say what happened, when, how much it was and what was left, after one request", async () => {
    api.entries = [
      entryOf(),
      entryOf({ type: "granted", delta: "500", source: { kind: "top_up", id: "tu_1" }, feature: null }),
      entryOf({ type: "granted", delta: "5", source: { kind: "api", id: null }, feature: null }),
      entryOf({ type: "granted", delta: "0", source: { kind: "invoice", id: "tu_2" }, feature: null }),
      entryOf({ type: "reversed", delta: "2" }),
      entryOf({ type: "expired", delta: "-20", feature: null, at: "2024-12-31T23:30:00.000Z" }),
    ];
    const balance = await put();
    expect(api.asked).to.deep.equal([]);
    const opened = await openIn(balance);
    expect(linesIn(opened)).to.deep.equal(
      [
        "Image | Mar 12, 8:30 AM | -12.5 | Balance 1,240",
        "Top-up | Mar 12, 8:30 AM | +500 | Balance 1,240",
        "Credits received | Mar 12, 8:30 AM | +5 | Balance 1,240",
        "Credits for later | Mar 12, 8:30 AM | 0 | Balance 1,240",
        "Image · Given back | Mar 12, 8:30 AM | +2 | Balance 1,240",
        "Expired | Dec 31, 2024, 11:30 PM | -20 | Balance 1,240",
      ].map((line) => line),
    );
    expect(api.asked).to.deep.equal(["creditTypeId=tokens&resourceId=none&limit=10"]);
    stage.server.push(poolOf({ available: "1230", seq: 4, history: [] }));
    await stage.clock.pass(10_000);
    expect(api.asked).to.have.length(1);
    expect(stage.server.streamsOpened).to.equal(1);
  });

  it("say the year of days that are of another one where the person is", async () => {
    api.entries = [entryOf({ at: "2026-01-01T03:00:00.000Z" }), entryOf({ at: "2026-01-01T12:00:00.000Z" })];
    const balance = await stage.putBalance(`${SESSION} time-zone="America/Los_Angeles"`);
    const moments = linesIn(await openIn(balance)).map((line) => line.split(" | ")[1]?.replace(/\s/g, " "));
    expect(moments).to.deep.equal(["Dec 31, 2025, 7:00 PM", "Jan 1, 4:00 AM"]);
  });

  it("are gone when their balance is moved within the page, and leave nothing behind", async () => {
    const balance = await put();
    const opened = await openIn(balance);
    balance.parentElement?.append(document.createElement("p"), balance);
    await stage.rest();
    expect(historyIn(balance) === null).to.equal(true);
    expect(opened.isConnected).to.equal(false);
    expect(buttonIn(balance)?.ariaExpanded).to.equal(null);
    expect(linesIn(await openIn(balance))).to.have.length(1);
  });

  it("are those of the pool whose line was pressed", async () => {
    stage.server.balances = balancesOf([poolOf(), poolOf({ resourceId: "alpha", name: "Team" })]);
    const balance = await put();
    const [, second] = balance.shadowRoot?.querySelectorAll<HTMLElement>("[part=history]") ?? [];
    second?.click();
    await stage.rest();
    expect(api.asked).to.deep.equal(["creditTypeId=tokens&resourceId=alpha&limit=10"]);
    expect(historyIn(balance)?.ariaLabel).to.equal("Team: latest entries");
  });

  it("have the keyboard while they are open, and give it back", async () => {
    const balance = await put();
    const opened = await openIn(balance);
    expect(balance.shadowRoot?.activeElement === opened).to.equal(true);
    expect(buttonIn(balance)?.ariaExpanded).to.equal("true");
    // What Escape does is tried on a page that is in front of the others.
    opened.hidePopover();
    await settle();
    expect(historyIn(balance) === null).to.equal(true);
    expect(balance.shadowRoot?.activeElement === buttonIn(balance)).to.equal(true);
    expect(buttonIn(balance)?.ariaExpanded).to.equal(null);
  });

  it("close with the press that would open them, and open with the next", async () => {
    const balance = await put();
    const opened = await openIn(balance);
    buttonIn(balance)?.click();
    await settle();
    expect(opened.isConnected).to.equal(false);
    await openIn(balance);
    expect(api.asked).to.have.length(2);
  });

  it("stay within the window, in both directions", async () => {
    const place = await stage.put(
      `<div style="width: 20em; margin-inline-start: auto"><credits-balance ${SESSION}></credits-balance></div>`,
    );
    for (const dir of ["ltr", "rtl"] as const) {
      place.dir = dir;
      const balance = stage.balance();
      const box = (await openIn(balance)).getBoundingClientRect();
      expect(box.left).to.be.at.least(8);
      expect(box.right).to.be.at.most(document.documentElement.clientWidth - 8);
      expect(box.bottom).to.be.at.most(document.documentElement.clientHeight - 8);
      historyIn(balance)?.close();
    }
  });

  it("have lines of the final size while they load", async () => {
    api.fault = "hangs";
    const balance = await put();
    const opened = await openIn(balance);
    expect(opened.shadowRoot?.querySelector("[aria-busy]")?.getAttribute("aria-busy")).to.equal("true");
    expect(opened.shadowRoot?.querySelectorAll("li")).to.have.length(3);
    expect(opened.shadowRoot?.querySelector("[role=status]")?.textContent).to.equal(
      "Loading the latest entries",
    );
    const { height } = opened.getBoundingClientRect();
    opened.close();
    api.fault = undefined;
    api.entries = [entryOf(), entryOf(), entryOf()];
    expect((await openIn(balance)).getBoundingClientRect().height).to.be.closeTo(height, 1);
  });

  it("say that there are none, that they could not be loaded, or that they are not for everybody", async () => {
    const balance = await put();
    const textIn = (element: Element) => element.shadowRoot?.textContent?.replace(/\s+/g, " ");
    api.entries = [];
    const opened = await openIn(balance);
    expect(textIn(opened)).to.contain("No entries yet");
    opened.close();
    api.fault = { status: 500, code: "internal" };
    const failed = await openIn(balance);
    expect(textIn(failed)).to.contain("The latest entries could not be loaded Try again in a moment. Retry");
    api.fault = undefined;
    api.entries = [entryOf()];
    partOf(failed, "retry-button")?.click();
    await stage.rest();
    expect(linesIn(failed)).to.have.length(1);
    expect(balance.shadowRoot?.activeElement === failed).to.equal(true);
    failed.close();
    api.fault = { status: 403, code: "insufficient_scope" };
    const refused = await openIn(balance);
    expect(textIn(refused)).to.contain("You do not have access to these entries");
    expect(hasPart(refused, "retry-button")).to.equal(false);
  });

  it("are gone with the session, and with its customer, also from what is not on the page any more", async () => {
    const balance = await put();
    const opened = await openIn(balance);
    expect(linesIn(opened)).to.have.length(1);
    stage.server.customer = "other";
    stage.server.balances = balancesOf([poolOf({ available: "7" })], { customerId: "other" });
    balance.customer = "other";
    await stage.clock.pass(1_000);
    expect(historyIn(balance) === null).to.equal(true);
    expect(opened.shadowRoot?.textContent).not.to.contain("Image");
    expect(textOf(balance, "balance")).to.equal("7");

    const again = await openIn(balance);
    stage.server.fault = { status: 403, code: "forbidden" };
    stage.server.cut();
    await stage.clock.pass(30_000);
    expect(balance.state.type).to.equal("forbidden");
    expect(again.isConnected).to.equal(false);
  });

  it("are gone when another pool is chosen, or the balance leaves the page", async () => {
    stage.server.balances = balancesOf([poolOf(), poolOf({ creditTypeId: "images", name: "Images" })]);
    const balance = await put('credit-type="tokens"');
    const opened = await openIn(balance);
    balance.creditType = "images";
    await balance.updateComplete;
    expect(opened.isConnected).to.equal(false);
    const other = await openIn(balance);
    balance.remove();
    await stage.rest();
    expect(other.matches(":popover-open")).to.equal(false);
    expect(stage.clock.running).to.equal(0);
  });

  it("lead to the page that has all of them, which may go there in its own way", async () => {
    const balance = await put('history-url="/billing/ledger"');
    const heard: unknown[] = [];
    balance.addEventListener("credits-history-request", (event) => {
      heard.push(event.detail);
      event.preventDefault();
    });
    const opened = await openIn(balance);
    const link = partOf(opened, "history-link");
    expect(link?.getAttribute("href")).to.equal(new URL("/billing/ledger", location.href).href);
    link?.click();
    await settle();
    expect(heard).to.deep.equal([{ creditTypeId: "tokens", resourceId: null }]);
    expect(historyIn(balance) === null).to.equal(true);
    balance.historyUrl = "javascript:alert(1)";
    expect(hasPart(await openIn(balance), "history-link")).to.equal(false);
  });

  it("have names that are text, whatever they are", async () => {
    const label = '<img src=x onerror="alert(1)">';
    stage.server.balances = balancesOf([poolOf({ name: label })]);
    api.entries = [
      entryOf({ feature: { id: "__proto__", label } }),
      entryOf({ type: "granted", feature: null, source: { kind: "constructor", id: null } }),
    ];
    const opened = await openIn(await put());
    expect(opened.shadowRoot?.querySelector("img") === null).to.equal(true);
    expect(opened.shadowRoot?.querySelector("h2")?.textContent).to.equal(`${label}: latest entries`);
    expect(linesIn(opened).map((line) => line.split(" | ")[0])).to.deep.equal([label, "Credits received"]);
  });

  it("do not open where there is no session to ask with", async () => {
    const balance = await stage.putBalance("", {
      state: { type: "loaded", pools: [poolOf()], canTopUp: true },
    });
    await stage.rest();
    expect(buttonIn(balance)?.matches(":disabled")).to.equal(true);
  });

  for (const [lang, title, balanceText] of [
    ["de", "AI Tokens: letzte Buchungen", "Stand 1.240"],
    ["ar", "AI Tokens: أحدث القيود", "الرصيد"],
  ] as const) {
    it(`speak ${lang}`, async () => {
      stage.server.uninstall();
      await (lang === "de"
        ? Promise.all([import("../locales/de.ts"), import("../locales/balance-history/de.ts")])
        : Promise.all([import("../locales/ar.ts"), import("../locales/balance-history/ar.ts")]));
      stage.server.install();
      const opened = await openIn(await put(`lang="${lang}"`));
      await settle();
      expect(opened.shadowRoot?.querySelector("h2")?.textContent).to.equal(title);
      expect(linesIn(opened)[0]).to.contain(balanceText);
      expect(getComputedStyle(opened).direction).to.equal(lang === "ar" ? "rtl" : "ltr");
    });
  }
});
