import { expect } from "@open-wc/testing";
import "axe-core/axe.min.js";
import { ledgerOf, someEntries } from "../testing/ledger.ts";
import { putLedger } from "../testing/ledger-scene.ts";
import { Stage } from "../testing/stage.ts";
import type { CreditsLedger } from "./credits-ledger.ts";

interface AxeResults {
  violations: { id: string; nodes: { failureSummary?: string }[] }[];
}

declare const axe: { run(context: Element): Promise<AxeResults> };

const tries = { retryable: true, retrying: false };
const data = () => ledgerOf(someEntries(), { nextCursor: "next" });

const scenes: Record<string, () => Partial<CreditsLedger>> = {
  loading: () => ({ state: { type: "loading" } }),
  loaded: () => ({ state: { type: "loaded", data: data() } }),
  refreshing: () => ({ state: { type: "loaded", data: data(), refreshing: true } }),
  stale: () => ({
    state: { type: "loaded", data: data(), stale: { sinceMs: Date.now() - 150_000, ...tries } },
  }),
  empty: () => ({ state: { type: "loaded", data: ledgerOf([]) } }),
  "none that match": () => ({ state: { type: "loaded", data: ledgerOf([]) }, type: "frozen" }),
  error: () => ({ state: { type: "error", code: "internal", requestId: "req_1", ...tries } }),
  forbidden: () => ({ state: { type: "forbidden", code: "forbidden", retryable: false, retrying: false } }),
};

for (const theme of ["light", "dark"] as const) {
  for (const [width, dir] of [
    [340, "ltr"],
    [1100, "rtl"],
  ] as const) {
    describe(`axe finds nothing in the ${theme} ledger of ${width} px, ${dir}`, () => {
      let stage: Stage;
      beforeEach(() => {
        stage = new Stage();
      });
      afterEach(() => stage.strike());

      for (const [name, scene] of Object.entries(scenes)) {
        it(name, async () => {
          const element = await putLedger(stage, `theme="${theme}" dir="${dir}"`, scene());
          const page = element.parentElement ?? element;
          page.setAttribute("role", "main");
          page.style.cssText = `width: ${width}px; background: ${theme === "dark" ? "#101216" : "#f6f7f9"}`;
          // Axe waits on timers of its own.
          stage.clock.uninstall();
          const { violations } = await axe.run(page);
          const found = violations.map(
            ({ id, nodes }) => `${id}: ${nodes.map((node) => node.failureSummary).join("; ")}`,
          );
          expect(found).to.deep.equal([]);
        });
      }
    });
  }
}
