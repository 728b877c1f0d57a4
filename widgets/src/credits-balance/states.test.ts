import { expect } from "@open-wc/testing";
import { balancesOf, poolOf } from "../testing/balances.ts";
import { hasPart, partOf, Stage, textOf } from "../testing/stage.ts";
import { warningsOf } from "../testing/warnings.ts";

const DAY_MS = 86_400_000;

describe("credits-balance shows", () => {
  let stage: Stage;
  beforeEach(() => {
    stage = new Stage();
  });
  afterEach(() => stage.strike());

  const shown = async (change: Parameters<typeof poolOf>[0], attributes = "") => {
    stage.server.balances = balancesOf([poolOf(change)]);
    return stage.putBalance(`session-url="/session" ${attributes}`);
  };

  it("a skeleton of the final size while loading", async () => {
    stage.server.sessionFault = "hangs";
    const element = await stage.putBalance();
    expect(partOf(element, "base")?.getAttribute("aria-busy")).to.equal("true");
    expect(element.shadowRoot?.textContent).to.contain("Loading your balance");
    const { height } = element.getBoundingClientRect();
    stage.server.sessionFault = undefined;
    await stage.clock.pass(25_000);
    expect(textOf(element, "balance")).to.equal("1,240");
    expect(element.getBoundingClientRect().height).to.be.closeTo(height, 1);
  });

  it("what can be spent, what is held and what was used", async () => {
    const element = await shown({ available: "1240", balance: "1280", held: "40", used: "720" });
    expect(textOf(element, "balance")).to.equal("1,240");
    expect(textOf(element, "caption")).to.equal("tokens available40 held");
    expect(textOf(element, "usage")).to.equal("36% used");
    expect(partOf(element, "bar")?.firstElementChild?.getAttribute("width")).to.equal("36%");
    expect(hasPart(element, "warning")).to.equal(false);
  });

  it("one token as one token", async () => {
    expect(textOf(await shown({ available: "1" }), "caption")).to.equal("token available");
  });

  it("what is on the way, what comes later and what expires soon", async () => {
    const nextExpiry = { at: new Date(Date.now() + 6.5 * DAY_MS).toISOString(), amount: "1" };
    const element = await shown({ pending: "500", scheduled: "20", nextExpiry }, 'time-zone="Asia/Tokyo"');
    expect(textOf(element, "caption")).to.equal("tokens available+500 on the way20 scheduled");
    expect(textOf(element, "expiry")).to.equal("1 expires in 6 days");
    expect(partOf(element, "expiry")?.title).to.contain("March 19, 2026 at 6:30");
  });

  it("when a plan's credits come again, and nothing of what should have come", async () => {
    const days = (count: number) => new Date(Date.now() + count * DAY_MS).toISOString();
    const nextExpiry = { at: days(3.5), amount: "20" };
    const element = await shown({ nextRefreshAt: days(6.5), nextExpiry }, 'time-zone="Asia/Tokyo"');
    expect(textOf(element, "refresh")).to.equal("Refreshes in 6 days");
    expect(partOf(element, "refresh")?.title).to.contain("March 19, 2026 at 6:30");
    expect(partOf(element, "expiry")?.parentElement === partOf(element, "refresh")?.parentElement).to.equal(
      true,
    );
    expect(hasPart(await shown({ nextRefreshAt: days(-1) }), "refresh")).to.equal(false);
  });

  it("nothing of an expiry that is months away", async () => {
    const nextExpiry = { at: new Date(Date.now() + 90 * DAY_MS).toISOString(), amount: "1" };
    expect(hasPart(await shown({ nextExpiry }), "expiry")).to.equal(false);
  });

  it("a low balance with the days that are left", async () => {
    const runsOutAt = new Date(Date.now() + 3.5 * DAY_MS).toISOString();
    const element = await shown({ available: "90", low: true, runsOutAt });
    expect(textOf(element, "warning")).to.equal("Low: about 3 days left");
    expect(textOf(await shown({ available: "90", low: true }), "warning")).to.equal("Your balance is low");
  });

  it("a depleted and a negative balance, explained", async () => {
    expect(textOf(await shown({ available: "0" }), "warning")).to.equal("No tokens left");
    const element = await shown({ available: "-35", balance: "-35", overage: "35", low: true });
    expect(textOf(element, "balance")).to.equal("-35");
    expect(textOf(element, "warning")).to.equal("You are 35 tokens over. Your next top-up covers it first.");
  });

  it("an error with a retry that the keyboard can press and that keeps the focus", async () => {
    stage.server.fault = { status: 500, code: "internal" };
    const element = await stage.putBalance();
    expect(textOf(element, "message")).to.contain("Your balance could not be loaded");
    expect(textOf(element, "message")).to.contain("Reference: req_1");
    const retry = partOf(element, "retry-button");
    retry?.focus();
    retry?.click();
    await element.updateComplete;
    expect(textOf(element, "retry-button")).to.equal("Trying again…");
    expect(element.shadowRoot?.activeElement).to.equal(retry);
    stage.server.fault = undefined;
    await stage.clock.pass(1_000);
    expect(textOf(element, "balance")).to.equal("1,240");
    expect(element.shadowRoot?.activeElement).to.equal(partOf(element, "base"));
  });

  it("what to do when the network is gone", async () => {
    stage.server.fault = "offline";
    const element = await stage.putBalance('session-url="/session" api-base="https://api.example"', {
      fetchSession: async () => stage.server.mintSession(),
    });
    expect(textOf(element, "message")).to.contain("Check your connection");
  });

  it("no permission without a retry", async () => {
    stage.server.fault = { status: 403, code: "insufficient_scope" };
    const element = await stage.putBalance();
    expect(textOf(element, "message")).to.contain("You do not have access to this balance");
    expect(hasPart(element, "retry-button")).to.equal(false);
  });

  it("that there are no credits yet", async () => {
    stage.server.balances = balancesOf([]);
    expect(textOf(await stage.putBalance(), "message")).to.contain("No credits yet");
    const element = await shown({ available: "0", granted: "0", used: "0", seq: 0 });
    expect(textOf(element, "message")).to.contain("No credits yet");
  });

  it("all pools side by side, or the one that the page asks for", async () => {
    const pools = [poolOf(), poolOf({ creditTypeId: "images", name: "Images", available: "3" })];
    stage.server.balances = balancesOf([...pools, poolOf({ resourceId: "alpha", available: "9" })]);
    const element = await stage.putBalance();
    expect(figures(element)).to.deep.equal(["1,240", "3", "9"]);
    element.creditType = "images";
    await element.updateComplete;
    expect(figures(element)).to.deep.equal(["3"]);
    element.creditType = "tokens";
    element.resource = "none";
    await element.updateComplete;
    expect(figures(element)).to.deep.equal(["1,240"]);
    element.resource = "alpha";
    await element.updateComplete;
    expect(figures(element)).to.deep.equal(["9"]);
    expect(textOf(element, "resource")).to.equal("alpha");
  });

  it("the history as a line that grows with each change", async () => {
    const element = await shown({});
    const points = () =>
      partOf(element, "sparkline")?.querySelector(".line")?.getAttribute("d")?.split("L").length;
    expect(points()).to.equal(3);
    expect(partOf(element, "sparkline")?.getAttribute("aria-label")).to.equal(
      "Latest changes: from 2,000 to 1,240",
    );
    stage.server.push(poolOf({ available: "1230", seq: 4, history: [] }));
    await stage.rest();
    expect(points()).to.equal(4);
    expect(partOf(element, "sparkline")?.getAttribute("aria-label")).to.equal(
      "Latest changes: from 2,000 to 1,230",
    );
  });

  it("an error when the page never says where sessions come from", async () => {
    const element = await stage.putBalance("");
    expect(element.state.type).to.equal("loading");
    expect(await warningsOf(() => stage.clock.pass(3_100))).to.have.length(1);
    expect(element.state).to.include({ type: "error", code: "session_missing", retryable: false });
    element.sessionUrl = "/session";
    await stage.clock.pass(500);
    expect(textOf(element, "balance")).to.equal("1,240");
  });

  function figures(element: Element): (string | undefined)[] {
    return [...(element.shadowRoot?.querySelectorAll('[part="balance"]') ?? [])].map((figure) =>
      figure.textContent?.trim(),
    );
  }
});
