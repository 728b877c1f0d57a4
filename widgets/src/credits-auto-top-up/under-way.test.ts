import { expect } from "@open-wc/testing";
import { AutoTopUpScene } from "../testing/auto-top-up-scene.ts";
import { settingsOf, standings } from "../testing/auto-top-ups.ts";
import { poolOf } from "../testing/balances.ts";
import { hasPart, partOf, textOf } from "../testing/stage.ts";

describe("credits-auto-top-up, while something is under way,", () => {
  let scene: AutoTopUpScene;
  beforeEach(() => {
    scene = new AutoTopUpScene();
  });
  afterEach(() => scene.strike());

  const low = (seq: number, available: string) => scene.stage.server.push(poolOf({ seq, available }));

  it("follows a payment until it is over, and then rests", async () => {
    scene.api.settings = settingsOf(standings()["inFlight"]);
    const element = await scene.stage.putAutoTopUp();
    await scene.stage.clock.pass(3_500);
    expect(scene.api.reads).to.equal(3);
    scene.api.settings = settingsOf();
    await scene.stage.clock.pass(3_000);
    expect(hasPart(element, "standing")).to.equal(false);
    const { reads } = scene.api;
    await scene.stage.clock.pass(3_600_000);
    expect(scene.api.reads).to.equal(reads);
  });

  it("asks once for many changes of the pool in a moment", async () => {
    scene.api.settings = settingsOf();
    await scene.stage.putAutoTopUp();
    const { reads } = scene.api;
    for (let seq = 4; seq < 24; seq += 1) low(seq, String(1240 - seq));
    await scene.stage.clock.pass(2_000);
    expect(scene.api.reads).to.equal(reads + 1);
  });

  it("sees the payment begin after the pool fell below the threshold, and asks no more than needed", async () => {
    scene.api.settings = settingsOf();
    const element = await scene.stage.putAutoTopUp();
    low(4, "90");
    await scene.stage.clock.pass(1_000);
    scene.api.settings = settingsOf(standings()["inFlight"]);
    await scene.stage.clock.pass(3_000);
    expect(textOf(element, "standing")).to.contain("Buying 400 tokens for $4.00");
    expect(element.shadowRoot?.querySelector("[role=status]")?.textContent).to.contain("Buying 400 tokens");
    scene.api.settings = settingsOf();
    low(5, "490");
    await scene.stage.clock.pass(600);
    expect(textOf(element, "balance")).to.equal("You have 490 tokens");
    expect(hasPart(element, "standing")).to.equal(false);
  });

  it("heals by itself when the payment was confirmed in the other tab", async () => {
    scene.api.settings = settingsOf(standings()["actionRequired"]);
    const element = await scene.stage.putAutoTopUp();
    const link = partOf(element, "action-button");
    expect([link?.getAttribute("target"), link?.getAttribute("rel")]).to.deep.equal(["_blank", "noopener"]);
    scene.api.settings = settingsOf();
    window.dispatchEvent(new Event("focus"));
    await scene.stage.rest();
    expect(hasPart(element, "standing")).to.equal(false);
  });

  it("looks again when a pause is over", async () => {
    scene.api.settings = settingsOf(standings()["coolingDown"]);
    const element = await scene.stage.putAutoTopUp();
    scene.api.settings = settingsOf();
    await scene.stage.clock.pass(47_000);
    expect(hasPart(element, "standing")).to.equal(false);
  });

  it("leaves no timer behind", async () => {
    scene.api.settings = settingsOf(standings()["actionRequired"]);
    await scene.stage.putAutoTopUp();
    await scene.stage.put("");
    await scene.stage.rest();
    expect(scene.stage.clock.running).to.equal(0);
  });
});
