import { expect } from "@open-wc/testing";
import { exits } from "../paying/leave-page.ts";
import { AutoTopUpScene, idAtFocus, partAtFocus } from "../testing/auto-top-up-scene.ts";
import { settingsOf, standings } from "../testing/auto-top-ups.ts";
import { hasPart, partOf, setVisible, textOf } from "../testing/stage.ts";
import { VISA } from "../testing/top-ups.ts";

describe("adding a card in credits-auto-top-up", () => {
  let scene: AutoTopUpScene;
  beforeEach(() => {
    scene = new AutoTopUpScene();
  });
  afterEach(() => scene.strike());

  const attributes = 'session-url="/session" credit-type="tokens"';
  const addCard = async (element: Element) => {
    await scene.type(element, "threshold", "250");
    await scene.agree(element);
    await scene.press(element, "save-button");
  };

  it("goes to Stripe's page in another tab with the consent, and goes on here when the card is there", async () => {
    const element = await scene.open();
    const heard: string[] = [];
    element.addEventListener("credits-auto-top-up-card", ({ detail }) => heard.push(detail.creditTypeId));
    expect(textOf(element, "save-button")).to.equal("Add a card");
    await addCard(element);
    expect(scene.tab).to.deep.include({ opened: 1, location: { href: "https://checkout.example/cset_1" } });
    expect(scene.api.sent[0]?.body).to.include({ consent: true, uiMode: "hosted" });
    expect(scene.api.sent[0]?.body).not.to.have.property("returnUrl");
    expect(textOf(element, "outcome")).to.contain("Waiting for your card in the other tab");
    scene.api.move({ card: VISA });
    scene.api.setup = { ...scene.api.setup, status: "complete", url: null };
    await scene.stage.clock.pass(1_100);
    expect(textOf(element, "notice")).to.equal("Your card is saved.");
    expect(scene.input(element, "threshold").value).to.equal("250");
    expect(partAtFocus(element)).to.equal("save-button");
    expect(heard).to.deep.equal(["tokens"]);
    expect(new Set(scene.api.sent.map(({ body }) => body["setupKey"])).size).to.equal(1);
    await scene.press(element, "save-button");
    expect(scene.api.sent.at(-1)).to.deep.include({ method: "PUT" });
    expect(hasPart(element, "status")).to.equal(true);
  });

  it("looks at once when the person comes back to this tab", async () => {
    const element = await scene.open();
    await addCard(element);
    await scene.stage.clock.pass(12_000);
    scene.api.move({ card: VISA });
    scene.api.setup = { ...scene.api.setup, status: "complete", url: null };
    setVisible(true);
    await scene.stage.rest();
    expect(textOf(element, "notice")).to.equal("Your card is saved.");
  });

  it("has a link where no tab may open, and closes none that was led nowhere", async () => {
    Object.assign(exits, { openTab: () => null });
    const element = await scene.open();
    await addCard(element);
    expect(textOf(element, "outcome")).to.contain("Add your card on Stripe's secure page");
    expect(partOf(element, "action-button")?.getAttribute("href")).to.equal(
      "https://checkout.example/cset_1",
    );
    await scene.press(element, "cancel-button");
    expect(textOf(element, "notice")).to.equal("No card was added.");
    expect(scene.input(element, "threshold").value).to.equal("250");
  });

  it("says that the page has expired, and that nothing came of it", async () => {
    const element = await scene.open();
    await addCard(element);
    scene.api.setup = { ...scene.api.setup, status: "expired", url: null };
    await scene.stage.clock.pass(1_100);
    expect(textOf(element, "notice")).to.contain("has expired");
    expect(hasPart(element, "form")).to.equal(true);
  });

  it("stops asking after a while, until the person asks", async () => {
    const element = await scene.open();
    await addCard(element);
    await scene.stage.clock.pass(3_600_000);
    const asked = scene.api.sent.length;
    expect(asked).to.be.lessThan(45);
    await scene.stage.clock.pass(3_600_000);
    expect(scene.api.sent.length).to.equal(asked);
    expect(textOf(element, "retry-button")).to.equal("Check again");
    scene.api.move({ card: VISA });
    scene.api.setup = { ...scene.api.setup, status: "complete", url: null };
    await scene.press(element, "retry-button");
    expect(textOf(element, "notice")).to.equal("Your card is saved.");
  });

  it("goes there in this tab where the page says so, and comes back to what was typed", async () => {
    const element = await scene.stage.putAutoTopUp(`${attributes} return="redirect"`);
    await scene.press(element, "set-up-button");
    await addCard(element);
    expect([scene.gone, scene.tab.opened]).to.deep.equal([["https://checkout.example/cset_1"], 0]);
    expect(scene.api.sent[0]?.body["returnUrl"]).to.equal(scene.here);
    scene.api.move({ card: VISA });
    history.replaceState(
      null,
      "",
      `${scene.here}&credits_card_setup=cset_1&credits_card_setup_result=success`,
    );
    const back = await scene.stage.putAutoTopUp(`${attributes} return="redirect"`);
    expect(location.href).to.equal(scene.here);
    expect(textOf(back, "notice")).to.equal("Your card is saved.");
    expect(scene.input(back, "threshold").value).to.equal("250");
    await scene.press(back, "save-button");
    expect(hasPart(back, "status")).to.equal(true);
  });

  it("says to who comes back without one that nothing was added", async () => {
    history.replaceState(
      null,
      "",
      `${scene.here}&credits_card_setup=cset_1&credits_card_setup_result=cancelled`,
    );
    const element = await scene.stage.putAutoTopUp();
    expect(textOf(element, "notice")).to.equal("No card was added.");
    expect(hasPart(element, "form")).to.equal(true);
  });

  it("asks for the consent anew for another card of a rule that is set", async () => {
    scene.api.settings = settingsOf(standings()["suspended"]);
    const element = await scene.stage.putAutoTopUp();
    await scene.press(element, "action-button");
    await scene.press(element, "action-button");
    expect(scene.tab.opened).to.equal(0);
    expect(idAtFocus(element)).to.equal("consent");
    await scene.agree(element);
    await scene.press(element, "action-button");
    expect(scene.tab.opened).to.equal(1);
    scene.api.settings = settingsOf({ card: { ...VISA, last4: "4444" } });
    scene.api.setup = { ...scene.api.setup, status: "complete", url: null };
    await scene.stage.clock.pass(1_100);
    expect(textOf(element, "card")).to.equal("Visa ···· 4444");
    expect(hasPart(element, "standing")).to.equal(false);
  });
});
