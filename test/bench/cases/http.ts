import { createServerClient } from "@credits-kit/client/server";
import { startProductProcess } from "../../support/product.ts";
import type { BenchCase } from "../context.ts";
import { createBenchCatalogue, createBenchCustomers, runHttpLoad } from "../http-load.ts";
import { ratioFigures, round } from "../report.ts";
import { measured, measureRounds } from "../rounds.ts";
import { compare, median } from "../statistics.ts";
import { runTpcb } from "../tpcb.ts";

const CALLERS = 64;
/** Fewer than in process: they are made through the API. */
const CUSTOMERS = 1_000;

/** Events over HTTP to a BFF in a process of its own, whose caller shares its two cores. */
export const http: BenchCase = {
  name: "http",
  async run(context) {
    const { postgres, seconds } = context;
    await using product = await startProductProcess({
      env: { DATABASE_URL: await postgres.createDatabase(), SEED_DEMO: "false", LOG_LEVEL: "error" },
    });
    const client = createServerClient({ baseUrl: product.url, apiKey: product.apiKey, timeoutMs: 30_000 });
    const customerIds = Array.from({ length: CUSTOMERS }, (_, index) => `bench-${index}`);
    await createBenchCatalogue(client);
    await createBenchCustomers(client, customerIds);
    const anyone = (): string => customerIds[Math.floor(Math.random() * CUSTOMERS)] ?? "bench-0";
    const load = (batch: number, customerId: () => string) => () =>
      runHttpLoad({ client, callers: CALLERS, batch, customerId, seconds });

    const samples = await measureRounds(context, {
      tpcb: async () => (await runTpcb({ postgres, clients: 8, seconds }))?.tps ?? null,
      spread: load(100, anyone),
      hot: load(100, () => "bench-0"),
      singleSpread: load(1, anyone),
      singleHot: load(1, () => "bench-0"),
    });
    const ours = ["spread", "hot", "singleSpread", "singleHot"] as const;
    return {
      ...Object.fromEntries(ours.map((name) => [`${name}PerSecond`, round(median(measured(samples(name))))])),
      ...ratioFigures(
        Object.fromEntries(
          ours.map((name) => [`${name}ToTpcb`, compare(measured(samples(name)), samples("tpcb"))]),
        ),
      ),
    };
  },
};
