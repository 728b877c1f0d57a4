import { expect } from "@open-wc/testing";
import { balancesOf, poolOf } from "../testing/balances.ts";
import { billingOf, preferencesOf } from "../testing/portal.ts";
import { PortalScene } from "../testing/portal-scene.ts";
import { textOf } from "../testing/stage.ts";
import { VISA } from "../testing/top-ups.ts";

describe("another customer of a portal", () => {
  let scene: PortalScene;
  beforeEach(() => {
    scene = new PortalScene();
  });
  afterEach(() => scene.strike());

  for (const tab of ["billing", "settings"] as const) {
    it(`is not shown what an earlier one changed, whose answer comes late, under ${tab}`, async () => {
      const { stage } = scene;
      const element = await scene.put(`tab="${tab}"`);
      const { promise, resolve } = Promise.withResolvers<void>();
      scene.changesWait = promise;
      const press = async (name: RegExp) => {
        const buttons = [...(element.shadowRoot?.querySelectorAll("button") ?? [])];
        buttons.find((one) => name.test((one.ariaLabel ?? one.textContent ?? "").trim()))?.click();
        await stage.clock.pass(100);
      };
      const days = () => element.shadowRoot?.querySelector<HTMLInputElement>("#daysBefore");
      if (tab === "billing") await press(/^Remove: Mastercard/);
      const field = days();
      if (field) field.value = "3";
      field?.dispatchEvent(new Event("input"));
      await press(/^(Remove|Save)$/);
      expect(scene.sent).to.have.length(1);
      stage.server.customer = "bolt";
      stage.server.balances = balancesOf([poolOf()], { customerId: "bolt" });
      const amex = { ...VISA, brand: "amex", last4: "0005", isDefault: true };
      scene.billing = billingOf({ paymentMethods: [amex] });
      scene.preferences = preferencesOf();
      element.customer = "bolt";
      await stage.clock.pass(1_000);
      resolve();
      await stage.clock.pass(1_000);
      expect(textOf(element, "notice")).to.equal("");
      if (tab === "billing")
        expect(element.shadowRoot?.textContent).to.contain("0005").and.not.to.contain("4242");
      else expect(days()?.value).to.equal("14");
      // What the new one does is not held up by it.
      scene.changesWait = undefined;
      await press(/^(Remove: .*|Save)$/);
      if (tab === "billing") await press(/^Remove$/);
      expect(scene.sent).to.have.length(2);
    });
  }
});
