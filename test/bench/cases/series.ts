import { createServerClient, type QueryOf } from "@credits-kit/client/server";
import { openDatabase } from "../../../bff/src/storage/database.ts";
import { moveUsage } from "../../../bff/src/storage/rollups/move-usage.ts";
import { startProductProcess } from "../../support/product.ts";
import { timeCalls } from "../callers.ts";
import type { BenchCase, BenchContext, Figures } from "../context.ts";
import { shapeOf } from "../histories/shape.ts";
import { writeHistories } from "../histories/write-histories.ts";
import { writeUsage } from "../histories/write-usage.ts";
import { createBenchCatalogue, createBenchCustomers } from "../http-load.ts";
import { openIngest, prepareIngest } from "../ingest-load.ts";
import { asOwner } from "../owner.ts";
import { ratioFigures, round } from "../report.ts";
import { measured, measureRounds } from "../rounds.ts";
import { compare, median, percentile95 } from "../statistics.ts";

const DAY_MS = 86_400_000;
const FEATURES = 20;
const USERS = 50;
const CALLERS = 64;
/** What is summed up of a past in one statement. */
const LONGEST = 5_000;
/** Many charts share the time that each of a few has elsewhere. */
const LATENCY_SHARE = 0.3;

/** Customers by how far their usage goes back; each has as many events. */
const PASTS = { Quarter: 90, Year: 366 } as const;
type Past = keyof typeof PASTS;

/**
 * Usage charts over HTTP of customers with a million events of twenty features and fifty users, and what it costs the
 * ingest that their sums are moved forward meanwhile.
 */
export const series: BenchCase = {
  name: "series",
  async run(context) {
    return { ...(await measureCharts(context)), ...(await measureIngest(context)) };
  },
};

async function measureCharts(context: BenchContext): Promise<Figures> {
  const url = await context.postgres.createDatabase();
  await using product = await startProductProcess({
    env: { DATABASE_URL: url, SEED_DEMO: "false", LOG_LEVEL: "error" },
  });
  const client = createServerClient({ baseUrl: product.url, apiKey: product.apiKey, timeoutMs: 30_000 });
  await createBenchCatalogue(client);
  const customerIds = Object.keys(PASTS);
  await createBenchCustomers(client, customerIds, 0);
  await asOwner(url, async (owner) => {
    await writeHistories(owner, { customerIds, creditTypeId: "tokens", shape: shapeOf(20, 10) });
    for (const [customerId, days] of Object.entries(PASTS)) {
      await writeUsage(owner, {
        customerId,
        events: context.entries,
        days,
        features: FEATURES,
        users: USERS,
      });
      context.log(`${customerId}: ${context.entries} events over ${days} days`);
    }
    await owner.query("vacuum analyze");
  });
  const moved = await sumUp(url, customerIds);
  context.log(`summed up ${Math.round(moved)} entries a second`);
  await asOwner(url, (owner) => owner.query("vacuum analyze"));
  const figures: Figures = { summedUpPerSecond: round(moved) };
  for (const [name, query] of Object.entries(charts())) {
    const chart = () => client.usage.read(query);
    await chart();
    const times: number[] = [];
    for (let turn = 0; turn < context.rounds; turn += 1) {
      times.push(...(await timeCalls(context.seconds * LATENCY_SHARE, chart)));
    }
    figures[`${name}MedianMs`] = round(median(times));
    figures[`${name}P95Ms`] = round(percentile95(times));
    context.log(`${name}: p95 ${round(percentile95(times))} ms`);
  }
  await client.close();
  return figures;
}

/** What people look at. */
function charts(): Record<string, QueryOf<"getUsage">> {
  const ago = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();
  const of = (customerId: Past) => ({ customerId, from: ago(PASTS[customerId]), timeZone: "Europe/Berlin" });
  const quarter = of("Quarter");
  return {
    quarter,
    quarterByFeature: { ...quarter, groupBy: "feature" },
    quarterByFeatureKathmandu: { ...quarter, groupBy: "feature", timeZone: "Asia/Kathmandu" },
    quarterByUser: { ...quarter, groupBy: "user", top: 10 },
    monthCompared: { ...quarter, from: ago(30), groupBy: "feature", compare: "previous" },
    hoursByFeature: { ...quarter, from: ago(30), interval: "hour", groupBy: "feature" },
    yearByFeature: { ...of("Year"), groupBy: "feature" },
    yearInMonths: { ...of("Year"), interval: "month", groupBy: "feature" },
  };
}

/** Moves the sums of customers to the end, as the follower does. Entries a second. */
async function sumUp(url: string, customerIds: readonly string[]): Promise<number> {
  const database = await openDatabase({
    kind: "postgres",
    url,
    migrationUrl: null,
    maxConnections: 1,
    onConnectionError: () => undefined,
  });
  const startedAt = performance.now();
  let moved = 0;
  for (let waiting = customerIds; waiting.length > 0;) {
    const { entries, unfinished } = await moveUsage(database, waiting, { atLeast: 1, longest: LONGEST });
    moved += entries;
    waiting = unfinished;
  }
  const seconds = (performance.now() - startedAt) / 1000;
  await database.close();
  return moved / seconds;
}

/** Ingest with sums that follow beside ingest without, each on a database of its own. */
async function measureIngest(context: BenchContext): Promise<Figures> {
  const { postgres, seconds } = context;
  const open = async (sumsUp: boolean) => {
    const url = await postgres.createDatabase();
    await prepareIngest(url);
    return openIngest(url, { sumsUp });
  };
  const [summed, plain] = [await open(true), await open(false)];
  const load = { callers: CALLERS, batch: 100, seconds };
  const contenders = {
    spreadSummed: () => summed.run({ ...load, hot: false }),
    spreadPlain: () => plain.run({ ...load, hot: false }),
    hotSummed: () => summed.run({ ...load, hot: true }),
    hotPlain: () => plain.run({ ...load, hot: true }),
  };
  for (const warmUp of Object.values(contenders)) await warmUp();
  const samples = await measureRounds(context, contenders);
  await summed.close();
  await plain.close();
  const of = (name: keyof typeof contenders) => measured(samples(name));
  return {
    ...Object.fromEntries(
      (["spreadSummed", "spreadPlain", "hotSummed", "hotPlain"] as const).map((name) => [
        `${name}PerSecond`,
        round(median(of(name))),
      ]),
    ),
    ...ratioFigures({
      spreadSummedToPlain: compare(of("spreadSummed"), of("spreadPlain")),
      hotSummedToPlain: compare(of("hotSummed"), of("hotPlain")),
    }),
  };
}
