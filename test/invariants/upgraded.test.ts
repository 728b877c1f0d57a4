import assert from "node:assert/strict";
import { test } from "node:test";
import { type Kysely, sql } from "kysely";
import { Migrator } from "kysely/migration";
import { runAudit } from "../../bff/src/audit/run-audit.ts";
import type { Tables } from "../../bff/src/storage/database.ts";
import { migrate } from "../../bff/src/storage/migrate.ts";
import * as catalogue from "../../bff/src/storage/migrations/0001-catalogue.ts";
import * as customers from "../../bff/src/storage/migrations/0002-customers.ts";
import * as money from "../../bff/src/storage/migrations/0003-money.ts";
import * as guard from "../../bff/src/storage/migrations/0004-guard.ts";
import * as roles from "../../bff/src/storage/migrations/0005-roles.ts";
import { eachOwnedEngine } from "./owned-database.ts";
import { sealAll } from "./seal-all.ts";

const FIRST_RELEASE = {
  "0001-catalogue": catalogue,
  "0002-customers": customers,
  "0003-money": money,
  "0004-guard": guard,
  "0005-roles": roles,
};

/** What a group of the first release wrote: decided at one moment, written a little later. */
const LEDGER = `
  (1, '2026-03-01T10:00:00.123456Z', '2026-03-01T10:00:00.120Z', 'granted', 10000000, 10000000, 0, '{1}', '{10000000}'),
  (2, '2026-03-01T10:00:00.123999Z', '2026-03-01T10:00:00.120Z', 'granted', 0, 10000000, 0, '{}', '{}'),
  (3, '2026-03-01T10:00:00.345678Z', '2026-02-20T00:00:00Z', 'consumed', -12000000, -2000000, 2000000, '{1}', '{-10000000}'),
  (4, '2026-03-02T10:00:00.900001Z', '2026-03-02T09:00:00Z', 'activated', 5000000, 3000000, 0, '{2}', '{5000000}'),
  (5, '2026-03-02T10:00:00.900002Z', '2026-03-02T09:00:00Z', 'overage_repaid', 0, 3000000, -2000000, '{2}', '{-2000000}'),
  (6, '2026-03-02T10:00:00.900003Z', '2026-03-02T10:00:00.899Z', 'consumed', -1000000, 2000000, 0, '{2}', '{-1000000}'),
  (7, '2026-03-05T10:00:00.000002Z', '2026-03-04T10:00:00Z', 'expired', -2000000, 0, 0, '{2}', '{-2000000}'),
  (8, '2026-03-05T10:00:00.000003Z', '2026-03-05T09:59:59.999Z', 'granted', 7000000, 7000000, 0, '{8}', '{7000000}')`;

async function writeFirstRelease(owner: Kysely<Tables>): Promise<void> {
  await sql`insert into customers (customer_id, route) values ('old', 'route')`.execute(owner);
  await sql`insert into pools (customer_id, pool_no, credit_type_id) values ('old', 1, 'images')`.execute(
    owner,
  );
  await sql`
    insert into grants (customer_id, pool_no, key, grant_id, amount, category, priority, effective_at, expires_at,
      actor_kind, actor_id, source_kind) values
      ('old', 1, 1, 'a', 10000000, 'paid', 0, '2026-03-01T10:00:00.120Z', null, 'api_key', 'key', 'api'),
      ('old', 1, 2, 'b', 5000000, 'paid', 0, '2026-03-02T09:00:00Z', '2026-03-04T10:00:00Z', 'api_key', 'key', 'api'),
      ('old', 1, 8, 'c', 7000000, 'paid', 0, '2026-03-05T09:59:59.999Z', null, 'api_key', 'key', 'api')`.execute(
    owner,
  );
  await sql`
    insert into ledger (customer_id, pool_no, seq, at, occurred_at, type, delta, end_balance, overage_change, draw_keys,
      draw_amounts, source_kind, source_id, actor_kind, actor_id)
    select 'old', 1, e.seq, e.at::timestamptz, e.occurred_at::timestamptz, e.type::entry_type, e.delta, e.end_balance,
      e.overage_change, e.keys::bigint[], e.amounts::bigint[], 'event', 'e' || e.seq, 'api_key', 'key'
    from (values ${sql.raw(LEDGER)}) as e (seq, at, occurred_at, type, delta, end_balance, overage_change, keys, amounts)`.execute(
    owner,
  );
  await sql`
    insert into commands (customer_id, id, hash_version, content_hash, pool_no, seq)
    select customer_id, 'event:' || source_id, 1, md5(source_id)::uuid, pool_no, seq from ledger
    where type = 'consumed'`.execute(owner);
}

eachOwnedEngine((open) => {
  test("a ledger of the first release has nothing wrong after the upgrade", async () => {
    const owned = await open();
    await sql`drop schema public cascade`.execute(owned.owner);
    await sql`drop schema credits_kit_jobs cascade`.execute(owned.owner);
    await sql`create schema public`.execute(owned.owner);
    const provider = { getMigrations: () => Promise.resolve(FIRST_RELEASE) };
    const { error } = await new Migrator({ db: owned.owner, provider }).migrateToLatest();
    assert.equal(error, undefined);
    await writeFirstRelease(owned.owner);
    await migrate(owned.owner);
    const report = await runAudit(owned.database);
    assert.deepEqual(report, { pools: 1, entries: 8, violations: [] });
    assert.equal(await sealAll(owned.database, ["old"], 5), 8);
    assert.deepEqual((await runAudit(owned.database)).violations, []);
    await owned.close();
  });
});
