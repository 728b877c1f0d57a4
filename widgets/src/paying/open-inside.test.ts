import { expect } from "@open-wc/testing";
import { balancesOf, poolOf } from "../testing/balances.ts";
import { partOf, Stage } from "../testing/stage.ts";
import { FakeTopUps } from "../testing/top-ups.ts";

describe("a dialog that a balance opened", () => {
  let stage: Stage;
  beforeEach(() => {
    stage = new Stage();
    new FakeTopUps(stage.server);
  });
  afterEach(() => stage.strike());

  const openFrom = async (pool = poolOf()) => {
    stage.server.balances = balancesOf([pool]);
    const balance = await stage.putBalance();
    partOf(balance, "top-up-button")?.focus();
    partOf(balance, "top-up-button")?.click();
    await stage.clock.pass(100);
    const dialog = balance.renderRoot.querySelector("credits-top-up");
    expect(balance.shadowRoot?.activeElement).to.equal(dialog);
    return { balance, close: () => dialog?.close() };
  };

  it("gives the keyboard back to the button that opened it", async () => {
    const { balance, close } = await openFrom();
    close();
    expect(balance.shadowRoot?.activeElement).to.equal(partOf(balance, "top-up-button"));
  });

  it("gives it to the button in its place when the first credits have replaced that one", async () => {
    const { balance, close } = await openFrom(poolOf({ available: "0", balance: "0", seq: 0 }));
    const before = partOf(balance, "top-up-button");
    stage.server.push(poolOf({ available: "500", balance: "500", seq: 1 }));
    await stage.clock.pass(100);
    expect(before?.isConnected).to.equal(false);
    close();
    expect(balance.shadowRoot?.activeElement).to.equal(partOf(balance, "top-up-button"));
  });
});
