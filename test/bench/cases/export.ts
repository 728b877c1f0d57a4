import { readFile } from "node:fs/promises";
import { get, type IncomingMessage } from "node:http";
import { createServerClient } from "@credits-kit/client/server";
import { type ProductProcess, startProductProcess } from "../../support/product.ts";
import type { BenchCase, Figures } from "../context.ts";
import { shapeOf } from "../histories/shape.ts";
import { writeHistories } from "../histories/write-histories.ts";
import { createBenchCatalogue, createBenchCustomers, runHttpLoad } from "../http-load.ts";
import { asOwner } from "../owner.ts";
import { ratioFigures, round } from "../report.ts";
import { measured, measureRounds } from "../rounds.ts";
import { compare, median } from "../statistics.ts";

const KINDS = ["ledger", "allocations", "usage", "revenue"] as const;
const CALLERS = 64;
const BATCH = 100;
/** Customers who take usage, and those whose past is exported. */
const SPENDERS = 200;
const EXPORTED = 100;
const CYCLE = 100;
const MEGABYTE = 1024 * 1024;
/** How often the memory is looked at. */
const LOOK_MS = 50;

/** Exports of a long past over HTTP, by one process that takes usage besides: its memory, and what usage loses. */
export const exporting: BenchCase = {
  name: "export",
  async run(context) {
    const { postgres, entries, seconds, log } = context;
    const url = await postgres.createDatabase();
    await using product = await startProduct(url);
    const client = createServerClient({ baseUrl: product.url, apiKey: product.apiKey, timeoutMs: 30_000 });
    await createBenchCatalogue(client);
    const spenders = Array.from({ length: SPENDERS }, (_, index) => `bench-${index}`);
    const exported = Array.from({ length: EXPORTED }, (_, index) => `past-${index}`);
    await createBenchCustomers(client, spenders);
    await createBenchCustomers(client, exported, 0);
    const written = await asOwner(url, async (owner) => {
      const shape = shapeOf(Math.ceil(entries / EXPORTED), CYCLE);
      const count = await writeHistories(owner, { customerIds: exported, creditTypeId: "tokens", shape });
      await owner.query("update grants set cost_basis_amount = '0.01', cost_basis_currency = 'usd'");
      await owner.query("vacuum analyze");
      return count;
    });
    log(`${written} entries`);

    const anyone = (): string => spenders[Math.floor(Math.random() * SPENDERS)] ?? "bench-0";
    const ingest = () => runHttpLoad({ client, callers: CALLERS, batch: BATCH, customerId: anyone, seconds });
    const peaks = { alone: 0, beside: 0 };
    const watching = async (name: keyof typeof peaks, work: () => Promise<number>): Promise<number> => {
      const { result, peak } = await whileWatching(product, work);
      peaks[name] = Math.max(peaks[name], peak);
      return result;
    };
    let exportedRows = 0;
    // The memory of a process that takes usage is what an export adds to.
    await watching("alone", ingest);
    const samples = await measureRounds(context, {
      ingestAlone: () => watching("alone", ingest),
      ingestBeside: () =>
        watching("beside", async () => {
          const leaving = new AbortController();
          const work = exportUntil(product, leaving.signal);
          const rate = await ingest();
          leaving.abort();
          exportedRows += await work;
          return rate;
        }),
    });
    const figures: Record<string, number> = {};
    for (const kind of KINDS) {
      const startedAt = performance.now();
      const { result: rows, peak } = await whileWatching(product, () => exportAll(product, kind));
      figures[`${kind}RowsPerSecond`] = round(rows / ((performance.now() - startedAt) / 1000));
      figures[`${kind}GrowthMegabytes`] = megabytes(peak - Math.max(peaks.alone, peaks.beside));
      log(`${kind}: ${rows} rows, at most ${megabytes(peak)} MB`);
    }
    return {
      entries: written,
      ...figures,
      ...(await measureFreshProcess(url)),
      ingestMegabytes: megabytes(peaks.alone),
      growthBesideIngestMegabytes: megabytes(peaks.beside - peaks.alone),
      budgetGrowthMegabytes: 50,
      ingestAlonePerSecond: round(median(measured(samples("ingestAlone")))),
      ingestBesidePerSecond: round(median(measured(samples("ingestBeside")))),
      rowsPerSecondBesideIngest: round(exportedRows / context.rounds / seconds),
      ...ratioFigures({
        ingestBesideToAlone: compare(measured(samples("ingestBeside")), samples("ingestAlone")),
      }),
      goalIngestBesideToAlone: 0.8,
    };
  },
};

/**
 * What exports add to a process that has done nothing else: the first one widens the heap of the runtime, whatever its
 * length; what the second one adds is what exports need.
 */
async function measureFreshProcess(url: string): Promise<Figures> {
  await using product = await startProduct(url);
  const growth = async () => {
    const before = await residentBytes(product.pid);
    const { peak } = await whileWatching(product, () => exportAll(product, "ledger"));
    return megabytes(peak - before);
  };
  return { freshFirstGrowthMegabytes: await growth(), freshSecondGrowthMegabytes: await growth() };
}

function startProduct(url: string): Promise<ProductProcess> {
  return startProductProcess({ env: { DATABASE_URL: url, SEED_DEMO: "false", LOG_LEVEL: "error" } });
}

/** Exports everything of a kind. Answers how many rows there were. @throws Error when it broke off */
async function exportAll(product: ProductProcess, kind: string): Promise<number> {
  const answer = await open(product, kind);
  for await (const _chunk of answer);
  if (!answer.complete) throw new Error(`the export of ${kind} broke off`);
  return Number(answer.trailers["credits-rows"]);
}

/** Exports the ledger again and again until it is told to leave. Answers about how many rows came. */
async function exportUntil(product: ProductProcess, signal: AbortSignal): Promise<number> {
  let rows = 0;
  while (!signal.aborted) {
    const answer = await open(product, "ledger");
    signal.addEventListener("abort", () => answer.destroy(), { once: true });
    try {
      for await (const chunk of answer) if (Buffer.isBuffer(chunk)) rows += countLines(chunk);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
  return rows;
}

function open({ url, apiKey }: ProductProcess, kind: string): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const headers = { authorization: `Bearer ${apiKey}` };
  get(`${url}/v1/exports/${kind}`, { headers, agent: false }, resolve).on("error", reject);
  return promise.then((answer) => {
    if (answer.statusCode !== 200) throw new Error(`the export of ${kind} answered ${answer.statusCode}`);
    return answer;
  });
}

function countLines(chunk: Buffer): number {
  let lines = 0;
  for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines += 1;
  return lines;
}

/** The most memory that the product has meanwhile. Bytes. */
async function whileWatching<Result>(
  product: ProductProcess,
  work: () => Promise<Result>,
): Promise<{ result: Result; peak: number }> {
  let peak = await residentBytes(product.pid);
  const look = setInterval(() => {
    void residentBytes(product.pid).then((bytes) => (peak = Math.max(peak, bytes)));
  }, LOOK_MS);
  try {
    const result = await work();
    return { result, peak };
  } finally {
    clearInterval(look);
  }
}

function megabytes(bytes: number): number {
  return round(Math.max(0, bytes) / MEGABYTE);
}

async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) * 1024;
}
