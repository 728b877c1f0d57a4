import assert from "node:assert/strict";
import { afterEach, before, beforeEach, test } from "node:test";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { codesOf, type ErrorCode, problem, type RouteDefinition, routes } from "@credits-kit/contract";
import { z } from "zod";
import { eachEngine, expectProblem, fingerprint, type Reply, useTestApp } from "../test-support/index.ts";

const anyPage = z.object({ nextCursor: z.string().nullable() });
const all = Object.values<RouteDefinition>(routes);
const withBody = all.filter((route) => route.body !== undefined);
const unit = { singular: "credit", plural: "credits" };
const MEGABYTE = 1_048_576;

/** A body of each route that is accepted. Every fault below is one change to it. */
const GOOD: Record<string, Record<string, unknown>> = {
  createCreditType: { name: "Credits", unit },
  createFeature: { name: "Feature" },
  createPlan: {
    name: "Plan",
    creditTypeId: "credits",
    limit: "hard",
    rates: [{ featureId: "image", creditsPerUnit: 1 }],
  },
  createCustomer: { name: "Customer" },
  upsertCustomer: { name: "Customer" },
  createSubscription: { planId: "pro" },
  createGrant: { customerId: "lena", creditTypeId: "credits", amount: "5", category: "promo" },
  reportEvents: { id: "e", customerId: "lena", featureId: "image" },
  createWidgetSession: { customerId: "lena" },
};

/** Text that must not get anywhere a name, an id or a text is taken. */
const BAD_TEXT: readonly unknown[] = [
  null,
  5,
  true,
  [],
  {},
  ["a"],
  "a\0b",
  "\ud800",
  "\udfff a",
  "a".repeat(600),
];
const BAD_ID: readonly unknown[] = [
  ...BAD_TEXT,
  "",
  " ",
  "a b",
  "a/b",
  "../x",
  "ünï",
  "';drop table ledger;--",
  "a\nb",
  "x".repeat(129),
];
const BAD_AMOUNT: readonly unknown[] = [
  -1,
  "-1",
  "0.0000001",
  1e-9,
  1e21,
  "1e3",
  "",
  " 12 ",
  "1,000",
  "١٢",
  "0x10",
  "NaN",
  "Infinity",
  null,
  [5],
  {},
  true,
  "1000000000000.000001",
  1000000000001,
  9007199254740992,
  "9".repeat(65),
  "99999999999999999999",
];
const BAD_TIME: readonly unknown[] = [
  "2026-02-30T00:00:00Z",
  "2026-01-01T24:00:00Z",
  "2026-01-01T00:00:00",
  "2026-01-01T00:00:00+14:01",
  "0000-01-01T00:00:00Z",
  "275761-01-01T00:00:00Z",
  "tomorrow",
  0,
  null,
  "",
  [],
];

/** Bad values by route and field; the answer must name the field. */
const FIELDS: readonly (readonly [string, string, readonly unknown[]])[] = [
  ["createCreditType", "id", BAD_ID],
  ["createCreditType", "name", [...BAD_TEXT, "", "  "]],
  ["createCreditType", "description", BAD_TEXT],
  ["createCreditType", "unit", [null, "credit", {}, { singular: "a" }, { ...unit, dual: "b" }]],
  ["createCreditType", "lowBalanceThresholds", ["100", [100], ["-1"], ["1e3"], ["20%%"], Array(6).fill("1")]],
  ["createCreditType", "trackedDimensions", [["a b"], ["a", "b", "c", "d"], ["\0"]]],
  ["createFeature", "id", BAD_ID],
  ["createFeature", "name", [...BAD_TEXT, ""]],
  ["createPlan", "id", BAD_ID],
  ["createPlan", "creditTypeId", BAD_ID],
  ["createPlan", "limit", [null, "", "HARD", "maybe", 1, ["hard"]]],
  [
    "createPlan",
    "rates",
    [
      null,
      {},
      "x",
      [null],
      [{ featureId: "image" }],
      Array(201).fill({ featureId: "image", creditsPerUnit: 1 }),
    ],
  ],
  [
    "createPlan",
    "topUp",
    [
      {},
      { prices: [] },
      { prices: [{ amount: "-1", currency: "usd" }] },
      { prices: [{ amount: "1", currency: "USD" }] },
    ],
  ],
  ["createCustomer", "id", BAD_ID],
  ["createCustomer", "email", [null, "", "x", "a@b", "a\0@b.de", "a b@c.de", `${"a".repeat(250)}@b.de`]],
  [
    "createCustomer",
    "metadata",
    [null, [], "x", { "a b": "c" }, { a: 1 }, { a: "\0" }, { a: "x".repeat(501) }, manyKeys(51)],
  ],
  ["upsertCustomer", "name", [null, 5, [], "a\0b", "\ud800", "a".repeat(600)]],
  ["createSubscription", "planId", BAD_ID],
  ["createSubscription", "startsAt", BAD_TIME],
  ["createSubscription", "endsAt", [...BAD_TIME, "2020-01-01T00:00:00Z"]],
  ["createSubscription", "resourceId", [...BAD_ID, "none"]],
  ["createSubscription", "currency", ["usd"]],
  ["createGrant", "customerId", BAD_ID],
  ["createGrant", "amount", [...BAD_AMOUNT, 0, "0"]],
  ["createGrant", "category", [null, "", "recurring", "free"]],
  ["createGrant", "priority", [-1, 1.5, 1001, "1", null]],
  ["createGrant", "expiresAt", [...BAD_TIME, "2020-01-01T00:00:00Z"]],
  ["createGrant", "reason", [5, "a\0b", "\ud800", "a".repeat(201)]],
  ["reportEvents", "quantity", BAD_AMOUNT],
  ["reportEvents", "id", BAD_ID],
  ["reportEvents", "customerId", BAD_ID],
  ["reportEvents", "timestamp", BAD_TIME],
  ["createWidgetSession", "customerId", BAD_ID],
  ["createWidgetSession", "userId", BAD_ID],
  ["createWidgetSession", "scopes", [[], ["admin"], "read", ["read", "read", "read", "read"], null]],
  [
    "createWidgetSession",
    "origins",
    [["*"], ["null"], ["https://a/b"], ["javascript:alert(1)"], Array(11).fill("https://a.test")],
  ],
  ["createWidgetSession", "expiresInSeconds", [0, 9, 601, 1e300, -1, "60", 60.5]],
];

function manyKeys(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, "v"]));
}

eachEngine((engine) => {
  const app = useTestApp(engine);
  let was: Record<string, string> = {};

  before(async () => {
    const { client } = app();
    await client.call(routes.createCreditType, { body: { id: "credits", name: "Credits", unit } });
    await client.call(routes.createFeature, { body: { id: "image", name: "Image" } });
    await client.call(routes.createPlan, {
      body: {
        id: "pro",
        name: "Pro",
        creditTypeId: "credits",
        limit: "hard",
        rates: [{ featureId: "image", creditsPerUnit: 1 }],
      },
    });
    await client.call(routes.createCustomer, { body: { id: "lena", name: "Lena" } });
    await client.call(routes.createSubscription, { params: { id: "lena" }, body: { planId: "pro" } });
    await client.call(routes.createGrant, {
      body: { customerId: "lena", creditTypeId: "credits", amount: 5, category: "promo" },
    });
    await client.call(routes.getBalances, { params: { id: "lena" } });
  });
  beforeEach(async () => {
    was = await fingerprint(app().database);
  });
  afterEach(async () => {
    assert.deepEqual(await fingerprint(app().database), was, "a refused request changed a row");
  });

  const send = (route: RouteDefinition, options: Parameters<ReturnType<typeof app>["client"]["send"]>[2]) =>
    app().client.send(route.method.toUpperCase(), route.path.replace(":id", "lena"), options);

  /** A refusal: never ours to blame, always a problem, and one that the route says it can give. */
  const refused = (route: RouteDefinition, reply: Reply, code: ErrorCode) => {
    const problem = expectProblem(reply, reply.status, code);
    assert.ok(reply.status >= 400 && reply.status < 500, reply.text);
    assert.ok(codesOf(route).includes(code), `${route.operationId} does not say that it answers ${code}`);
    return problem;
  };

  test("each route that takes a body has a good one here", () => {
    assert.deepEqual(Object.keys(GOOD).sort(), withBody.map((route) => route.operationId).sort());
  });

  test("what is not JSON in UTF-8 is refused", async () => {
    const broken = [
      '{"a":',
      "{} {}",
      "{'a':1}",
      "",
      "nul",
      "\ufeff{}",
      "NaN",
      '{"a":01}',
      "[".repeat(40_000),
      "[".repeat(21) + "]".repeat(21),
    ];
    for (const route of withBody) {
      for (const raw of broken) refused(route, await send(route, { raw }), "malformed_json");
      const invalid = Uint8Array.of(0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d);
      refused(route, await send(route, { raw: invalid }), "malformed_json");
    }
  });

  test("another media type, charset or encoding is refused", async () => {
    const types = [
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=x",
      "application/jsonx",
      "application/json;charset=utf-16",
      "application/json; charset=evil",
      "application/json; charset=utf-8; x=y",
      "application/problem+json",
    ];
    for (const route of withBody) {
      const json = GOOD[route.operationId];
      for (const type of types) {
        refused(
          route,
          await send(route, { json, headers: { "Content-Type": type } }),
          "unsupported_media_type",
        );
      }
      const bytes = Buffer.from(JSON.stringify(json));
      for (const [encoding, raw] of [
        ["gzip", gzipSync(bytes)],
        ["br", brotliCompressSync(bytes)],
        ["deflate", bytes],
      ] as const) {
        const packed = { raw: new Uint8Array(raw), headers: { "Content-Encoding": encoding } };
        refused(route, await send(route, packed), "unsupported_media_type");
      }
    }
  });

  test("a body beyond a megabyte is refused", async () => {
    for (const route of withBody) {
      const raw = JSON.stringify({ ...GOOD[route.operationId], name: "x".repeat(2 * MEGABYTE) });
      refused(route, await send(route, { raw }), "payload_too_large");
      const oneTooMany = `{"name":"${"x".repeat(MEGABYTE - 10)}"}`;
      refused(route, await send(route, { raw: oneTooMany }), "payload_too_large");
    }
  });

  test("another shape, a key that is not known or reaches for the prototype is refused and named", async () => {
    for (const route of withBody) {
      for (const json of [null, [], [1], "text", 1, true, [{}]]) {
        refused(route, await send(route, { json }), "validation_failed");
      }
      const good = JSON.stringify(GOOD[route.operationId]);
      for (const key of [
        "extra",
        "__proto__",
        "constructor",
        "toString",
        "balance",
        "status",
        "createdAt",
        "env_id",
      ]) {
        const raw = `${good.slice(0, -1)},"${key}":{"polluted":true}}`;
        const { errors } = refused(route, await send(route, { raw }), "validation_failed");
        assert.ok(
          errors?.some((error) => error.path === key),
          `${route.operationId} ${key}: ${JSON.stringify(errors)}`,
        );
      }
      const huge = JSON.stringify({ ...GOOD[route.operationId], ...manyKeys(50_000) });
      refused(route, await send(route, { raw: huge }), "validation_failed");
    }
    assert.ok(!("polluted" in {}));
  });

  test("a bad value is refused, and its field named", async () => {
    for (const [operation, field, values] of FIELDS) {
      const route = withBody.find(({ operationId }) => operationId === operation);
      assert.ok(route);
      for (const value of values) {
        const reply = await send(route, { json: { ...GOOD[operation], [field]: value } });
        const told = `${operation}.${field} = ${JSON.stringify(value)?.slice(0, 60)}: ${reply.status} ${reply.text}`;
        assert.ok([404, 422].includes(reply.status), told);
        const { code } = problem.parse(JSON.parse(reply.text));
        const { errors = [] } = refused(route, reply, code);
        assert.ok(
          errors.some(({ path }) => path.split(".")[0] === field),
          told,
        );
      }
    }
  });

  test("a number that JavaScript cannot hold is refused", async () => {
    const numbers = [
      "1e400",
      "-1e400",
      "9007199254740993",
      "0.30000000000000004",
      "123456789012.1234567",
      "1e-7",
      "-0.000001",
    ];
    for (const [operation, field] of [
      ["createGrant", "amount"],
      ["reportEvents", "quantity"],
      ["createGrant", "priority"],
    ] as const) {
      const route = routes[operation];
      for (const number of numbers) {
        const { [field]: _replaced, ...rest } = { amount: 0, quantity: 0, priority: 0, ...GOOD[operation] };
        const kept = Object.entries(rest).filter(([key]) => key in (GOOD[operation] ?? {}));
        const raw = `${JSON.stringify(Object.fromEntries(kept)).slice(0, -1)},"${field}":${number}}`;
        const reply = await send(route, { raw });
        assert.equal(reply.status, 422, `${field} ${number}: ${reply.text}`);
        assert.equal(problem.parse(JSON.parse(reply.text)).errors?.[0]?.path, field);
      }
    }
  });

  test("a query that is unknown, repeated or out of bounds is refused and named", async () => {
    const lists = all.filter((route) => route.query && "limit" in route.query.shape);
    assert.ok(lists.length >= 7);
    for (const route of lists) {
      const path = route.path.replace(":id", "lena");
      const own = "customerId" in (route.query?.shape ?? {}) ? "customerId=lena&" : "";
      const queries: [string, string][] = [
        ["limit=0", "limit"],
        ["limit=101", "limit"],
        ["limit=1000000000", "limit"],
        ["limit=-1", "limit"],
        ["limit=1.5", "limit"],
        ["limit=", "limit"],
        ["limit=1&limit=2", "limit"],
        ["limit[]=1", "limit[]"],
        ["cursor=a&cursor=b", "cursor"],
        ["cursor=%00", "cursor"],
        [`cursor=${"a".repeat(2001)}`, "cursor"],
        ["order_by=id", "order_by"],
        ["__proto__=1", "__proto__"],
        ["env_id=other", "env_id"],
      ];
      for (const [query, field] of queries) {
        const reply = await app().client.send("GET", `${path}?${own}${query}`);
        const { errors } = refused(route, reply, "validation_failed");
        assert.ok(
          errors?.some((error) => error.path === field),
          `${route.operationId} ${query}: ${reply.text}`,
        );
      }
      const first = await app().client.send("GET", `${path}?${own}limit=100`);
      assert.equal(first.status, 200);
    }
  });

  test("a made-up position in a cursor of any list is refused", async () => {
    const { client } = app();
    await makeRows();
    was = await fingerprint(app().database);
    for (const path of [
      "/v1/features?",
      "/v1/customers?",
      "/v1/customers/lena/subscriptions?",
      "/v1/grants?customerId=lena&",
      "/v1/ledger?customerId=lena&",
    ]) {
      const page = await client.send("GET", `${path}limit=1`);
      const { nextCursor } = anyPage.parse(JSON.parse(page.text));
      assert.ok(nextCursor, path);
      const parts = z.array(z.unknown()).parse(JSON.parse(Buffer.from(nextCursor, "base64url").toString()));
      for (const id of [
        "x",
        "1:x",
        "x:1",
        ":",
        "99999999999:1",
        "1:99999999999999999999",
        "';--",
        "1:1:1",
        "a".repeat(200),
      ]) {
        const forged = Buffer.from(JSON.stringify([...parts.slice(0, 4), id])).toString("base64url");
        const { status } = await client.send("GET", `${path}limit=1&cursor=${forged}`);
        assert.ok(status === 200 || status === 422, `${path} ${id}: ${status}`);
      }
    }
  });

  async function makeRows(): Promise<void> {
    const { client } = app();
    await client.call(routes.createFeature, { body: { name: "Second" } });
    await client.call(routes.createCustomer, { body: { name: "Second" } });
    await client.call(routes.createSubscription, { params: { id: "lena" }, body: { planId: "pro" } });
    await client.call(routes.createGrant, {
      body: { customerId: "lena", creditTypeId: "credits", amount: 5, category: "promo" },
    });
  }
});
