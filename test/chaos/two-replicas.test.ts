import assert from "node:assert/strict";
import { after, before, test, type TestContext } from "node:test";
import { createServerClient } from "@credits-kit/client/server";
import { createWidgetClient, type StreamMessage } from "@credits-kit/client/widget";
import { eventsAnswer } from "@credits-kit/contract";
import pg from "pg";
import { testPostgres, type TestPostgres } from "../support/postgres.ts";
import { type ProductProcess, startProductProcess } from "../support/product.ts";
import { assertAudit, assertBalances, burnsIn } from "./accounts.ts";
import { type Scene, setScene } from "./scene.ts";
import { SeededRandom, testSeed } from "../support/seeded-random.ts";
import { postEvents, resend, type SentEvent, UsageLoad } from "./usage-load.ts";

/** What the host app and the browsers would know: a balancer before both replicas. */
const PUBLIC_URL = "http://credits.example.test";
const LIVE_WITHIN_MS = 2_000;

let postgres: TestPostgres;
before(async () => {
  postgres = await testPostgres();
});
after(() => postgres.stop());

test("a hundred posts of one event to both replicas burn once", async (t) => {
  const { databaseUrl, a, b, scene } = await startReplicas(t, 1);
  const event: SentEvent = { id: "one", customerId: "cus_1", featureId: "picture", quantity: 3 };
  const answers = await Promise.all(
    Array.from({ length: 100 }, async (_, index) => {
      const response = await postEvents(index % 2 === 0 ? a : b, [event]);
      assert.equal(response.status, 200);
      const [result] = eventsAnswer.parse(await response.json()).results;
      return result;
    }),
  );
  const statuses = Map.groupBy(answers, (result) => result?.status);
  assert.equal(statuses.get("applied")?.length, 1);
  assert.equal(statuses.get("duplicate")?.length, 99);
  assert.deepEqual(new Set(answers.map((result) => result?.seq)).size, 1);
  await assertBalances(b, scene, [event]);
  await assertAudit({ DATABASE_URL: databaseUrl }, scene.entries + 1);
});

test("a load on the same customers through both replicas stays exact", async (t) => {
  const { databaseUrl, a, b, scene } = await startReplicas(t, 5);
  const random = new SeededRandom(seedOf(t));
  let calls = 0;
  const target = () => Promise.resolve((calls += 1) % 2 === 0 ? a : b);
  const load = new UsageLoad({ scene, random, name: "both", target });
  load.start({ single: 8, batches: 6 });
  await load.acknowledgements(3_000);
  await load.stop();

  const { sent, acknowledged, surprises, unacknowledged } = load;
  assert.deepEqual(surprises, []);
  assert.deepEqual(unacknowledged, []);
  const again = await Promise.all([a, b].map((replica) => resend(replica, [...sent.values()])));
  for (const statuses of again) assert.deepEqual(new Set(statuses.values()), new Set(["duplicate"]));
  assert.deepEqual(await burnsIn(databaseUrl), new Map([...sent.keys()].map((id) => [id, 1])));
  await assertBalances(a, scene, sent.values());
  await assertBalances(b, scene, sent.values());
  await assertAudit({ DATABASE_URL: databaseUrl }, scene.entries + sent.size);
  t.diagnostic(`${acknowledged.size} events through two replicas`);
});

test("what one replica takes shows on a stream of the other, also after its database hung up", async (t) => {
  const { databaseUrl, a, b } = await startReplicas(t, 1);
  const stream = await openStream(a, b, t);
  const begun = performance.now();
  await balanceAfter(a, stream, "event-1");
  const tookMs = performance.now() - begun;
  t.diagnostic(`from the post to the other replica's stream: ${Math.round(tookMs)} ms`);
  assert.ok(tookMs < LIVE_WITHIN_MS);

  // What is said while nobody listens is not stored: the replica has to read again once it does.
  await hangUpOnListeners(databaseUrl);
  const lost = performance.now();
  await balanceAfter(a, stream, "event-2");
  const foundMs = performance.now() - lost;
  t.diagnostic(`with the listening connection lost in between: ${Math.round(foundMs)} ms`);
  assert.ok(foundMs < LIVE_WITHIN_MS);
});

test("five processes that start at once on an empty database all come up", async (t) => {
  const databaseUrl = await newDatabase(t);
  const env = { DATABASE_URL: databaseUrl, SEED_DEMO: "false" };
  const started = await Promise.allSettled(Array.from({ length: 5 }, () => startProductProcess({ env })));
  const products = started.flatMap((start) => (start.status === "fulfilled" ? [start.value] : []));
  t.after(() => Promise.all(products.map((product) => product[Symbol.asyncDispose]())));
  assert.deepEqual(
    started.flatMap((start) => (start.status === "rejected" ? [String(start.reason)] : [])),
    [],
  );
  const [first, ...others] = products;
  assert.ok(first);
  const scene = await setScene(first, 2);
  for (const product of others) await assertBalances(product, scene, []);
  assert.deepEqual(
    products.map((product) => product.output()).filter((text) => !/^ready \S+\n$/.test(text)),
    [],
  );
});

interface Replicas {
  readonly databaseUrl: string;
  readonly a: ProductProcess;
  readonly b: ProductProcess;
  readonly scene: Scene;
}

async function startReplicas(t: TestContext, customers: number): Promise<Replicas> {
  const databaseUrl = await newDatabase(t);
  const env = { DATABASE_URL: databaseUrl, SEED_DEMO: "false", PUBLIC_URL };
  const [a, b] = await Promise.all([startProductProcess({ env }), startProductProcess({ env })]);
  t.after(() => Promise.all([a, b].map((replica) => replica[Symbol.asyncDispose]())));
  return { databaseUrl, a, b, scene: await setScene(a, customers) };
}

async function newDatabase(t: TestContext): Promise<string> {
  const databaseUrl = await postgres.createDatabase();
  t.after(() => postgres.dropDatabase(databaseUrl));
  return databaseUrl;
}

function seedOf(t: TestContext): number {
  const seed = testSeed();
  t.diagnostic(`CREDITS_KIT_SEED=${seed}`);
  return seed;
}

type Stream = AsyncGenerator<StreamMessage, void>;

/** Opens a stream on one replica with a session that the other has made, and reads its snapshot. */
async function openStream(maker: ProductProcess, server: ProductProcess, t: TestContext): Promise<Stream> {
  const { token } = await clientOf(maker).widgetSessions.create({ customerId: "cus_1" });
  const closing = new AbortController();
  t.after(() => closing.abort());
  const stream = await createWidgetClient({ apiBase: server.url, sessionToken: token }).openStream(
    closing.signal,
  );
  const first = await stream.next();
  assert.equal(first.value?.type, "snapshot");
  return stream;
}

/** Reports an event to a replica, and reads the stream until it shows the balance that this left. */
async function balanceAfter(replica: ProductProcess, stream: Stream, id: string): Promise<void> {
  const events = [{ id, customerId: "cus_1", featureId: "letter" }];
  const { results } = await clientOf(replica).events.report(events);
  for (;;) {
    const { value: message } = await stream.next();
    assert.ok(message, "the stream ended");
    if (message.type !== "pool" || message.data.seq !== results[0]?.seq) continue;
    assert.equal(message.data.balance, results[0].balance);
    return;
  }
}

async function hangUpOnListeners(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name = 'credits-kit-live'`,
    );
    assert.equal(rowCount, 2);
  } finally {
    await client.end();
  }
}

function clientOf({ url, apiKey }: ProductProcess) {
  return createServerClient({ baseUrl: url, apiKey });
}
