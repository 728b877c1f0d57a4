import assert from "node:assert/strict";
import { test } from "node:test";
import { brotliCompressSync, gzipSync } from "node:zlib";
import {
  expectRefusal,
  GOOD,
  manyKeys,
  routesWithBody,
  useAttackedApp,
} from "../test-support/attacked-app.ts";
import { oneEngine } from "../test-support/index.ts";

const MEGABYTE = 1_048_576;

oneEngine((engine) => {
  const { send } = useAttackedApp(engine);

  test("each route that takes a body has a good one here", () => {
    assert.deepEqual(Object.keys(GOOD).sort(), routesWithBody.map((route) => route.operationId).sort());
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
    for (const route of routesWithBody) {
      for (const raw of broken) expectRefusal(route, await send(route, { raw }), "malformed_json");
      const invalid = Uint8Array.of(0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d);
      expectRefusal(route, await send(route, { raw: invalid }), "malformed_json");
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
    for (const route of routesWithBody) {
      const json = GOOD[route.operationId];
      for (const type of types) {
        expectRefusal(
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
        expectRefusal(route, await send(route, packed), "unsupported_media_type");
      }
    }
  });

  test("a body beyond a megabyte is refused", async () => {
    for (const route of routesWithBody) {
      const raw = JSON.stringify({ ...GOOD[route.operationId], name: "x".repeat(2 * MEGABYTE) });
      expectRefusal(route, await send(route, { raw }), "payload_too_large");
      const oneTooMany = `{"name":"${"x".repeat(MEGABYTE - 10)}"}`;
      expectRefusal(route, await send(route, { raw: oneTooMany }), "payload_too_large");
    }
  });

  test("another shape, a key that is not known or reaches for the prototype is refused and named", async () => {
    for (const route of routesWithBody) {
      for (const json of [null, [], [1], "text", 1, true, [{}]]) {
        expectRefusal(route, await send(route, { json }), "validation_failed");
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
        const { errors } = expectRefusal(route, await send(route, { raw }), "validation_failed");
        assert.ok(
          errors?.some((error) => error.path === key),
          `${route.operationId} ${key}: ${JSON.stringify(errors)}`,
        );
      }
      const huge = JSON.stringify({ ...GOOD[route.operationId], ...manyKeys(50_000) });
      expectRefusal(route, await send(route, { raw: huge }), "validation_failed");
    }
    assert.ok(!("polluted" in {}));
  });
});
