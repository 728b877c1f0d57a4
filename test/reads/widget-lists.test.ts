import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type KyselyPlugin, sql } from "kysely";
import { z } from "zod";
import type { Database } from "../../bff/src/storage/database.ts";
import { seedCustomers } from "../../bff/src/storage/test-support/seed-customers.ts";
import { oneEngine, type TestDatabase } from "../../bff/src/test-support/engines.ts";
import { defaultParts, type Parts } from "../../bff/src/test-support/parts.ts";
import { readWidgetLedger } from "../../bff/src/services/ledger/widget.ts";
import { readWidgetGrants, type WidgetListDeps } from "../../bff/src/services/grants/widget.ts";

const CUSTOMERS = 100;
const GRANTS = 500;
/** One grant in so many was bought. */
const BOUGHT = 5;
const LIMIT = 50;
const customerId = "cus_7";
const actor = { kind: "customer", id: customerId } as const;
const CALL = { requestId: "req_test", actor, idempotency: null } as const;

const plan = z.object({
  "Actual Rows": z.number(),
  "Actual Loops": z.number(),
  "Rows Removed by Filter": z.number().optional(),
  get Plans() {
    return z.array(plan).optional();
  },
});
type Plan = z.infer<typeof plan>;
const explained = z.object({ "QUERY PLAN": z.tuple([z.object({ Plan: plan })]) });

type Read = (deps: WidgetListDeps) => Promise<unknown>;
type Asked = Parameters<KyselyPlugin["transformQuery"]>[0];

/*
 * What widgets' lists ask of a database in which there is far more than one customer's: 50,000 grants, as many entries
 * and 10,000 orders.
 */
oneEngine((engine) => {
  // The embedded engine has the same planner, and would only take longer.
  if (engine.name !== "Postgres") return;
  let opened: TestDatabase;
  let parts: Parts;
  before(async () => {
    opened = await engine.open();
    parts = defaultParts(opened.database);
    await seedCustomers(opened.database, CUSTOMERS);
    await fill(opened.database);
  });
  after(async () => {
    await parts.close();
    await opened.close();
  });

  const list =
    (query: Parameters<typeof readWidgetGrants>[2]["query"]): Read =>
    (deps) =>
      readWidgetGrants(deps, CALL, { customerId, query });
  const entries =
    (query: Parameters<typeof readWidgetLedger>[2]["query"]): Read =>
    (deps) =>
      readWidgetLedger(deps, CALL, { customerId, query });

  /** The statements that a list asks. */
  async function statementsOf(read: Read): Promise<Asked[]> {
    const asked: Asked[] = [];
    const plugin: KyselyPlugin = {
      transformQuery: (each) => {
        asked.push(each);
        return each.node;
      },
      transformResult: ({ result }) => Promise.resolve(result),
    };
    const { database } = opened;
    const seen: Database = { ...database, writer: database.writer.withPlugin(plugin) };
    await read({ database: seen, pools: parts.pools, now: Date.now });
    return asked;
  }

  /** The most rows that any step of a list's statements looks at. */
  async function widest(read: Read): Promise<{ rows: number; statement: string }> {
    const most = { rows: 0, statement: "" };
    const asked = await statementsOf(read);
    const executor = opened.database.writer.getExecutor();
    const connection = await opened.database.connect();
    try {
      for (const { node, queryId } of asked) {
        const { sql: statement, parameters } = executor.compileQuery(node, queryId);
        const { rows } = await connection.query(`explain (analyze, timing off, format json) ${statement}`, [
          ...parameters,
        ]);
        const look = (step: Plan) => {
          const seen = (step["Actual Rows"] + (step["Rows Removed by Filter"] ?? 0)) * step["Actual Loops"];
          if (seen > most.rows) Object.assign(most, { rows: seen, statement });
          step.Plans?.forEach(look);
        };
        look(explained.parse(rows[0])["QUERY PLAN"][0].Plan);
      }
    } finally {
      connection.release();
    }
    return most;
  }

  test("a page takes the same few statements, however many rows it has", async () => {
    const grants = [1, 100].map((limit) => list({ limit, totals: true }));
    const ledgers = [1, 100].map((limit) => entries({ limit, groupBy: "type" as const }));
    for (const [few, many] of [grants, ledgers]) {
      assert.ok(few && many);
      const [one, hundred] = [await statementsOf(few), await statementsOf(many)];
      assert.equal(one.length, hundred.length);
      assert.ok(one.length > 0 && one.length <= 7, `${one.length} statements`);
    }
  });

  test("a page of grants looks at the customer's own and at nobody else's, by index", async () => {
    for (const query of [
      { limit: LIMIT },
      { limit: LIMIT, sort: "-remaining" as const, status: ["active" as const, "frozen" as const] },
      { limit: LIMIT, expiresFrom: Date.now(), creditTypeId: "tok", totals: true },
    ]) {
      const { rows, statement } = await widest(list(query));
      // An index also finds versions of rows that nobody has swept away yet.
      assert.ok(rows < 2 * GRANTS, `${rows} rows: ${statement}`);
    }
  });

  test("a page of the ledger looks at what it shows and at little more", async () => {
    const { rows, statement } = await widest(entries({ limit: LIMIT }));
    const few = 4 * (LIMIT + 1) + 4 * Math.ceil(Math.log2(GRANTS));
    assert.ok(rows <= few, `${rows} rows, not ${few}: ${statement}`);
  });
});

/** Grants of which each is one entry; one in some was bought. */
async function fill({ writer }: Database): Promise<void> {
  await sql`insert into pools (customer_id, pool_no, credit_type_id, resource_id)
    select 'cus_' || c, 1, 'tok', '' from generate_series(0, ${CUSTOMERS - 1}::int) c`.execute(writer);
  await sql`
    insert into grants (customer_id, pool_no, key, grant_id, amount, category, priority, effective_at, actor_kind,
      actor_id, source_kind, source_id)
    select 'cus_' || c, 1, n, 'gr_' || c || '_' || n, 10, 'paid', 0, now(), 'customer', 'cus_' || c, 'top_up',
      case when n % ${BOUGHT}::int = 0 then 'tu_' || c || '_' || n end
    from generate_series(0, ${CUSTOMERS - 1}::int) c, generate_series(1, ${GRANTS}::int) n`.execute(writer);
  for (let customer = 0; customer < CUSTOMERS; customer += 1) {
    await sql`
      insert into ledger (customer_id, pool_no, seq, occurred_at, type, delta, end_balance, overage_change, draw_keys,
        draw_amounts, draw_held, source_kind, source_id, actor_kind, actor_id, feature_id, quantity, decided_at)
      select 'cus_' || ${customer}::int, 1, n, now(), 'granted', 10, 10 * n, 0, array[n], array[10::bigint], null,
        'top_up', null, 'customer', 'cus', null, null, now()
      from generate_series(1, ${GRANTS}::bigint) n`.execute(writer);
  }
  await sql`
    insert into top_ups (customer_id, top_up_id, credit_type_id, resource_id, credits, currency, price_per_credit,
      subtotal_minor, total_minor, method, grant_id, actor_kind, actor_id, request_id, order_key, content_hash, stripe_key)
    select 'cus_' || c, 'tu_' || c || '_' || n, 'tok', '', 10, 'usd', '0.01', 10, 10, 'checkout', 'gr_' || c || '_' || n,
      'customer', 'cus', 'req', 'key_' || n, '', ''
    from generate_series(0, ${CUSTOMERS - 1}::int) c,
      generate_series(${BOUGHT}::int, ${GRANTS}::int, ${BOUGHT}::int) n`.execute(writer);
}
