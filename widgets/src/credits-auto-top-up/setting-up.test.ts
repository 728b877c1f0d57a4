import { expect } from "@open-wc/testing";
import { AutoTopUpScene, idAtFocus, partAtFocus } from "../testing/auto-top-up-scene.ts";
import { hasPart, textOf } from "../testing/stage.ts";
import { VISA } from "../testing/top-ups.ts";

describe("setting up credits-auto-top-up", () => {
  let scene: AutoTopUpScene;
  beforeEach(() => {
    scene = new AutoTopUpScene();
  });
  afterEach(() => scene.strike());

  it("sends the whole rule with the consent, and then shows how it stands", async () => {
    scene.api.move({ card: VISA });
    const element = await scene.open();
    await scene.type(element, "threshold", "1,000");
    await scene.type(element, "target", "5,000");
    await scene.type(element, "limit", "200.50");
    await scene.agree(element);
    await scene.press(element, "save-button");
    expect(scene.api.sent).to.deep.equal([
      {
        method: "PUT",
        path: "/tokens",
        body: {
          enabled: true,
          threshold: "1000",
          target: "5000",
          monthlyLimit: { amountMinor: 20_050, currency: "usd" },
          consent: true,
        },
      },
    ]);
    expect(textOf(element, "rule")).to.contain("fewer than 1,000 tokens");
    expect(textOf(element, "notice")).to.equal("Saved.");
    expect(partAtFocus(element)).to.equal("change-button");
  });

  it("adds a number of credits instead, with the exact price of each time", async () => {
    scene.api.move({ card: VISA });
    const element = await scene.open();
    element.shadowRoot?.querySelectorAll<HTMLElement>("[name=mode]")[1]?.click();
    await scene.stage.clock.pass(400);
    expect(idAtFocus(element)).to.equal("credits");
    await scene.type(element, "credits", "750");
    expect(textOf(element, "summary")).to.contain("750 tokens each time");
    expect(textOf(element, "total")).to.equal("$7.50");
    await scene.agree(element);
    await scene.press(element, "save-button");
    expect(scene.api.sent[0]?.body).to.include({ credits: "750" });
    expect(scene.api.sent[0]?.body).not.to.have.property("target");
  });

  it("charges nobody without a consent, and leads the keyboard to it", async () => {
    scene.api.move({ card: VISA });
    const element = await scene.open();
    await scene.press(element, "save-button");
    expect(scene.api.sent).to.deep.equal([]);
    expect(idAtFocus(element)).to.equal("consent");
    expect(textOf(element, "summary")).to.contain("Please agree to this first");
    expect(scene.input(element, "consent").getAttribute("aria-invalid")).to.equal("true");
  });

  it("says at each field what is wrong with it", async () => {
    scene.api.move({ card: VISA });
    const element = await scene.open();
    const hint = (id: string) =>
      element.shadowRoot?.querySelector(`#${id}-hint`)?.textContent?.replace(/\s+/g, " ").trim();
    await scene.type(element, "threshold", "none");
    await scene.type(element, "target", "0");
    await scene.type(element, "limit", "much");
    await scene.press(element, "save-button");
    expect([hint("threshold"), hint("target"), hint("limit")]).to.deep.equal([
      "Enter a number, such as 500",
      "Enter a number, such as 500",
      "Enter an amount of money, such as 50",
    ]);
    expect(idAtFocus(element)).to.equal("threshold");
    await scene.type(element, "threshold", "500");
    await scene.type(element, "target", "500");
    await scene.type(element, "limit", "1.00");
    await scene.press(element, "save-button");
    expect(hint("target")).to.equal("Must be more than the balance at which it buys");
    await scene.type(element, "target", "800");
    await scene.press(element, "save-button");
    expect(hint("limit")).to.equal("One top-up costs $3.00: the limit must be at least that");
    element.shadowRoot?.querySelectorAll<HTMLElement>("[name=mode]")[1]?.click();
    await scene.stage.rest();
    await scene.type(element, "credits", "99");
    await scene.press(element, "save-button");
    expect(hint("credits")).to.equal("At least 100 tokens");
    await scene.type(element, "credits", "50001");
    await scene.press(element, "save-button");
    expect(hint("credits")).to.equal("At most 50,000 tokens");
    expect(scene.api.sent).to.deep.equal([]);
  });

  it("warns as long as there is no limit", async () => {
    const element = await scene.open();
    expect(textOf(element, "form")).to.contain("Without a limit, nothing stops the spending");
    await scene.type(element, "limit", "50");
    expect(textOf(element, "form")).to.contain("Nothing more is bought in that month.");
  });

  it("says at the field what the server said about it", async () => {
    scene.api.move({ card: VISA });
    const element = await scene.open();
    await scene.agree(element);
    scene.api.changeFault = {
      ...{ status: 400, code: "validation_failed" },
      errors: [{ path: "monthlyLimit", code: "currency_mismatch", message: "must be in eur" }],
    };
    await scene.press(element, "save-button");
    expect(textOf(element, "form")).to.contain("This was not accepted: must be in eur");
    expect(idAtFocus(element)).to.equal("limit");
    scene.api.changeFault = undefined;
    await scene.type(element, "limit", "60");
    await scene.press(element, "save-button");
    expect(hasPart(element, "status")).to.equal(true);
  });

  it("keeps what was typed when no answer came", async () => {
    scene.api.move({ card: VISA });
    const element = await scene.open();
    await scene.type(element, "threshold", "250");
    await scene.agree(element);
    scene.api.changeFault = "lost";
    await scene.press(element, "save-button");
    expect(textOf(element, "notice")).to.contain("No answer came");
    expect(scene.input(element, "threshold").value).to.equal("250");
  });
});
