import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { type ErrorCode, routes } from "@credits-kit/contract";
import {
  oneEngine,
  expectProblem,
  fingerprint,
  fromNow,
  Shop,
  useTestApp,
} from "../../test-support/index.ts";

const DAY_MS = 86_400_000;

/** What is wrong with an item, where, and what it is told. */
const BAD_ITEMS: readonly (readonly [string, object, ErrorCode, string])[] = [
  ["an unknown customer", { customerId: "nobody" }, "not_found", "customerId"],
  ["an unknown feature", { featureId: "nothing" }, "not_found", "featureId"],
  ["a feature without a rate", { featureId: "video" }, "feature_not_mapped", "featureId"],
  ["no id", { id: undefined }, "validation_failed", "id"],
  ["an empty id", { id: "" }, "validation_failed", "id"],
  ["an id with NUL", { id: "a\0b" }, "validation_failed", "id"],
  ["an id that is half a character", { id: "\ud800" }, "validation_failed", "id"],
  ["an id of 129 characters", { id: "x".repeat(129) }, "validation_failed", "id"],
  ["a number as id", { id: 7 }, "validation_failed", "id"],
  ["no customer", { customerId: undefined }, "validation_failed", "customerId"],
  ["a key that nobody knows", { quantitty: 5 }, "validation_failed", "quantitty"],
  ["a prototype", JSON.parse('{"__proto__":{"quantity":5}}'), "validation_failed", "__proto__"],
  ["NaN", { quantity: "NaN" }, "validation_failed", "quantity"],
  ["a negative quantity", { quantity: -1 }, "validation_failed", "quantity"],
  ["seven decimals", { quantity: "0.0000001" }, "validation_failed", "quantity"],
  ["a quantity of null", { quantity: null }, "validation_failed", "quantity"],
  ["a list as quantity", { quantity: [5] }, "validation_failed", "quantity"],
  ["10^400 in digits", { quantity: "1".padEnd(401, "0") }, "validation_failed", "quantity"],
  ["more than 10^12", { quantity: "1000000000001" }, "amount_out_of_range", "quantity"],
  [
    "a time 34 days and a second old",
    { timestamp: fromNow(-34 * DAY_MS - 1000) },
    "timestamp_out_of_window",
    "timestamp",
  ],
  ["a time 6 minutes ahead", { timestamp: fromNow(6 * 60_000) }, "timestamp_out_of_window", "timestamp"],
  ["a time without offset", { timestamp: "2026-03-01T12:00:00" }, "validation_failed", "timestamp"],
  ["30 February", { timestamp: "2025-02-30T12:00:00Z" }, "validation_failed", "timestamp"],
  ["the resource none", { resourceId: "none" }, "validation_failed", "resourceId"],
  ["an unknown limit", { limit: "none" }, "validation_failed", "limit"],
  ["a list in dimensions", { dimensions: { model: ["xl"] } }, "validation_failed", "dimensions.model"],
  [
    "a prototype in dimensions",
    JSON.parse('{"dimensions":{"__proto__":"xl"}}'),
    "validation_failed",
    "dimensions.__proto__",
  ],
];

oneEngine((engine) => {
  const app = useTestApp(engine);
  const shop = new Shop(() => app().client);
  let customerId = "";
  const event = (more: object = {}) => ({ id: "bad", customerId, featureId: "email", ...more });
  before(async () => {
    await shop.open();
    customerId = await shop.customer({ credits: "1000" });
  });

  describe("an event with", () => {
    for (const [what, change, code, path] of BAD_ITEMS) {
      test(`${what} is named, in a batch and alone, and changes nothing`, async () => {
        const rows = await fingerprint(app().database);
        const [result] = await shop.post([event(change)]);
        assert.deepEqual(
          [result?.status, result?.error?.code, result?.error?.path],
          ["rejected", code, path],
        );
        const reply = await app().client.send("POST", "/v1/events", { json: event(change) });
        const { errors, detail } = expectProblem(reply, code === "not_found" ? 404 : 422, code);
        assert.equal(errors?.[0]?.path, path);
        assert.ok(detail.length < 300, detail);
        assert.deepEqual(await fingerprint(app().database), rows);
      });
    }
  });

  test("bad items are named in their places, and the good ones between them apply", async () => {
    const good = (id: string) => event({ id });
    const bad = [
      null,
      5,
      "event",
      [],
      [event()],
      {},
      event({ quantity: {} }),
      ...BAD_ITEMS.map(([, change]) => event(change)),
    ];
    const results = await shop.post([
      good("g0"),
      ...bad.flatMap((item, index) => [item, good(`g${index + 1}`)]),
    ]);
    results.forEach(({ id, status, error }, index) => {
      assert.equal(status, index % 2 === 0 ? "applied" : "rejected", `item ${index}`);
      if (index % 2 === 0) assert.equal(id, `g${index / 2}`);
      else assert.ok(error);
    });
    const paths = results.flatMap(({ error }) => (error ? [error.path] : []));
    assert.deepEqual(paths, ["", "", "", "", "", "id", "quantity", ...BAD_ITEMS.map(([, , , path]) => path)]);
    assert.deepEqual(results[1]?.error, {
      path: "",
      code: "validation_failed",
      message: "must be an object",
    });
    const seqs = results.flatMap(({ seq, status }) => (status === "applied" ? [seq] : []));
    assert.deepEqual(
      seqs,
      seqs.map((_, index) => index + (seqs[0] ?? 0)),
    );
  });

  test("an item whose faulty key is a megabyte long is told so in few words", async () => {
    const reply = await app().client.send("POST", "/v1/events", {
      json: {
        events: [event({ ["k".repeat(700_000)]: 1 }), event({ dimensions: { ["k\n".repeat(99_000)]: "v" } })],
      },
    });
    assert.equal(reply.status, 200);
    assert.ok(reply.text.length < 1000, `${reply.text.length} characters`);
  });

  test("a number that JSON takes and nobody can mean is a bad item", async () => {
    const texts = ["1e400", "-1e400", "1e21", "1e-9", "123456789.1234567", "9007199254740993"];
    const raw = texts.map((text) => JSON.stringify(event()).replace("}", `,"quantity":${text}}`)).join();
    const reply = await app().client.send("POST", "/v1/events", { raw: `{"events":[${raw}]}` });
    const { results } = routes.reportEvents.answer.parse(JSON.parse(reply.text));
    assert.deepEqual(
      results.map(({ error }) => error?.path),
      texts.map(() => "quantity"),
    );
  });

  test("an event within the window is taken to the last seconds", async () => {
    const results = await shop.post([
      event({ id: "old", timestamp: fromNow(-34 * DAY_MS + 10_000), limit: "soft" }),
      event({ id: "ahead", timestamp: fromNow(4 * 60_000 + 50_000) }),
    ]);
    // Nobody subscribed 34 days ago: it is the price that is missing, not the time that is wrong.
    assert.deepEqual(
      results.map(({ status, error }) => error?.code ?? status),
      ["no_active_subscription", "applied"],
    );
  });

  test("an envelope that is none is refused as a whole, and changes no row", async () => {
    const rows = await fingerprint(app().database);
    const send = (raw: string, headers = {}) => app().client.send("POST", "/v1/events", { raw, headers });
    const batch = (count: number) => Array.from({ length: count }, (_, index) => event({ id: `n${index}` }));
    for (const [raw, status, code, path] of [
      ["{", 400, "malformed_json"],
      [`{"events":[${JSON.stringify(event())}]`, 400, "malformed_json"],
      [`{"events":[${JSON.stringify(event())}]} {}`, 400, "malformed_json"],
      [`{"quantity":1e400,"x":NaN}`, 400, "malformed_json"],
      ["", 400, "malformed_json"],
      ["null", 422, "validation_failed", ""],
      [JSON.stringify([event()]), 422, "validation_failed", ""],
      [JSON.stringify({ events: batch(1)[0] }), 422, "validation_failed", "events"],
      [JSON.stringify({ events: [] }), 422, "validation_failed", "events"],
      [JSON.stringify({ events: batch(1001) }), 422, "validation_failed", "events"],
      [JSON.stringify({ events: batch(1), dryRun: true }), 422, "validation_failed", "dryRun"],
      [JSON.stringify({ events: batch(1), pad: "x".repeat(2_000_000) }), 413, "payload_too_large"],
    ] as const) {
      const { errors } = expectProblem(await send(raw), status, code);
      if (path !== undefined) assert.equal(errors?.[0]?.path, path, raw.slice(0, 80));
    }
    const [one] = batch(1);
    for (const type of [
      "text/plain",
      "application/x-www-form-urlencoded",
      "application/json; charset=utf-16",
    ]) {
      expectProblem(await send(JSON.stringify(one), { "Content-Type": type }), 415, "unsupported_media_type");
    }
    const stranger = { json: one, credential: "ck_test_of_nobody_at_all" };
    expectProblem(await app().client.send("POST", "/v1/events", stranger), 401, "unauthenticated");
    assert.deepEqual(await fingerprint(app().database), rows);
  });

  test("a bare event that does not fit says what it needs and what there is", async () => {
    const poor = await shop.customer({ credits: "12" });
    const reply = await app().client.send("POST", "/v1/events", {
      json: event({ customerId: poor, quantity: 20 }),
    });
    expectProblem(reply, 402, "insufficient_credits");
    const body: unknown = JSON.parse(reply.text);
    assert.partialDeepStrictEqual(body, { required: "20", available: "12", balance: "12", seq: 1 });
  });

  test("a bare event answers with a status of its own: 404, 409, 422", async () => {
    const send = (json: object) => app().client.send("POST", "/v1/events", { json });
    const [used, alone] = [event({ id: "used" }), await shop.customer({ plan: null, credits: "5" })];
    await shop.post([used]);
    expectProblem(await send({ ...used, quantity: 2 }), 409, "event_id_conflict");
    expectProblem(await send(event({ customerId: alone })), 409, "no_active_subscription");
    expectProblem(await send(event({ featureId: "video" })), 422, "feature_not_mapped");
    expectProblem(await send(event({ customerId: "nobody" })), 404, "not_found");
  });
});
