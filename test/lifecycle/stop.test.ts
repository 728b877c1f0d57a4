import assert from "node:assert/strict";
import { test } from "node:test";
import { createServerClient } from "@credits-kit/client/server";
import { createWidgetClient, type StreamMessage } from "@credits-kit/client/widget";
import { assertAudit, assertBalances } from "../chaos/accounts.ts";
import { setScene } from "../chaos/scene.ts";
import { SeededRandom, testSeed } from "../support/seeded-random.ts";
import { resend, UsageLoad } from "../chaos/usage-load.ts";
import { type Exit, type ProductProcess, startProductProcess, temporaryFolder } from "../support/product.ts";

const STOP_WITHIN_MS = 5_000;
const CUSTOMERS = 5;
const STREAMS = 8;

test("a stop, asked for or not, loses nothing that was acknowledged on the embedded database", async (t) => {
  const seed = testSeed();
  t.diagnostic(`CREDITS_KIT_SEED=${seed}`);
  const random = new SeededRandom(seed);
  await using folder = await temporaryFolder();
  const env = { DATA_DIR: folder.path, SEED_DEMO: "false" };
  let product = startProductProcess({ env });
  t.after(async () => (await product)[Symbol.asyncDispose]());
  const scene = await setScene(await product, CUSTOMERS);
  const load = new UsageLoad({ scene, random, name: "stop", target: () => product });
  load.start({ single: 4, batches: 2 });

  for (const signal of ["SIGINT", "SIGTERM", "SIGKILL"] as const) {
    const running = await product;
    const streams = await Promise.all(Array.from({ length: STREAMS }, () => watch(running)));
    await load.acknowledgements(150 + random.below(100));
    const stopping = stop(running, signal);
    product = stopping.then(() => startProductProcess({ env, port: running.port }));
    const { exit, tookMs } = await stopping;
    t.diagnostic(`${signal}: ${JSON.stringify(exit)} after ${Math.round(tookMs)} ms`);
    if (signal === "SIGKILL") assert.deepEqual(exit, { code: null, signal });
    else {
      assert.deepEqual(exit, { code: 0, signal: null }, running.output());
      assert.ok(tookMs < STOP_WITHIN_MS, `it took ${tookMs} ms`);
      assert.deepEqual(await Promise.all(streams.map(({ last }) => last)), Array(STREAMS).fill("bye"));
    }
    await Promise.all(streams.map(({ last }) => last));
    await product;
  }
  await load.acknowledgements(100);
  await load.stop();

  assert.deepEqual(load.surprises, []);
  const statuses = await resend(await product, [...load.sent.values()]);
  const lost = [...load.acknowledged].filter((id) => statuses.get(id) !== "duplicate");
  assert.deepEqual(lost, []);
  await assertBalances(await product, scene, load.sent.values());
  await assertAudit(env, scene.entries + load.sent.size);
  t.diagnostic(`${load.acknowledged.size} events acknowledged, ${load.unacknowledged.length} not`);
});

async function stop(
  product: ProductProcess,
  signal: NodeJS.Signals,
): Promise<{ readonly exit: Exit; readonly tookMs: number }> {
  const asked = performance.now();
  const exit = await product.kill(signal);
  return { exit, tookMs: performance.now() - asked };
}

/** Opens a stream. Its `last` resolves when the stream ends, with the kind of message that came last. */
async function watch({ url, apiKey }: ProductProcess): Promise<{ last: Promise<StreamMessage["type"]> }> {
  const client = createServerClient({ baseUrl: url, apiKey });
  const { token } = await client.widgetSessions.create({ customerId: "cus_1" });
  const stream = await createWidgetClient({ apiBase: url, sessionToken: token }).openStream();
  const opened = await stream.next();
  assert.equal(opened.value?.type, "snapshot");
  const readOn = async (): Promise<StreamMessage["type"]> => {
    let last: StreamMessage["type"] = "snapshot";
    try {
      for await (const message of stream) last = message.type;
    } catch {
      // A killed server breaks the stream off; what came last is all that counts here.
    }
    return last;
  };
  return { last: readOn() };
}
