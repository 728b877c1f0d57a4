import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { type OwnPostgres, startPostgres } from "../support/postgres.ts";
import { startProductProcess } from "../support/product.ts";
import { assertAudit, assertBalances, burnsIn, faultsOf, NO_FAULTS } from "./accounts.ts";
import { setScene } from "./scene.ts";
import { SeededRandom, testSeed } from "../support/seeded-random.ts";
import { resend, UsageLoad } from "./usage-load.ts";

const CUSTOMERS = 20;
const KILLS = 12;
const CALLERS = { single: 6, batches: 3 };

let postgres: OwnPostgres;
before(async () => {
  postgres = await startPostgres({ durable: true });
});
after(() => postgres.stop());

test("a BFF that is killed again and again loses no acknowledged event and doubles none", async (t) => {
  const seed = testSeed();
  t.diagnostic(`CREDITS_KIT_SEED=${seed}`);
  const random = new SeededRandom(seed);
  const databaseUrl = await postgres.createDatabase();
  const env = { DATABASE_URL: databaseUrl, SEED_DEMO: "false" };
  let product = startProductProcess({ env });
  t.after(async () => (await product)[Symbol.asyncDispose]());
  const scene = await setScene(await product, CUSTOMERS);
  const load = new UsageLoad({ scene, random, name: "kill", target: () => product });

  load.start(CALLERS);
  for (let kill = 1; kill <= KILLS; kill += 1) {
    await load.acknowledgements(1 + random.below(400));
    // Also between two answers, not only right after one.
    for (let turns = random.below(40); turns > 0; turns -= 1) await turn();
    const { port, kill: killWith } = await product;
    product = killWith("SIGKILL").then(() => startProductProcess({ env, port }));
    await product;
  }
  await load.acknowledgements(200);
  await load.stop();

  const { sent, acknowledged, unacknowledged } = load;
  const burns = await burnsIn(databaseUrl);
  assert.deepEqual(load.surprises, []);
  assert.deepEqual(faultsOf(burns, load), NO_FAULTS);

  const statuses = await resend(await product, [...sent.values()]);
  const expected = [...sent.keys()].map((id) => [id, burns.has(id) ? "duplicate" : "applied"] as const);
  assert.deepEqual(statuses, new Map(expected));
  assert.deepEqual(await burnsIn(databaseUrl), new Map([...sent.keys()].map((id) => [id, 1])));
  await assertBalances(await product, scene, sent.values());
  await assertAudit({ DATABASE_URL: databaseUrl }, scene.entries + sent.size);

  const committed = unacknowledged.filter(({ id }) => burns.has(id)).length;
  t.diagnostic(
    `${KILLS} kills, ${acknowledged.size} events acknowledged, ${unacknowledged.length} not, of which ${committed} had burned`,
  );
});
