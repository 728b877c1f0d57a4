import { expect } from "@open-wc/testing";
import { poolOf } from "../testing/balances.ts";
import { partOf, Stage, textOf } from "../testing/stage.ts";

describe("a live update", () => {
  let stage: Stage;
  const { matchMedia } = window;
  beforeEach(() => {
    stage = new Stage();
  });
  afterEach(async () => {
    window.matchMedia = matchMedia;
    await stage.strike();
  });

  const push = async (change: Parameters<typeof poolOf>[0]) => {
    stage.server.push(poolOf(change));
    await stage.rest();
  };
  const rolls = (element: Element) => partOf(element, "balance")?.getAnimations({ subtree: true }).length;
  const spoken = (element: Element) => element.shadowRoot?.querySelector("[role=status]")?.textContent;

  it("has the final number in the text at once, and rolls for the eye only", async () => {
    const element = await stage.putBalance();
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
    expect(rolls(element)).to.equal(0);
    await push({ available: "1230", seq: 4 });
    expect(textOf(element, "balance")).to.equal("1,230");
    expect(rolls(element)).to.equal(isStill ? 0 : 1);
    await push({ available: "1220", seq: 5 });
    expect(textOf(element, "balance")).to.equal("1,220");
    expect(rolls(element)).to.equal(0);
  });

  it("does not roll where less motion is asked for", async () => {
    const element = await stage.putBalance();
    window.matchMedia = (query) => Object.assign(matchMedia.call(window, query), { matches: true });
    Object.defineProperty(window, "matchMedia", { configurable: true, value: () => ({ matches: true }) });
    await push({ available: "1230", seq: 4 });
    expect(textOf(element, "balance")).to.equal("1,230");
    expect(rolls(element)).to.equal(0);
    Object.defineProperty(window, "matchMedia", { configurable: true, writable: true, value: matchMedia });
  });

  it("is said aloud when the balance becomes low or empty, not for each number", async () => {
    const element = await stage.putBalance();
    expect(spoken(element)).to.equal("");
    await push({ available: "1230", seq: 4 });
    expect(spoken(element)).to.equal("");
    await push({ available: "90", low: true, seq: 5 });
    expect(spoken(element)).to.equal("AI Tokens: Your balance is low");
    await push({ available: "80", low: true, seq: 6 });
    await push({ available: "0", low: true, seq: 7 });
    await push({ available: "-5", low: true, seq: 8 });
    expect(spoken(element)).to.equal("AI Tokens: Your balance is low");
    await stage.clock.pass(5_100);
    expect(spoken(element)).to.equal("AI Tokens: You are 5 tokens over. Your next top-up covers it first.");
    await stage.clock.pass(5_100);
    await push({ available: "495", seq: 9 });
    expect(spoken(element)).to.equal("AI Tokens: 495 tokens available");
  });
});
