import assert from "node:assert/strict";
import { after, before, test, type TestContext } from "node:test";
import pg from "pg";
import { type OwnPostgres, startPostgres } from "../support/postgres.ts";
import { type ProductProcess, startProductProcess } from "../support/product.ts";
import { assertAudit, assertBalances, burnsIn } from "./accounts.ts";
import { type Scene, setScene } from "./scene.ts";
import { SeededRandom, testSeed } from "../support/seeded-random.ts";
import { UsageLoad } from "./usage-load.ts";

const CUSTOMERS = 20;
const CALLERS = { single: 3, batches: 2 };
const OUTAGES = 2;
const CUTS = 12;
/** How long the BFF may take to serve again once its database does. */
const RECOVER_WITHIN_MS = 5_000;

let postgres: OwnPostgres;
before(async () => {
  postgres = await startPostgres({ durable: true });
});
after(() => postgres.stop());

test("while the database is down usage is refused, and all that is sent again burns once", async (t) => {
  await using run = await startRun(t, "outage");
  const { load, random } = run;
  for (let outage = 1; outage <= OUTAGES; outage += 1) {
    await load.acknowledgements(300 + random.below(500));
    await postgres.immediateStop();
    await load.trouble();
    await postgres.start();
    const upAt = performance.now();
    await load.acknowledgements(1);
    const recoveredInMs = performance.now() - upAt;
    t.diagnostic(`serves again ${Math.round(recoveredInMs)} ms after the database does`);
    assert.ok(recoveredInMs < RECOVER_WITHIN_MS);
  }
  await load.acknowledgements(300);
  await assertExactlyOnce(t, run);
});

test("connections that the database ends in the middle of a group double nothing", async (t) => {
  await using run = await startRun(t, "cut");
  const { load, random, databaseUrl } = run;
  for (let cut = 1; cut <= CUTS; cut += 1) {
    await load.acknowledgements(1 + random.below(100));
    await endConnections(databaseUrl);
  }
  await load.acknowledgements(300);
  await assertExactlyOnce(t, run);
});

interface Run extends AsyncDisposable {
  readonly databaseUrl: string;
  readonly product: ProductProcess;
  readonly random: SeededRandom;
  readonly scene: Scene;
  readonly load: UsageLoad;
}

/** A product under a load whose callers send again what was not acknowledged. */
async function startRun(t: TestContext, name: string): Promise<Run> {
  const seed = testSeed();
  t.diagnostic(`CREDITS_KIT_SEED=${seed}`);
  const random = new SeededRandom(seed);
  const databaseUrl = await postgres.createDatabase();
  const product = await startProductProcess({ env: { DATABASE_URL: databaseUrl, SEED_DEMO: "false" } });
  const scene = await setScene(product, CUSTOMERS);
  const load = new UsageLoad({
    scene,
    random,
    name,
    target: () => Promise.resolve(product),
    persistent: true,
  });
  load.start(CALLERS);
  return {
    databaseUrl,
    product,
    random,
    scene,
    load,
    [Symbol.asyncDispose]: () => product[Symbol.asyncDispose](),
  };
}

async function assertExactlyOnce(t: TestContext, { databaseUrl, product, scene, load }: Run): Promise<void> {
  await load.stop();
  const { sent, unacknowledged, surprises, broken } = load;
  assert.deepEqual(surprises, []);
  assert.deepEqual(unacknowledged, []);
  assert.deepEqual(await burnsIn(databaseUrl), new Map([...sent.keys()].map((id) => [id, 1])));
  await assertBalances(product, scene, sent.values());
  await assertAudit({ DATABASE_URL: databaseUrl }, scene.entries + sent.size);
  t.diagnostic(`${sent.size} events acknowledged, ${broken.refusals} refusals on the way`);
}

/** Ends what the product has open in the database, listening and writing alike. */
async function endConnections(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name like 'credits-kit%'`,
    );
  } finally {
    await client.end();
  }
}
