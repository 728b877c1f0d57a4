import { expect } from "@open-wc/testing";
import "axe-core/axe.min.js";
import { balancesOf, poolOf } from "../testing/balances.ts";
import { grantOf, grantsOf, inDays, purchaseOf } from "../testing/grants.ts";
import { billingOf, preferencesOf } from "../testing/portal.ts";
import { PortalScene } from "../testing/portal-scene.ts";
import type { CreditsUtilizationPortal } from "./credits-utilization-portal.ts";
import { type PortalTab, TABS } from "./credits-utilization-portal.types.ts";

interface AxeResults {
  violations: { id: string; nodes: { failureSummary?: string }[] }[];
}

declare const axe: { run(context: Element): Promise<AxeResults> };

interface Look {
  tab?: PortalTab;
  set?(scene: PortalScene): void;
  act?(element: CreditsUtilizationPortal, scene: PortalScene): void | Promise<void>;
}

const troubled = poolOf({
  ...{ available: "90", low: true, autoTopUp: "stopped", pending: "250", held: "10" },
  ...{ nextExpiry: { at: inDays(3), amount: "1" }, nextRefreshAt: inDays(9) },
});

const looks: Record<string, Look> = {
  ...Object.fromEntries(TABS.map((tab) => [tab, { tab }])),
  "all alerts, and pools to choose from": {
    set: (scene) => {
      scene.stage.server.balances = balancesOf([troubled, poolOf({ resourceId: "team" })]);
      const purchase = purchaseOf({ payUrl: "https://pay.example/i" });
      scene.grants = grantsOf([grantOf({ status: "payment_pending", purchase })]);
    },
  },
  "no credits": { set: (scene) => void (scene.stage.server.balances = balancesOf([])) },
  "a part that failed": {
    set: (scene) => void scene.faults.set("/widget/usage", { status: 500, code: "internal" }),
  },
  "an error": { set: (scene) => void (scene.stage.server.fault = { status: 500, code: "internal" }) },
  forbidden: { set: (scene) => void (scene.stage.server.fault = { status: 403, code: "forbidden" }) },
  loading: { set: (scene) => void (scene.stage.server.sessionFault = "hangs") },
  "a question about a card": {
    tab: "billing",
    set: (scene) => void (scene.billing = billingOf()),
    act: (element) => {
      const buttons = [...(element.shadowRoot?.querySelectorAll<HTMLElement>('[part~="card-button"]') ?? [])];
      buttons[0]?.click();
    },
  },
  "settings that cannot be changed": {
    tab: "settings",
    set: (scene) => {
      scene.stage.server.scopes = ["read"];
      scene.preferences = preferencesOf({ canChange: false });
    },
  },
  "a form with what is wrong": {
    tab: "settings",
    act: async (element, scene) => {
      const input = element.shadowRoot?.querySelector<HTMLInputElement>("#thresholds");
      if (input) input.value = "many";
      input?.dispatchEvent(new Event("input"));
      await scene.rest();
      element.shadowRoot?.querySelector<HTMLElement>('[part~="save-button"]')?.click();
    },
  },
};

for (const [theme, width, dir] of [
  ["light", 340, "ltr"],
  ["dark", 1100, "rtl"],
  ["dark", 340, "ltr"],
  ["light", 1100, "rtl"],
] as const) {
  describe(`axe finds nothing in the ${theme} portal of ${width} px, ${dir}`, () => {
    let scene: PortalScene;
    beforeEach(() => {
      scene = new PortalScene();
    });
    afterEach(() => scene.strike());

    for (const [name, { tab = "overview", set, act }] of Object.entries(looks)) {
      it(name, async () => {
        set?.(scene);
        const element = await scene.put(`theme="${theme}" dir="${dir}" tab="${tab}"`);
        await act?.(element, scene);
        await scene.rest();
        const page = element.parentElement ?? element;
        page.setAttribute("role", "main");
        page.style.cssText = `width: ${width}px; background: ${theme === "dark" ? "#101216" : "#f6f7f9"}`;
        await scene.rest();
        // Axe waits on timers of its own.
        scene.stage.clock.uninstall();
        const { violations } = await axe.run(page);
        const found = violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map((node) => node.failureSummary).join("; ")}`,
        );
        expect(found).to.deep.equal([]);
      });
    }
  });
}
