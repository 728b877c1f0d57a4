import assert from "node:assert/strict";
import { inspect } from "node:util";
import { test } from "node:test";
import { routes } from "@credits-kit/contract";
import { sql } from "kysely";
import { GatewayError } from "../../bff/src/payments/gateway.ts";
import { loggable } from "../../bff/src/http/logger.ts";
import { reconcile } from "../../bff/src/services/reconciliation/run.ts";
import { oneEngine } from "../../bff/src/test-support/index.ts";
import { TEST_KEY } from "../../bff/src/test-support/test-app.ts";
import { buildWidgetsAnew } from "../support/widget-build.ts";
import { PUBLISHABLE_KEY, STRIPE_KEY, useTill, WEBHOOK_SECRET } from "./till.ts";

const OLD_SECRET = "whsec_canary_of_before_0123";
const SIGNING_KEY = "canary-of-the-key-that-signs-all-sessions";
const SECRETS = [STRIPE_KEY, WEBHOOK_SECRET, OLD_SECRET, SIGNING_KEY, TEST_KEY];

test("nothing that is secret where the widgets are built is in what browsers load (canary, S-30)", async (t) => {
  const secrets = { STRIPE_SECRET_KEY: STRIPE_KEY, STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET };
  const canaries = { ...secrets, SESSION_SIGNING_KEY: SIGNING_KEY, BOOTSTRAP_API_KEY: TEST_KEY };
  const was = { ...process.env };
  t.after(() => void (process.env = was));
  Object.assign(process.env, canaries, { VITE_STRIPE_SECRET_KEY: STRIPE_KEY });
  const files = await buildWidgetsAnew();
  assert.ok(files.size > 3);
  for (const [name, text] of files) {
    for (const secret of Object.values(canaries)) assert.ok(!text.includes(secret), name);
    // Neither a key of anybody else's, nor what would read one.
    assert.doesNotMatch(text, /\b([sr]k_(live|test)_|whsec_)[A-Za-z0-9]{8}/, name);
    assert.doesNotMatch(text, /STRIPE_SECRET_KEY|STRIPE_WEBHOOK_SECRET|SESSION_SIGNING_KEY/, name);
  }
});

oneEngine((engine) => {
  const lines: string[] = [];
  const till = useTill(engine, {
    env: { STRIPE_WEBHOOK_SECRET: `${WEBHOOK_SECRET},${OLD_SECRET}`, SESSION_SIGNING_KEY: SIGNING_KEY },
    log: (line) => void lines.push(line),
  });

  test("Stripe's keys are in no log, no error, no answer and no row (canary, S-30)", async () => {
    const told: string[] = [];
    const send = async (...request: Parameters<ReturnType<typeof till.app>["client"]["send"]>) => {
      const reply = await till.app().client.send(...request);
      told.push(reply.text, JSON.stringify([...reply.headers]));
    };
    const customerId = await till.cardHolder();
    const session = await till.session(customerId);
    const order = await till.order(customerId, { uiMode: "embedded" });
    // Not paid yet: what its page needs is asked of Stripe each time, and kept nowhere.
    await till.order(customerId, { uiMode: "embedded" });
    till.pay(order);
    await till.hear();
    told.push(JSON.stringify(await till.read(order.id)));
    const json = { customerId, creditTypeId: "credits", credits: "500", method: "charge" };
    for (const status of [400, 401, 403, 404, 409, 429, 500, 502]) {
      till.sandbox().control.addFault({ method: "POST", kind: "status", status, times: 1 });
      await send("POST", "/v1/top-ups", { json, headers: { "Idempotency-Key": `canary-${status}` } });
      till.sandbox().control.clearFaults();
    }
    till.sandbox().control.addFault({ kind: "drop", times: 3 });
    await send("POST", "/widget/top-ups", {
      json: { creditTypeId: "credits", credits: "500", orderKey: "canary-key" },
      credential: session,
    });
    await assert.rejects(reconcile(till.app().money), (error: unknown) => {
      assert.ok(error instanceof GatewayError);
      told.push(
        inspect(error, { depth: 10, showHidden: true }),
        JSON.stringify(loggable(error)),
        String(error.stack),
      );
      return true;
    });
    till.sandbox().control.clearFaults();
    await send("POST", "/stripe/webhook", {
      raw: "{}",
      credential: null,
      headers: { "Stripe-Signature": "t=1,v1=x" },
    });
    await send("GET", "/openapi.json", { credential: null });
    told.push(JSON.stringify((await till.app().client.call(routes.getReconciliation, {})).body));
    told.push(JSON.stringify(till.app().alarms), lines.join("\n"), ...(await everyRow()));
    assert.ok(lines.length > 5);
    // What only one buyer may know: a session may be in no log and no row, though its own page has it.
    const kept = [lines.join("\n"), ...(await everyRow())].join("\n");
    for (const token of [session, session.split(".").at(-1) ?? ""]) assert.ok(!kept.includes(token));
    assert.ok(kept.includes(order.id), "the dump has what happened");
    assert.ok(!kept.includes(PUBLISHABLE_KEY), "nothing of the configuration is kept");
    for (const secret of SECRETS) {
      const leak = told.find((text) => text.includes(secret) || text.includes(secret.slice(8)));
      assert.equal(leak, undefined, `${secret.slice(0, 6)}… is in: ${leak?.slice(0, 300)}`);
    }
    // What a page needs to pay is not kept either: it is asked of Stripe again.
    const rows = (await everyRow()).join("\n");
    assert.ok(!rows.includes("_secret_"), "a client secret is in the database");
  });

  async function everyRow(): Promise<string[]> {
    const { writer } = till.app().database;
    const { rows: tables } = await sql<{ name: string }>`
      select schemaname || '.' || tablename as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema')
        and has_table_privilege(format('%I.%I', schemaname, tablename), 'select')`.execute(writer);
    assert.ok(tables.length > 40, `${tables.length} tables`);
    const texts: string[] = [];
    for (const { name } of tables) {
      const { rows } = await sql<{ row: string }>`select r::text as row from ${sql.table(name)} r`.execute(
        writer,
      );
      texts.push(...rows.map(({ row }) => row));
    }
    return texts;
  }
});
