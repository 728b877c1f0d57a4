import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { assertInvariants } from "../../bff/src/audit/assert-invariants.ts";
import { runAudit } from "../../bff/src/audit/run-audit.ts";
import type { PoolCommand } from "../../bff/src/pools/command.ts";
import { createPoolWriter, type PoolWriter } from "../../bff/src/pools/pool-writer.ts";
import { eachOwnedEngine, type OwnedDatabase } from "./owned-database.ts";
import { CREDIT } from "./plain-life.ts";
import { randomFrom } from "./random-history.ts";

const CUSTOMERS = 40;

eachOwnedEngine((open) => {
  let owned: OwnedDatabase;
  let writer: PoolWriter;
  const errors: unknown[] = [];

  before(async () => {
    owned = await open();
    await furnish(owned);
    const onError = (error: unknown) => errors.push(error);
    writer = createPoolWriter({ database: owned.database, onCommitted: () => undefined, onError });
  });
  after(async () => {
    await writer.close();
    await owned.close();
  });

  test("audits while the write path writes find nothing wrong, and the writing goes on", async () => {
    const random = randomFrom(11);
    const commands = randomCommands(random);
    let writing = true;
    let applied = 0;
    const load = Array.from({ length: 4 }, async () => {
      for (let round = 0; writing || round < 5; round += 1) {
        const outcomes = await writer.submit(Array.from({ length: 50 }, () => commands()));
        applied += outcomes.filter((outcome) => outcome.kind === "applied").length;
      }
    });
    let duringAudits = 0;
    // They go on until there was something to look at; a write path that gets no turn ends them too.
    for (let audits = 0; audits < 5 || (applied < 1_500 && audits < 300); audits += 1) {
      const before = applied;
      const report = await runAudit(owned.database);
      duringAudits += applied - before;
      assert.deepEqual(report.violations, []);
      assert.deepEqual(errors, []);
    }
    writing = false;
    await Promise.all(load);
    assert.deepEqual(errors, []);
    assert.ok(duringAudits > 0, "nothing was written during the audits");
    await assertInvariants(owned.database);
    const { entries } = await runAudit(owned.database);
    assert.ok(entries >= applied);
  });
});

/** What the write path needs to find: customers who subscribe to a plan. */
async function furnish({ owner }: OwnedDatabase): Promise<void> {
  await sql`
    insert into credit_types (id, name, unit_singular, unit_plural) values ('images', 'Images', 'image', 'images')`.execute(
    owner,
  );
  await sql`insert into features (id, name) values ('image', 'Image'), ('draft', 'Draft')`.execute(owner);
  await sql`insert into plans (id, version) values ('studio', 1)`.execute(owner);
  const rates = JSON.stringify([
    { featureId: "image", creditsPerUnit: "1.25" },
    { featureId: "draft", creditsPerUnit: "0" },
  ]);
  await sql`
    insert into plan_versions (plan_id, version, name, credit_type_id, limit_mode, rates)
    values ('studio', 1, 'Studio', 'images', 'hard', ${rates}::jsonb)`.execute(owner);
  await sql`
    insert into customers (customer_id, route, subscriptions_version)
    select 'c' || n, 'route' || n, 1 from generate_series(1, ${CUSTOMERS}::int) n`.execute(owner);
  await sql`
    insert into subscriptions (customer_id, subscription_id, plan_id, plan_version, starts_at)
    select customer_id, 'sub', 'studio', 1, now() - interval '90 days' from customers`.execute(owner);
}

/** Grants that soon begin and soon end, usage of all sorts, and time that passes. */
function randomCommands(random: (limit: number) => number): () => PoolCommand {
  let made = 0;
  return () => {
    made += 1;
    const customerId = `c${1 + random(CUSTOMERS)}`;
    const base = { customerId, contentHash: String(made).padStart(32, "0"), requestId: "r" } as const;
    const actor = { kind: "api_key", id: "key" } as const;
    const resourceId = random(4) === 0 ? "team-1" : "";
    const kind = random(10);
    if (kind === 0) return { ...base, actor, kind: "settle", id: null };
    if (kind < 4) {
      const grantId = `g${made}`;
      const effectiveAt = random(3) === 0 ? Date.now() + random(150) : null;
      return {
        ...base,
        actor,
        resourceId,
        kind: "grant",
        id: `grant:${grantId}`,
        grantId,
        creditTypeId: "images",
        amount: CREDIT * BigInt(1 + random(20)),
        category: random(2) === 0 ? "promo" : "paid",
        costBasis: null,
        priority: random(3),
        effectiveAt,
        expiresAt: random(2) === 0 ? (effectiveAt ?? Date.now()) + 100 + random(300) : null,
        reason: null,
        externalReference: null,
        metadata: {},
        source: { kind: "api", id: null },
        isPaymentPending: random(8) === 0,
      };
    }
    return {
      ...base,
      actor,
      resourceId,
      kind: "event",
      id: `event:e${made}`,
      eventId: `e${made}`,
      featureId: random(8) === 0 ? "draft" : "image",
      quantity: CREDIT * BigInt(1 + random(9)),
      userId: random(2) === 0 ? `u${random(5)}` : null,
      timestamp: random(5) === 0 ? Date.now() - random(86_400_000) : null,
      dimensions: null,
      limit: random(3) === 0 ? "soft" : null,
      backfill: false,
    };
  };
}
