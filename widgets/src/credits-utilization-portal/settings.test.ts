import { expect } from "@open-wc/testing";
import { balancesOf, poolOf } from "../testing/balances.ts";
import { noticesOf, preferencesOf } from "../testing/portal.ts";
import { PortalScene } from "../testing/portal-scene.ts";
import { hasPart, partOf, textOf } from "../testing/stage.ts";
import type { CreditsUtilizationPortal } from "./credits-utilization-portal.ts";

describe("the settings of a portal", () => {
  let scene: PortalScene;
  let element: CreditsUtilizationPortal;
  beforeEach(() => {
    scene = new PortalScene();
  });
  afterEach(() => scene.strike());

  const put = async () => (element = await scene.put('tab="settings"'));
  const boxes = () => [...(element.shadowRoot?.querySelectorAll<HTMLInputElement>("[type=checkbox]") ?? [])];
  const input = (id: string) => {
    const found = element.shadowRoot?.querySelector(`#${id}`);
    if (!(found instanceof HTMLInputElement)) throw new Error(`no ${id}`);
    return found;
  };
  const type = async (id: string, text: string) => {
    input(id).value = text;
    input(id).dispatchEvent(new Event("input"));
    await scene.rest();
  };
  const save = async () => {
    partOf(element, "save-button")?.click();
    await scene.stage.clock.pass(100);
  };

  it("show what is set, beside the auto top-up", async () => {
    await put();
    expect(boxes().map(({ checked }) => checked)).to.deep.equal([
      ...Array<boolean>(8).fill(true),
      false,
      true,
    ]);
    expect([input("thresholds").value, input("daysBefore").value]).to.deep.equal(["", "14"]);
    expect(element.shadowRoot?.querySelector("credits-auto-top-up") !== null).to.equal(true);
    expect(textOf(element, "notice")).to.equal("");
  });

  it("save what was changed and nothing else, and say so once", async () => {
    let told = 0;
    await put();
    element.addEventListener("credits-notifications-change", () => (told += 1));
    boxes()[3]?.click();
    await type("thresholds", "100, 20%");
    // Somebody else changes another thing meanwhile.
    const expiry = { ...noticesOf().expiry, daysBefore: 30 };
    scene.preferences = preferencesOf({ creditTypes: [noticesOf({ isSet: true, expiry })] });
    await save();
    const sent = scene.preferences.creditTypes[0];
    expect(sent?.depleted).to.deep.equal({ enabled: true, channels: ["in_app"] });
    expect(sent?.lowBalance.thresholds).to.deep.equal(["100", "20%"]);
    expect(sent?.expiry.daysBefore).to.equal(30);
    expect([textOf(element, "notice"), told]).to.deep.equal(["Saved.", 1]);
    expect(input("daysBefore").value).to.equal("30");
    await scene.stage.clock.pass(60_000);
    expect(told).to.equal(1);
  });

  it("keep what was typed where it could not be saved, and say what to do", async () => {
    await put();
    scene.changeFault = { status: 500, code: "internal" };
    await type("daysBefore", "7");
    await save();
    await scene.stage.clock.pass(60_000);
    expect(textOf(element, "notice")).to.contain("still here: try again");
    expect(input("daysBefore").value).to.equal("7");
    scene.changeFault = undefined;
    await save();
    expect(textOf(element, "notice")).to.equal("Saved.");
    expect(scene.preferences.creditTypes[0]?.expiry.daysBefore).to.equal(7);
  });

  it("are never saved for somebody else, whose session is there when they are sent", async () => {
    await put();
    await type("daysBefore", "7");
    const { server, clock } = scene.stage;
    server.customer = "bolt";
    server.balances = balancesOf([poolOf()], { customerId: "bolt" });
    // The session is past its end, and nobody has noticed yet.
    clock.nowMs += 700_000;
    await save();
    await clock.pass(10_000);
    expect(scene.sent).to.deep.equal([]);
    expect([input("daysBefore").value, textOf(element, "notice")]).to.deep.equal(["14", ""]);
  });

  it("are saved of the type at hand, whatever is wrong with what was typed for another", async () => {
    const gems = { ...noticesOf().creditType, id: "gems", name: "Gems" };
    scene.preferences = preferencesOf({ creditTypes: [noticesOf(), noticesOf({ creditType: gems })] });
    scene.stage.server.balances = balancesOf([poolOf(), poolOf({ creditTypeId: "gems", name: "Gems" })]);
    await put();
    const choose = async (index: number) => {
      const select = partOf(element, "pool-select");
      if (!(select instanceof HTMLSelectElement)) throw new Error("no choice");
      select.selectedIndex = index;
      select.dispatchEvent(new Event("change"));
      await scene.rest();
    };
    await type("daysBefore", "0");
    await choose(1);
    await type("daysBefore", "9");
    await save();
    expect(scene.preferences.creditTypes.map(({ expiry }) => expiry.daysBefore)).to.deep.equal([14, 9]);
    expect(textOf(element, "notice")).to.equal("Saved.");
    await choose(0);
    expect([input("daysBefore").value, input("daysBefore").ariaInvalid]).to.deep.equal(["0", "true"]);
    expect(element.shadowRoot?.textContent).to.contain("Not saved yet").and.not.to.contain("Saved.");
    await save();
    expect(element.shadowRoot?.activeElement?.id).to.equal("daysBefore");
    expect(scene.sent).to.have.length(1);
  });

  it("send nothing that is wrong, and lead the keyboard there", async () => {
    await put();
    await type("daysBefore", "0");
    await type("thresholds", "a few");
    expect(input("daysBefore").getAttribute("aria-invalid")).to.equal("false");
    await save();
    expect(scene.sent).to.deep.equal([]);
    expect(element.shadowRoot?.activeElement?.id).to.equal("thresholds");
    expect(input("thresholds").getAttribute("aria-invalid")).to.equal("true");
    expect(element.shadowRoot?.querySelector("#daysBefore-hint")?.textContent).to.contain("from 1 to 365");
  });

  it("keep what is not saved while another tab is looked at", async () => {
    await put();
    await type("daysBefore", "9");
    element.tab = "overview";
    await scene.rest();
    element.tab = "settings";
    await scene.rest();
    expect(input("daysBefore").value).to.equal("9");
  });

  it("can be read and not changed where the session may not", async () => {
    scene.stage.server.scopes = ["read"];
    scene.preferences = preferencesOf({ canChange: false });
    await put();
    expect(boxes().every(({ disabled }) => disabled) && input("thresholds").disabled).to.equal(true);
    expect(hasPart(element, "save-button")).to.equal(false);
    expect(element.shadowRoot?.textContent).to.contain("You can see this, but not change it");
    expect(element.shadowRoot?.querySelector("credits-auto-top-up") === null).to.equal(true);
  });

  it("are those of the pool at hand, and send the other types as they are", async () => {
    const gems = { ...noticesOf().creditType, id: "gems", name: "<b>Gems</b>" };
    const other = noticesOf({
      creditType: gems,
      isSet: true,
      expiry: { ...noticesOf().expiry, daysBefore: 3 },
    });
    scene.preferences = preferencesOf({ creditTypes: [other, noticesOf()] });
    await put();
    expect(input("daysBefore").value).to.equal("14");
    await type("daysBefore", "21");
    await save();
    expect(scene.preferences.creditTypes.map(({ expiry }) => expiry.daysBefore)).to.deep.equal([3, 21]);
  });

  it("can leave out either half", async () => {
    element = await scene.put('tab="settings" hide="auto-top-up"');
    expect(element.shadowRoot?.querySelector("credits-auto-top-up") === null).to.equal(true);
    element.hide = "notifications";
    await scene.rest();
    expect(hasPart(element, "choice")).to.equal(false);
    expect(element.shadowRoot?.querySelector("credits-auto-top-up") !== null).to.equal(true);
  });
});
