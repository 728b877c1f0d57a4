import { expect } from "@open-wc/testing";
import { AutoTopUpScene, idAtFocus, partAtFocus } from "../testing/auto-top-up-scene.ts";
import { ruleOf, settingsOf, standings } from "../testing/auto-top-ups.ts";
import { hasPart, textOf } from "../testing/stage.ts";

describe("credits-auto-top-up with a rule that is set", () => {
  let scene: AutoTopUpScene;
  beforeEach(() => {
    scene = new AutoTopUpScene();
  });
  afterEach(() => scene.strike());

  it("switches it off and on as it is, and tells the page", async () => {
    scene.api.settings = settingsOf();
    const element = await scene.stage.putAutoTopUp();
    const heard: unknown[] = [];
    element.addEventListener("credits-auto-top-up-change", ({ detail }) => heard.push(detail));
    await scene.press(element, "switch");
    expect(scene.api.sent[0]?.body).to.deep.equal({
      enabled: false,
      threshold: "100",
      target: "500",
      monthlyLimit: { amountMinor: 5_000, currency: "usd" },
    });
    expect(textOf(element, "state")).to.equal("Off");
    expect(partAtFocus(element)).to.equal("switch");
    await scene.press(element, "switch");
    expect(textOf(element, "state")).to.equal("On");
    const pool = { creditTypeId: "tokens", resourceId: null, isSet: true };
    expect(heard).to.deep.equal([
      { ...pool, enabled: false },
      { ...pool, enabled: true },
    ]);
  });

  it("asks for the consent that the server misses, where a host has set it", async () => {
    scene.api.settings = settingsOf({ rule: ruleOf({ enabled: false }) });
    const element = await scene.stage.putAutoTopUp();
    scene.api.changeFault = {
      ...{ status: 400, code: "validation_failed" },
      errors: [{ path: "consent", code: "validation_failed", message: "must be given" }],
    };
    await scene.press(element, "switch");
    expect(idAtFocus(element)).to.equal("consent");
    expect(textOf(element, "summary")).to.contain("Please agree to this first");
    scene.api.changeFault = undefined;
    await scene.agree(element);
    await scene.press(element, "save-button");
    expect(scene.api.sent.at(-1)?.body).to.include({ consent: true });
  });

  it("begins the form with what is set, and keeps a threshold in money one", async () => {
    const threshold = { amountMinor: 1_050, currency: "usd" };
    scene.api.settings = settingsOf({ rule: ruleOf({ threshold, target: null, credits: "1500.5" }) });
    const element = await scene.stage.putAutoTopUp();
    await scene.press(element, "change-button");
    expect([scene.input(element, "threshold").value, scene.input(element, "credits").value]).to.deep.equal([
      "10.50",
      "1500.5",
    ]);
    expect(scene.input(element, "limit").value).to.equal("50");
    expect(element.shadowRoot?.querySelector("#consent") === null).to.equal(true);
    await scene.press(element, "save-button");
    expect(scene.api.sent[0]?.body).to.deep.include({ threshold, credits: "1500.5" });
  });

  it("raises the limit from where it is reached", async () => {
    scene.api.settings = settingsOf(standings()["limitReached"]);
    const element = await scene.stage.putAutoTopUp();
    await scene.press(element, "action-button");
    expect(idAtFocus(element)).to.equal("limit");
    await scene.type(element, "limit", "100");
    scene.api.move({ state: "active", problem: null });
    await scene.press(element, "save-button");
    expect(hasPart(element, "standing")).to.equal(false);
  });

  it("lets it try again at once", async () => {
    scene.api.settings = settingsOf(standings()["resumable"]);
    const element = await scene.stage.putAutoTopUp();
    await scene.press(element, "action-button");
    expect(scene.api.sent[0]).to.deep.include({ method: "POST", path: "/tokens/resume" });
    expect(hasPart(element, "standing")).to.equal(false);
  });

  it("removes it after a question, which begins with the harmless answer", async () => {
    scene.api.settings = settingsOf();
    const element = await scene.stage.putAutoTopUp();
    await scene.press(element, "remove-button");
    expect(partAtFocus(element)).to.equal("keep-button");
    await scene.press(element, "keep-button");
    expect(scene.api.sent).to.deep.equal([]);
    await scene.press(element, "remove-button");
    element.shadowRoot?.querySelector<HTMLElement>(".danger")?.click();
    await scene.stage.clock.pass(50);
    expect(scene.api.sent).to.deep.equal([{ method: "DELETE", path: "/tokens", body: {} }]);
    expect(textOf(element, "notice")).to.equal("Auto top-up is removed.");
    expect(hasPart(element, "invitation")).to.equal(true);
  });
});
