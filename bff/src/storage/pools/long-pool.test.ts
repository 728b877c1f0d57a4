import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Kysely, type RootOperationNode, sql } from "kysely";
import { z } from "zod";
import { eachEngine, type TestDatabase } from "../../test-support/engines.ts";
import type { PageRequest, Position } from "../keyset.ts";
import type { Tables } from "../tables.ts";
import { seedCustomers } from "../test-support/seed-customers.ts";
import type { LedgerFilter } from "./ledger-filter.ts";
import { listUsage } from "./read-events.ts";
import { listLedgerLines } from "./read-ledger.ts";
import { sumUpLedger } from "./read-ledger-groups.ts";

const ENTRIES = 60_000;
const ROUNDS = 6;
const LIMIT = 20;
/** What a page may look at: its rows in each of two pools, and a path through the index for each end of it. */
const FEW = 3 * (LIMIT + 1) + 4 * Math.ceil(Math.log2(ENTRIES)) * 2;
const customerId = "cus_0";

const plan = z.object({
  "Node Type": z.string(),
  "Actual Rows": z.number(),
  "Actual Loops": z.number(),
  "Rows Removed by Filter": z.number().optional(),
  get Plans() {
    return z.array(plan).optional();
  },
});
type Plan = z.infer<typeof plan>;
const explained = z.array(z.object({ "QUERY PLAN": z.tuple([z.object({ Plan: plan })]) })).length(1);

// The embedded engine has the same planner, and would only take longer.
eachEngine((engine) => {
  if (engine.name !== "Postgres") return;
  let opened: TestDatabase;
  before(async () => {
    opened = await engine.open();
    await seedCustomers(opened.database, 1);
    await fill(opened.database.writer);
  });
  after(() => opened.close());

  /** The most rows that any step of a statement looks at. */
  async function widest(work: (db: Kysely<Tables>) => Promise<unknown>): Promise<number> {
    let most = 0;
    const look = (step: Plan) => {
      const rows = (step["Actual Rows"] + (step["Rows Removed by Filter"] ?? 0)) * step["Actual Loops"];
      most = Math.max(most, rows);
      step.Plans?.forEach(look);
    };
    const db = explaining(opened.database.writer, (rows) => {
      for (const { "QUERY PLAN": plans } of explained.parse(rows)) look(plans[0].Plan);
    });
    await work(db);
    assert.ok(most > 0);
    return most;
  }

  /** When an entry of the longer pool was made, in microseconds. */
  async function keyOf(seq: number): Promise<string> {
    const { rows } = await sql<{ key: string }>`
      select (extract(epoch from at) * 1000000)::bigint::text as key from ledger
      where customer_id = ${customerId} and pool_no = 1 and seq = ${seq}`.execute(opened.database.writer);
    return rows[0]?.key ?? "";
  }

  const timeOf = async (seq: number) => Math.round(Number(await keyOf(seq)) / 1000);

  /** A position in the middle of the longer pool. */
  async function middle(): Promise<{ position: Position; time: number }> {
    const seq = ENTRIES / 2;
    return { position: { key: await keyOf(seq), id: `1:${seq}` }, time: await timeOf(seq) };
  }

  describe(`a page of ${LIMIT} in a history of ${ENTRIES} entries looks at what it shows, and at little more`, () => {
    const lists = {
      ledger: (filter: LedgerFilter, page: PageRequest) => (db: Kysely<Tables>) =>
        listLedgerLines(db, filter, page),
      events:
        ({ resourceId, from, to }: LedgerFilter, page: PageRequest) =>
        (db: Kysely<Tables>) =>
          listUsage(db, { customerId, resourceId, from, to, timeField: "at" }, page),
    };
    for (const [name, list] of Object.entries(lists)) {
      for (const resourceId of ["", undefined]) {
        const pools = `${name} of ${resourceId === undefined ? "all pools" : "one pool"}`;
        const filter = { customerId, resourceId };

        test(`${pools}: the first page`, async () => {
          assert.ok((await widest(list(filter, { limit: LIMIT, from: null }))) <= FEW);
        });

        test(`${pools}: one from the middle, either way`, async () => {
          const { position } = await middle();
          for (const direction of ["next", "prev"] as const) {
            const rows = await widest(list(filter, { limit: LIMIT, from: { direction, position } }));
            assert.ok(rows <= FEW, `${direction}: ${rows} rows`);
          }
        });

        test(`${pools}: one that begins or ends at a time in the middle`, async () => {
          const { time } = await middle();
          for (const span of [{ from: time }, { to: time }]) {
            const rows = await widest(list({ ...filter, ...span }, { limit: LIMIT, from: null }));
            assert.ok(rows <= FEW, `${JSON.stringify(span)}: ${rows} rows`);
          }
        });
      }
    }
  });

  test("what is about a new grant is found without looking further back than the grant", async () => {
    const rows = await widest((db) =>
      listLedgerLines(db, { customerId, grantId: "gr_new" }, { limit: LIMIT, from: null }),
    );
    assert.ok(rows <= FEW, `${rows} rows`);
  });

  test("subtotals of a short time look at the entries of that time", async () => {
    const [from, to] = [await timeOf(0.45 * ENTRIES), await timeOf(0.55 * ENTRIES)];
    const { rows: found } = await sql<{ count: string }>`
      select count(*) from ledger where customer_id = ${customerId} and at >= ${new Date(from)}
        and at < ${new Date(to)}`.execute(opened.database.writer);
    const grouping = { groupBy: "type", timeZone: "UTC", limit: 1000 } as const;
    const rows = await widest((db) => sumUpLedger(db, { customerId, from, to }, grouping));
    const count = Number(found[0]?.count);
    assert.ok(count < ENTRIES / 4 && rows <= count + FEW, `${rows} rows for ${count} entries`);
  });
});

/** A database that tells how it would carry a statement out, instead of what comes of it. */
function explaining(db: Kysely<Tables>, onPlan: (rows: unknown) => void): Kysely<Tables> {
  return db.withPlugin({
    transformQuery: ({ node }): RootOperationNode => {
      if (node.kind !== "RawNode") return node;
      const [first = "", ...others] = node.sqlFragments;
      return { ...node, sqlFragments: [`explain (analyze, timing off, format json) ${first}`, ...others] };
    },
    transformResult: ({ result }) => {
      onPlan(result.rows);
      return Promise.resolve({ ...result, rows: [] });
    },
  });
}

/** Two pools that burned in turn, the second one every tenth time, and a grant at the end. */
async function fill(db: Kysely<Tables>): Promise<void> {
  await sql`insert into pools (customer_id, pool_no, credit_type_id, resource_id)
    values (${customerId}, 1, 'tok', ''), (${customerId}, 2, 'tok', 'team')`.execute(db);
  const grant = (poolNo: number, key: number, id: string) => sql`
    insert into grants (customer_id, pool_no, key, grant_id, amount, category, priority, effective_at, actor_kind,
      actor_id, source_kind)
    values (${customerId}, ${poolNo}, ${key}, ${id}, ${ENTRIES}, 'paid', 0, now(), 'api_key', 'key', 'api')`;
  const entry = sql`insert into ledger (customer_id, pool_no, seq, occurred_at, type, delta, end_balance,
    overage_change, draw_keys, draw_amounts, draw_held, source_kind, source_id, actor_kind, actor_id, feature_id,
    quantity, decided_at)`;
  const granted = (poolNo: number, key: number, before: number) => sql`
    ${entry} values (${customerId}, ${poolNo}, ${key}, now(), 'granted', ${ENTRIES}, ${before + ENTRIES}, 0,
      array[${key}::bigint], array[${ENTRIES}::bigint], null, 'api', null, 'api_key', 'key', null, null, now())`;
  for (const poolNo of [1, 2]) {
    await grant(poolNo, 1, `gr_${poolNo}`).execute(db);
    await granted(poolNo, 1, 0).execute(db);
  }
  const part = ENTRIES / ROUNDS;
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [poolNo, count] of [
      [1, part],
      [2, part / 10],
    ] as const) {
      const first = round * count + 2;
      await sql`
        ${entry} select ${customerId}, ${poolNo}::int, n, now(), 'consumed', -1, ${ENTRIES}::bigint - n + 1, 0, '{1}', '{-1}', null,
          'event', 'e' || n, 'api_key', 'key', 'image', 1, now()
        from generate_series(${first}::bigint, ${first + count - 1}::bigint) n`.execute(db);
    }
  }
  const last = ENTRIES + 2;
  await grant(1, last, "gr_new").execute(db);
  await granted(1, last, 0).execute(db);
}
