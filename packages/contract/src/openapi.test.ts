import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ERROR_CODES, type ErrorCode } from "./errors.ts";
import { buildOpenApi, codesOf } from "./openapi.ts";
import type { RouteDefinition } from "./routes/define-route.ts";
import { routes } from "./routes/index.ts";
import {
  allSchemas,
  bodySchemas,
  openApiDocument,
  type Operation,
  operationsOf,
  resolve,
} from "./test-support/open-api-document.ts";

const text = JSON.stringify(buildOpenApi({ version: "1.2.3", serverUrl: "https://credits.example" }));
const document = openApiDocument.parse(JSON.parse(text));
const operations = operationsOf(document);
const all = Object.entries<RouteDefinition>(routes);

function operationOf({ operationId }: RouteDefinition): Operation {
  const found = operations.find((operation) => operation.operationId === operationId);
  assert.ok(found, `${operationId} is not in the document`);
  return found;
}

describe("the OpenAPI document", () => {
  test("says which version of the API it is, and where that is served", () => {
    assert.deepEqual(document.info, { title: "Credits Kit", version: "1.2.3" });
    assert.deepEqual(document.servers, [{ url: "https://credits.example" }]);
  });

  test("has every route once, under its own name, and no other", () => {
    const described = operations.map(({ method, path }) => `${method} ${path}`);
    const mounted = all.map(([, { method, path }]) => `${method} ${path.replace(/:(\w+)/g, "{$1}")}`);
    assert.deepEqual(described.sort(), mounted.sort());
    assert.equal(new Set(described).size, all.length);
    const paths = Object.keys(document.paths).map((path) => path.replace(/\{\w+\}/g, "{}"));
    assert.equal(new Set(paths).size, paths.length, "two paths differ only in the name of a parameter");
  });

  test("gives every route an operation id that is unique and the route's key", () => {
    for (const [key, { operationId }] of all) assert.equal(operationId, key);
    const ids = operations.map((operation) => operation.operationId);
    assert.equal(new Set(ids).size, all.length);
    for (const id of ids) assert.match(id, /^[a-z][A-Za-z]+$/);
  });

  test("refers to nothing that it does not have, and has nothing that it does not refer to", () => {
    const refs = allSchemas(document).flatMap(({ schema: { $ref } }) => ($ref === undefined ? [] : [$ref]));
    for (const ref of refs) assert.ok(resolve(document, ref), ref);
    const names = Object.keys(document.components.schemas);
    assert.deepEqual(
      names.filter((name) => !refs.includes(`#/components/schemas/${name}`)),
      [],
    );
  });

  test("writes schemas whose requirements exist and whose examples fit", () => {
    for (const { schema, where } of allSchemas(document)) {
      for (const name of schema.required ?? [])
        assert.ok(Object.hasOwn(schema.properties ?? {}, name), `${where}: ${name}`);
      if (schema.pattern === undefined) continue;
      const pattern = new RegExp(schema.pattern, "u");
      if (typeof schema.example === "string") assert.match(schema.example, pattern, where);
    }
  });

  test("counts the characters of a text as the server does", () => {
    const reasons = allSchemas(document).filter(({ where }) => where === "GrantInput/reason");
    assert.deepEqual(
      reasons.map(({ schema }) => schema.maxLength),
      [200],
    );
  });

  test("closes every request body to unknown keys", () => {
    for (const [key, route] of all.filter(([, { body }]) => body)) {
      for (const schema of bodySchemas(document, operationOf(route))) {
        assert.equal(schema.additionalProperties, false, key);
      }
    }
  });
});

describe("each route of the document", () => {
  for (const [key, route] of all) {
    test(`${key} says what it takes, who may ask, and everything that it can answer`, () => {
      const operation = operationOf(route);
      const security = { server: [{ serverKey: [] }], widget: [{ sessionToken: [] }], public: [] }[
        route.auth
      ];
      assert.deepEqual(operation.security, security);
      assert.equal(operation.requestBody !== undefined, route.body !== undefined);

      const inPath = [...route.path.matchAll(/:(\w+)/g)].map((match) => match[1]);
      const declared = operation.parameters.filter((parameter) => parameter.in === "path");
      assert.deepEqual(
        declared.map(({ name }) => name),
        inPath,
      );
      assert.ok(declared.every(({ required }) => required));
      const names = operation.parameters.map((parameter) => `${parameter.in} ${parameter.name}`);
      assert.equal(new Set(names).size, names.length);

      const statuses = new Set([route.status, ...codesOf(route).map((code) => ERROR_CODES[code].status)]);
      assert.deepEqual(Object.keys(operation.responses).map(Number).sort(), [...statuses].sort());
      for (const code of codesOf(route)) assertTold(operation, code);
    });
  }

  test("with a key or a token can fail to authenticate, be limited, be overloaded or break", () => {
    for (const [, route] of all.filter(([, { auth }]) => auth !== "public")) {
      const codes = ["unauthenticated", "forbidden", "rate_limited", "overloaded", "internal"] as const;
      for (const code of codes) assertTold(operationOf(route), code);
    }
  });

  test("with a body can be sent what is no JSON, too large, of another type or not valid", () => {
    for (const [, route] of all.filter(([, { body }]) => body)) {
      const codes = [
        "malformed_json",
        "payload_too_large",
        "unsupported_media_type",
        "validation_failed",
      ] as const;
      for (const code of codes) assertTold(operationOf(route), code);
    }
  });

  test("that changes something for a server key takes an idempotency key, and can find it used otherwise", () => {
    for (const [key, route] of all) {
      const operation = operationOf(route);
      const unsafe = route.auth === "server" && route.method !== "get";
      assert.equal(
        operation.parameters.some(({ name }) => name === "Idempotency-Key"),
        unsafe,
        key,
      );
      if (unsafe) assertTold(operation, "idempotency_conflict");
    }
  });

  test("that takes no body answers no fault of one", () => {
    for (const route of [routes.archiveCreditType, routes.unarchiveFeature]) {
      const codes: ErrorCode[] = codesOf(route);
      assert.equal(codes.includes("malformed_json"), false, route.operationId);
      assert.ok(codes.includes("idempotency_conflict"), route.operationId);
    }
  });

  test("that archives can find its thing in use", () => {
    for (const route of [routes.archiveCreditType, routes.archiveFeature]) {
      assertTold(operationOf(route), "in_use");
    }
  });

  test("that spends only what is there can find too little, and its id used for something else", () => {
    for (const route of [routes.consume, routes.placeHold]) {
      for (const code of ["insufficient_credits", "idempotency_conflict"] as const) {
        assertTold(operationOf(route), code);
      }
    }
  });

  test("that ends or changes a hold can find it closed", () => {
    for (const route of [routes.captureHold, routes.releaseHold, routes.extendHold]) {
      assertTold(operationOf(route), "hold_closed");
    }
  });

  test("that takes credits can find them out of range", () => {
    const takingCredits = [
      routes.createGrant,
      routes.createPlan,
      routes.revokeGrant,
      routes.reportEvents,
      routes.reverseEvent,
      routes.consume,
      routes.placeHold,
      routes.captureHold,
      routes.checkCustomer,
      routes.checkCustomerByQuery,
    ];
    for (const route of takingCredits) {
      assertTold(operationOf(route), "amount_out_of_range");
    }
  });

  test("that reports one bare event answers with the event's own fault", () => {
    const faults = [
      "insufficient_credits",
      "not_found",
      "event_id_conflict",
      "no_active_subscription",
    ] as const;
    const others = ["feature_not_mapped", "timestamp_out_of_window"] as const;
    for (const code of [...faults, ...others]) assertTold(operationOf(routes.reportEvents), code);
  });
});

/** That a code is listed under its status, with a problem for an answer. */
function assertTold({ operationId, responses }: Operation, code: ErrorCode): void {
  const response = responses[ERROR_CODES[code].status];
  assert.ok(response, `${operationId} never answers ${ERROR_CODES[code].status}`);
  assert.ok(response.description.split(", ").includes(code), `${operationId} does not list ${code}`);
  const problem = { schema: { $ref: "#/components/schemas/Problem" } };
  assert.deepEqual(response.content, { "application/problem+json": problem });
}
