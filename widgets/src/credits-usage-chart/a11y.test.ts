import { expect } from "@open-wc/testing";
import "axe-core/axe.min.js";
import { putChart } from "../testing/charts.ts";
import { Stage } from "../testing/stage.ts";
import { forecastOf, usageOf } from "../testing/usage.ts";
import type { CreditsUsageChart } from "./credits-usage-chart.ts";
import type { CreditsUsageChartState } from "./credits-usage-chart.types.ts";

interface AxeResults {
  violations: { id: string; nodes: { failureSummary?: string }[] }[];
}

declare const axe: { run(context: Element): Promise<AxeResults> };

const tries = { retryable: true, retrying: false };
const loaded = (): CreditsUsageChartState => ({ type: "loaded", data: usageOf() });

const scenes: Record<string, () => Partial<CreditsUsageChart>> = {
  loading: () => ({ state: { type: "loading" } }),
  loaded: () => ({ state: loaded(), forecast: forecastOf(), range: "month" }),
  table: () => ({ state: loaded(), view: "table" }),
  custom: () => ({ state: loaded(), range: "custom", from: "2026-03-10", to: "2026-03-12" }),
  refreshing: () => ({ state: { type: "loaded", data: usageOf(), refreshing: true } }),
  stale: () => ({
    state: { type: "loaded", data: usageOf(), stale: { sinceMs: Date.now() - 150_000, ...tries } },
  }),
  empty: () => ({ state: { type: "loaded", data: usageOf([], { total: "0" }) } }),
  error: () => ({ state: { type: "error", code: "internal", requestId: "req_1", ...tries } }),
  forbidden: () => ({ state: { type: "forbidden", code: "forbidden", retryable: false, retrying: false } }),
};

for (const theme of ["light", "dark"] as const) {
  for (const [width, dir] of [
    [340, "ltr"],
    [1100, "rtl"],
  ] as const) {
    describe(`axe finds nothing in the ${theme} chart of ${width} px, ${dir}`, () => {
      let stage: Stage;
      beforeEach(() => {
        stage = new Stage();
      });
      afterEach(() => stage.strike());

      for (const [name, scene] of Object.entries(scenes)) {
        it(name, async () => {
          const element = await putChart(stage, `theme="${theme}" dir="${dir}"`, scene());
          const page = element.parentElement ?? element;
          page.setAttribute("role", "main");
          page.style.cssText = `width: ${width}px; background: ${theme === "dark" ? "#101216" : "#f6f7f9"}`;
          element.shadowRoot
            ?.querySelector<HTMLElement>(".stage")
            ?.dispatchEvent(new KeyboardEvent("keydown", { key: "End", bubbles: true }));
          await element.updateComplete;
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
