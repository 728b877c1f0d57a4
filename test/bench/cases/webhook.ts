import { fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createServerClient } from "@credits-kit/client/server";
import { startStripeSandbox } from "@credits-kit/stripe-sandbox";
import { startProductProcess } from "../../support/product.ts";
import type { BenchCase } from "../context.ts";
import { runOpenLoop } from "../open-loop.ts";
import { asOwner } from "../owner.ts";
import { ratioFigures, round } from "../report.ts";
import { measured, measureRounds } from "../rounds.ts";
import { compare, median, percentile } from "../statistics.ts";
import { createSelling, type News, payForNews } from "../webhook-news.ts";

const STRIPE_KEY = "sk_test_bench_0123456789";
const SECRET = "whsec_bench_0123456789abcdef";
const PER_SECOND = 50;
/** The goal speaks of so many seconds, whatever other cases measure. */
const SECONDS = 20;
const WARM_UP_SECONDS = 2;
/** What is told in a round must have been dealt with by then. */
const EMPTY_WITHIN_MS = 180_000;
const program = fileURLToPath(new URL("../bare-webhook.ts", import.meta.url));

/**
 * Signed events of payments, duplicates and strangers that come on schedule, beside the least that an endpoint can be.
 * The product deals with them meanwhile, by reading from a double of Stripe in the bench's own process.
 */
export const webhook: BenchCase = {
  name: "webhook",
  async run(context) {
    const { postgres, log } = context;
    const url = await postgres.createDatabase();
    const sandbox = await startStripeSandbox({ secretKeys: [STRIPE_KEY] });
    const bare = fork(program, [await postgres.createDatabase(), SECRET]);
    try {
      const started: unknown[] = await once(bare, "message");
      const stripe = { STRIPE_SECRET_KEY: STRIPE_KEY, STRIPE_WEBHOOK_SECRET: SECRET };
      const env = { DATABASE_URL: url, SEED_DEMO: "false", LOG_LEVEL: "error", STRIPE_API_BASE: sandbox.url };
      await using product = await startProductProcess({ env: { ...env, ...stripe } });
      const client = createServerClient({ baseUrl: product.url, apiKey: product.apiKey, timeoutMs: 30_000 });
      const customerIds = await createSelling(client);
      const endpoints = { ours: product.url, bare: `http://127.0.0.1:${String(started[0])}` };
      const heard = { ours: new Heard(), bare: new Heard() };
      const emptyAfterMs: number[] = [];

      const payFor = (seconds: number) =>
        payForNews({ client, sandbox, secret: SECRET }, { customerIds, arrivals: PER_SECOND * seconds });
      const tell = async (name: keyof typeof heard, news: News, seconds = SECONDS): Promise<number> => {
        const address = `${endpoints[name]}/stripe/webhook`;
        const loop = { perSecond: PER_SECOND, seconds };
        return heard[name].add(await runOpenLoop(loop, () => send(address, news.next())));
      };
      let news = await payFor(WARM_UP_SECONDS);
      await tell("ours", news, WARM_UP_SECONDS);
      await untilEmpty(url, news);
      await tell("bare", news.again(), WARM_UP_SECONDS);
      for (const each of Object.values(heard)) each.forget();
      const samples = await measureRounds(
        context,
        {
          ours: async () => {
            news = await payFor(SECONDS);
            const ms = await tell("ours", news);
            emptyAfterMs.push(await untilEmpty(url, news));
            return ms;
          },
          // Told of the same: orders that nobody tells the product of would be compared in the time of a round.
          bare: () => tell("bare", news.again()),
        },
        " ms",
      );
      log(`${heard.ours.all.length} arrivals each, ${PER_SECOND}/s`);
      return {
        ...heard.ours.figures("webhook"),
        budgetP99Ms: 500,
        inboxEmptyAfterMs: round(median(emptyAfterMs)),
        ...heard.bare.figures("bare"),
        ...ratioFigures({
          medianToBare: compare(measured(samples("ours")), samples("bare")),
          p99ToBare: compare(heard.ours.p99s, heard.bare.p99s),
        }),
      };
    } finally {
      bare.disconnect();
      await sandbox.close();
    }
  },
};

/** What one endpoint took, over all rounds. */
class Heard {
  readonly all: number[] = [];
  readonly p99s: number[] = [];
  #errors = 0;

  /** @returns the median of these arrivals, in milliseconds */
  add({ latencies, errors }: { latencies: number[]; errors: number }): number {
    this.all.push(...latencies);
    this.p99s.push(percentile(latencies, 0.99));
    this.#errors += errors;
    return median(latencies);
  }

  forget(): void {
    this.all.length = 0;
    this.p99s.length = 0;
    this.#errors = 0;
  }

  figures(name: string): Record<string, number> {
    return {
      [`${name}MedianMs`]: round(median(this.all)),
      [`${name}P95Ms`]: round(percentile(this.all, 0.95)),
      [`${name}P99Ms`]: round(percentile(this.all, 0.99)),
      [`${name}MaxMs`]: round(Math.max(...this.all)),
      [`${name}Errors`]: this.#errors,
    };
  }
}

async function send(address: string, { body, signature }: ReturnType<News["next"]>): Promise<void> {
  const headers = { "Content-Type": "application/json; charset=utf-8", "Stripe-Signature": signature };
  const answer = await fetch(address, { method: "POST", headers, body, signal: AbortSignal.timeout(10_000) });
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`the endpoint answered ${answer.status}`);
}

/**
 * How long until nothing waits any more. Milliseconds.
 * @throws Error if that takes too long, or if an order that was told of is not paid then
 */
async function untilEmpty(url: string, { orderIds }: News): Promise<number> {
  const startedAt = performance.now();
  return asOwner(url, async (owner) => {
    const count = async (text: string, values: unknown[] = []): Promise<number> =>
      Number((await owner.query<{ count: string }>(`select count(*) from ${text}`, values)).rows[0]?.count);
    while ((await count("stripe_events where status = 'waiting'")) > 0) {
      if (performance.now() - startedAt > EMPTY_WITHIN_MS) throw new Error("the inbox does not get empty");
      await pause(50);
    }
    const ms = performance.now() - startedAt;
    const paid = await count("top_ups where status = 'paid' and top_up_id = any($1)", [orderIds]);
    if (paid < orderIds.length) throw new Error(`${orderIds.length - paid} orders of the bench are not paid`);
    return ms;
  });
}
