import { expect } from "@open-wc/testing";
import "axe-core/axe.min.js";
import { poolOf } from "../testing/balances.ts";
import { CreditsBalance } from "./credits-balance.ts";
import type { CreditsBalanceState } from "./credits-balance.types.ts";
import "./define.ts";

interface AxeResults {
  violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[];
}

declare const axe: { run(context: Element): Promise<AxeResults> };

const loaded = (...pools: Parameters<typeof poolOf>[0][]): CreditsBalanceState => ({
  type: "loaded",
  canTopUp: true,
  pools: pools.map(poolOf),
});
const soon = { at: new Date(Date.now() + 6 * 86_400_000).toISOString(), amount: "120" };
const tries = { retryable: true, retrying: false };

const states: Record<string, CreditsBalanceState> = {
  loading: { type: "loading" },
  loaded: loaded({ held: "40", pending: "500", nextExpiry: soon }),
  low: loaded({ available: "96.5", low: true }),
  depleted: loaded({ available: "0" }),
  over: loaded({ available: "-35" }),
  many: loaded(
    {},
    { creditTypeId: "images", name: "Images", low: true, available: "3" },
    { resourceId: "alpha" },
  ),
  stale: {
    type: "loaded",
    pools: [poolOf()],
    canTopUp: true,
    stale: { sinceMs: Date.now() - 150_000, ...tries },
  },
  empty: { type: "empty", canTopUp: true },
  error: { type: "error", code: "internal", requestId: "req_1", ...tries },
  retrying: { type: "error", code: "network_failed", retryable: true, retrying: true },
  forbidden: { type: "forbidden", code: "forbidden", retryable: false, retrying: false },
};

for (const theme of ["light", "dark"] as const) {
  for (const variant of ["card", "compact"] as const) {
    describe(`axe finds nothing in the ${theme} ${variant}`, () => {
      for (const [name, state] of Object.entries(states)) {
        it(name, async () => {
          const page = document.createElement("main");
          page.style.background = theme === "dark" ? "#101216" : "#f6f7f9";
          const element = new CreditsBalance();
          Object.assign(element, { theme, variant, state });
          page.append(element);
          document.body.append(page);
          await element.updateComplete;
          const { violations } = await axe.run(page);
          page.remove();
          const found = violations.map(
            ({ id, nodes }) => `${id}: ${nodes.map((node) => node.failureSummary).join("; ")}`,
          );
          expect(found).to.deep.equal([]);
        });
      }
    });
  }
}
