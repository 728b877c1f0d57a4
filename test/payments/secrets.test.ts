import assert from "node:assert/strict";
import { inspect } from "node:util";
import { test } from "node:test";
import { routes } from "@credits-kit/contract";
import { sql } from "kysely";
import { GatewayError } from "../../bff/src/payments/gateway.ts";
import { loggable } from "../../bff/src/http/logger.ts";
import { reconcile } from "../../bff/src/services/reconciliation/run.ts";
import { eachEngine } from "../../bff/src/test-support/index.ts";
import { STRIPE_KEY, useTill, WEBHOOK_SECRET } from "./till.ts";

const OLD_SECRET = "whsec_canary_of_before_0123";
const SECRETS = [STRIPE_KEY, WEBHOOK_SECRET, OLD_SECRET];

eachEngine((engine) => {
  const lines: string[] = [];
  const till = useTill(engine, {
    env: { STRIPE_WEBHOOK_SECRET: `${WEBHOOK_SECRET},${OLD_SECRET}` },
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
      select tablename as name from pg_tables where schemaname = 'public'`.execute(writer);
    const texts: string[] = [];
    for (const { name } of tables) {
      if (name.startsWith("kysely")) continue;
      const { rows } = await sql<{ row: string }>`select r::text as row from ${sql.table(name)} r`.execute(
        writer,
      );
      texts.push(...rows.map(({ row }) => row));
    }
    return texts;
  }
});
