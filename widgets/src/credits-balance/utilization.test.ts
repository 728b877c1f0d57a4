import { expect } from "@open-wc/testing";
import { balancesOf, poolOf } from "../testing/balances.ts";
import { hasPart, partOf, Stage, textOf } from "../testing/stage.ts";

const DAY_MS = 86_400_000;

describe("the utilization variant", () => {
  let stage: Stage;
  beforeEach(() => {
    stage = new Stage();
  });
  afterEach(() => stage.strike());

  const shown = async (...changes: Parameters<typeof poolOf>[0][]) => {
    stage.server.balances = balancesOf(changes.map(poolOf));
    return stage.putBalance('session-url="/session" variant="utilization"');
  };
  const rectsIn = (element: Element) =>
    [...(partOf(element, "bar")?.querySelectorAll("rect") ?? [])].map((rect) =>
      ["class", "x", "width"].map((name) => rect.getAttribute(name)),
    );

  it("says how much of all is used and how much is held, in figures and as parts of one bar", async () => {
    const element = await shown({ granted: "1000", used: "620", held: "80", available: "300" });
    expect(textOf(element, "usage")).to.equal("620 of 1,000 used · 62% 80 held");
    expect(textOf(element, "balance")).to.equal("300");
    expect(rectsIn(element)).to.deep.equal([
      ["held", "62%", "8%"],
      [null, null, "62%"],
    ]);
    expect(hasPart(element, "history")).to.equal(false);
  });

  it("never draws more than a whole bar, nor less than none", async () => {
    expect(rectsIn(await shown({ granted: "10", used: "12", held: "5", available: "-2" }))).to.deep.equal([
      ["held", "100%", "0%"],
      [null, null, "100%"],
    ]);
    expect(rectsIn(await shown({ granted: "0", used: "0", seq: 1 }))).to.deep.equal([
      ["held", "0%", "0%"],
      [null, null, "0%"],
    ]);
  });

  it("has a row for each pool, in the tone of its level, with what is wrong and what comes", async () => {
    const nextRefreshAt = new Date(Date.now() + 9.5 * DAY_MS).toISOString();
    const element = await shown(
      { nextRefreshAt },
      { creditTypeId: "images", low: true, available: "3" },
      { resourceId: "alpha", available: "0" },
    );
    const rows = [...(element.shadowRoot?.querySelectorAll("[part=pool]") ?? [])];
    expect(rows.map((row) => row.className)).to.deep.equal(["pool ok", "pool low", "pool depleted"]);
    expect(textOf(element, "refresh")).to.equal("Refreshes in 9 days");
    expect(textOf(element, "warning")).to.equal("Your balance is low");
    const fill = (row: Element | undefined) => {
      const bar = row?.querySelector("[part=bar]");
      return bar ? getComputedStyle(bar).color : "";
    };
    expect(new Set(rows.map(fill)).size).to.equal(3);
    const lefts = rows.map((row) => row.getBoundingClientRect().left);
    expect(new Set(lefts).size).to.equal(1);
  });

  it("keeps its size when the figures come, and follows them", async () => {
    stage.server.sessionFault = "hangs";
    const element = await stage.putBalance('session-url="/session" variant="utilization"');
    const { height } = element.getBoundingClientRect();
    stage.server.sessionFault = undefined;
    await stage.clock.pass(25_000);
    expect(textOf(element, "usage")).to.equal("760 of 2,000 used · 38%");
    expect(element.getBoundingClientRect().height).to.be.closeTo(height, 1);
    stage.server.push(poolOf({ available: "1000", used: "1000", seq: 4 }));
    await stage.rest();
    expect(textOf(element, "usage")).to.equal("1,000 of 2,000 used · 50%");
  });

  it("can be chosen later, and left again", async () => {
    const element = await stage.putBalance();
    element.variant = "utilization";
    await stage.rest();
    expect(textOf(element, "usage")).to.equal("760 of 2,000 used · 38%");
    element.variant = "card";
    await stage.rest();
    expect(textOf(element, "usage")).to.equal("38% used");
    expect(hasPart(element, "history")).to.equal(true);
  });

  it("has nothing of its own where there is nothing to show", async () => {
    stage.server.fault = { status: 500, code: "internal" };
    const element = await shown();
    expect(textOf(element, "message")).to.contain("Your balance could not be loaded");
  });
});
