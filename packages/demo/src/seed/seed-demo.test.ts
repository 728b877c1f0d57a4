import assert from "node:assert/strict";
import { test } from "node:test";
import { createServerClient } from "@credits-kit/client/server";
import {
  problem,
  startStubCreditsServer,
  type StubCall,
  type StubRoutes,
} from "../testing/stub-credits-server.ts";
import { CROWD, PERSONAS } from "./customers.ts";
import { seedDemo } from "./seed-demo.ts";

const CREATED_AT = "2026-03-01T12:00:00.000Z";
const PAGE = { nextCursor: null, prevCursor: null };
const everyone = [...PERSONAS, ...CROWD];

/** A server that is empty, or one that has everything already. */
function routesOf(isSeeded: boolean): StubRoutes {
  const created = (): [number, unknown] => (isSeeded ? problem(409, "already_exists") : [201, {}]);
  const references = everyone
    .flatMap(({ history }) => history)
    .flatMap((step) => ("reference" in step ? [{ externalReference: `lumen:grant:${step.reference}` }] : []));
  const plans = ["studio", "studio-flex", "studio-render"].map((planId) => ({ planId }));
  return {
    "POST /v1/credit-types": created,
    "POST /v1/features": created,
    "POST /v1/plans": created,
    "POST /v1/customers": () =>
      isSeeded ? problem(409, "already_exists") : [201, { createdAt: CREATED_AT }],
    "POST /v1/grants": created,
    "GET /v1/grants": () => [200, { ...PAGE, data: isSeeded ? references : [] }],
    "POST /v1/events": () => [200, { results: [] }],
    ...Object.fromEntries(
      everyone.flatMap(({ id }) => [
        [`GET /v1/customers/${id}`, () => [200, { id, createdAt: CREATED_AT }]],
        [`GET /v1/customers/${id}/subscriptions`, () => [200, { ...PAGE, data: isSeeded ? plans : [] }]],
        [`POST /v1/customers/${id}/subscriptions`, created],
      ]),
    ),
  };
}

async function seed(isSeeded: boolean): Promise<StubCall[]> {
  await using server = await startStubCreditsServer(routesOf(isSeeded));
  await seedDemo({ client: createServerClient({ baseUrl: server.url, apiKey: "ck_test_1", retries: 0 }) });
  return server.calls;
}

const writes = (calls: StubCall[], route: string) => calls.filter((call) => call.route === `POST ${route}`);

test("two runs on an empty server send the same writes under the same keys", async () => {
  const byContent = (calls: StubCall[]) => calls.map((call) => JSON.stringify(call)).toSorted();
  const [first, second] = [await seed(false), await seed(false)];
  assert.deepEqual(byContent(first), byContent(second));
  const keys = first
    .filter(({ route }) => route.startsWith("POST") && route !== "POST /v1/events")
    .map(({ key }) => key);
  assert.ok(keys.every((key) => key?.startsWith("lumen:")));
  assert.equal(new Set(keys).size, keys.length);
});

test("a run on a seeded server grants and subscribes nothing", async () => {
  const calls = await seed(true);
  assert.deepEqual(writes(calls, "/v1/grants"), []);
  assert.deepEqual(
    calls.filter(({ route }) => /^POST .*subscriptions$/.test(route)),
    [],
  );
});

test("everything else that goes wrong is told", async () => {
  await using server = await startStubCreditsServer({
    "POST /v1/credit-types": () => problem(401, "unauthenticated"),
  });
  const client = createServerClient({ baseUrl: server.url, apiKey: "wrong", retries: 0 });
  await assert.rejects(seedDemo({ client }), { code: "unauthenticated" });
});

test("Lena has a history: paid, spent, a promo that expires soon, one that is scheduled", async () => {
  const calls = (await seed(false)).filter(({ body }) => JSON.stringify(body ?? "").includes('"lumen-lena"'));
  const grants = writes(calls, "/v1/grants").map(({ body }) => body);
  assert.deepEqual(grants[2], {
    creditTypeId: "ai-tokens",
    category: "promo",
    amount: "250",
    reason: "Thank you for six months with us",
    customerId: "lumen-lena",
    expiresAt: "2026-03-13T12:00:00.000Z",
    externalReference: "lumen:grant:lena-welcome",
  });
  const order = calls.map(({ route }) => route).filter((route) => /grants|events/.test(route));
  const [grant, events] = ["POST /v1/grants", "POST /v1/events"];
  assert.deepEqual(order, [grant, grant, events, grant, events, events, grant]);
});
