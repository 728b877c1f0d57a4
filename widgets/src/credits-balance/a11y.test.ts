import { expect } from "@open-wc/testing";
import "axe-core/axe.min.js";
import { FakeHistory, historyIn, pressHistory } from "../testing/histories.ts";
import { entryOf } from "../testing/ledger-entries.ts";
import { Stage } from "../testing/stage.ts";
import { balancesOf, poolOf } from "../testing/balances.ts";
import { settle } from "../testing/fake-clock.ts";
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

const refresh = new Date(Date.now() + 9 * 86_400_000).toISOString();

const states: Record<string, CreditsBalanceState> = {
  loading: { type: "loading" },
  loaded: loaded({ held: "40", pending: "500", nextExpiry: soon, nextRefreshAt: refresh }),
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

/** What axe finds in an element that stands in a page of this width. */
async function findIn(element: Element, { theme, dir, width }: Place): Promise<string[]> {
  const page = document.createElement("main");
  Object.assign(page, { dir });
  page.style.width = width;
  page.style.background = theme === "dark" ? "#101216" : "#f6f7f9";
  page.append(element);
  document.body.append(page);
  await settle();
  const { violations } = await axe.run(page);
  page.remove();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.failureSummary).join("; ")}`);
}

interface Place {
  theme: "light" | "dark";
  dir: "ltr" | "rtl";
  width: string;
}

const places: Place[] = [
  { theme: "light", dir: "ltr", width: "60em" },
  { theme: "dark", dir: "rtl", width: "18em" },
];

for (const place of places) {
  for (const variant of ["card", "compact", "utilization"] as const) {
    describe(`axe finds nothing in the ${place.theme} ${variant}, ${place.dir}, ${place.width} wide`, () => {
      for (const [name, state] of Object.entries(states)) {
        it(name, async () => {
          const element = new CreditsBalance();
          Object.assign(element, { theme: place.theme, variant, state });
          expect(await findIn(element, place)).to.deep.equal([]);
        });
      }
    });
  }

  describe(`axe finds nothing in the latest entries, ${place.theme}, ${place.dir}, ${place.width} wide`, () => {
    let stage: Stage;
    beforeEach(() => {
      stage = new Stage();
    });
    afterEach(() => stage.strike());

    for (const [name, change] of Object.entries({
      loaded: {},
      loading: { fault: "hangs" },
      empty: { entries: [] },
      failed: { fault: { status: 500, code: "internal" } },
    } satisfies Record<string, Partial<FakeHistory>>)) {
      it(name, async () => {
        const gain = entryOf({ type: "granted", delta: "500", feature: null });
        Object.assign(new FakeHistory(stage.server), { entries: [entryOf(), gain] }, change);
        stage.server.balances = balancesOf([poolOf()]);
        const { theme, dir, width } = place;
        const page = await stage.put(
          `<main><credits-balance session-url="/session" history-url="/all"></credits-balance></main>`,
        );
        Object.assign(page, { dir });
        page.style.width = width;
        const balance = stage.balance();
        balance.theme = theme;
        await stage.rest();
        pressHistory(balance);
        await stage.rest();
        expect(historyIn(balance) === null).to.equal(false);
        // axe waits for timers of its own.
        stage.clock.uninstall();
        historyIn(balance)
          ?.getAnimations()
          .forEach((animation) => animation.finish());
        const { violations } = await axe.run(balance);
        stage.clock.install();
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).to.deep.equal([]);
      });
    }
  });
}
