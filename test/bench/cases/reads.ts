import { createServerClient, type ServerClient } from "@credits-kit/client/server";
import { startProductProcess } from "../../support/product.ts";
import { runCallers, timeCalls } from "../callers.ts";
import type { BenchCase, BenchContext, Figures } from "../context.ts";
import { shapeOf } from "../histories/shape.ts";
import { writeHistories } from "../histories/write-histories.ts";
import { createBenchCatalogue, createBenchCustomers } from "../http-load.ts";
import { asOwner } from "../owner.ts";
import { frequentReads, listReads } from "../read-calls.ts";
import { ratioFigures, round } from "../report.ts";
import { type Contender, measured, measureRounds, type Samples } from "../rounds.ts";
import { compare, type Comparison, median, percentile95 } from "../statistics.ts";

/** The customers, by the length of their history. */
const SIZES = ["Big", "Small"] as const;
/** A grant is used up every so many entries. */
const CYCLE = 1000;
/** As many as a busy back end keeps open. */
const CONNECTIONS = 16;
/** Sixteen contenders share the time that each of a few has elsewhere. */
const LATENCY_SHARE = 0.2;

interface Measured {
  readonly figures: Figures;
  readonly comparisons: Record<string, Comparison>;
}

/**
 * Reads over HTTP of a customer whose pool has a million entries, beside one with a thousandth of them: one call after
 * the other, and what apps ask most from many connections. The small customer is the baseline.
 */
export const reads: BenchCase = {
  name: "reads",
  async run(context) {
    const url = await context.postgres.createDatabase();
    await using product = await startProductProcess({
      env: { DATABASE_URL: url, SEED_DEMO: "false", LOG_LEVEL: "error" },
    });
    const client = createServerClient({ baseUrl: product.url, apiKey: product.apiKey, timeoutMs: 30_000 });
    await createBenchCatalogue(client);
    await createBenchCustomers(client, SIZES, 0);
    const entries = await writePasts(context, url);
    const latencies = await measureLatencies(context, client);
    const rates = await measureRates(context, client);
    return {
      ...entries,
      ...latencies.figures,
      ...rates.figures,
      ...ratioFigures({ ...latencies.comparisons, ...rates.comparisons }),
    };
  },
};

function writePasts({ entries, log }: BenchContext, url: string): Promise<Figures> {
  // Even a small one has a page deep inside.
  const wanted = { Big: entries, Small: Math.max(entries / 1000, 100) };
  return asOwner(url, async (owner) => {
    const figures: Figures = {};
    for (const size of SIZES) {
      const shape = shapeOf(wanted[size], CYCLE);
      const written = await writeHistories(owner, { customerIds: [size], creditTypeId: "tokens", shape });
      log(`${size}: ${written} entries`);
      figures[`entries${size}`] = written;
    }
    await owner.query("vacuum analyze");
    return figures;
  });
}

/** Milliseconds a call, for a caller who is alone. */
async function measureLatencies(context: BenchContext, client: ServerClient): Promise<Measured> {
  const latencies = new Map<string, number[]>();
  const contenders = new Map<string, Contender>();
  for (const size of SIZES) {
    const calls = { ...frequentReads(client, size), ...(await listReads(client, size)) };
    for (const [name, read] of Object.entries(calls)) {
      const all: number[] = [];
      latencies.set(name + size, all);
      contenders.set(name + size, async () => {
        const times = await timeCalls(context.seconds * LATENCY_SHARE, read);
        all.push(...times);
        return median(times);
      });
    }
  }
  for (const warmUp of contenders.values()) await warmUp();
  for (const all of latencies.values()) all.length = 0;

  const samples = await measureRounds<string>(context, Object.fromEntries(contenders), " ms");
  const figures: Figures = {};
  for (const [name, all] of latencies) {
    figures[`${name}MedianMs`] = round(median(all));
    figures[`${name}P95Ms`] = round(percentile95(all));
  }
  return { figures, comparisons: bigToSmall(samples, [...latencies.keys()]) };
}

/** Calls a second from many connections. */
async function measureRates(context: BenchContext, client: ServerClient): Promise<Measured> {
  const contenders = new Map<string, Contender>();
  for (const size of SIZES) {
    for (const [name, read] of Object.entries(frequentReads(client, size))) {
      const call = () => read().then(() => 1);
      contenders.set(`${name}Rate${size}`, () =>
        runCallers({ callers: CONNECTIONS, seconds: context.seconds }, call),
      );
    }
  }
  const samples = await measureRounds<string>(context, Object.fromEntries(contenders));
  const names = [...contenders.keys()];
  return {
    figures: Object.fromEntries(
      names.map((name) => [`${name}PerSecond`, round(median(measured(samples(name))))]),
    ),
    comparisons: bigToSmall(samples, names),
  };
}

/** The big customer's samples to the small one's, of each read. */
function bigToSmall(samples: Samples<string>, names: readonly string[]): Record<string, Comparison> {
  const big = names.filter((name) => name.endsWith("Big"));
  return Object.fromEntries(
    big.map((name) => [
      `${name}ToSmall`,
      compare(measured(samples(name)), samples(name.replace(/Big$/, "Small"))),
    ]),
  );
}
