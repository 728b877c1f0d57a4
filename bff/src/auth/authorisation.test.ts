import assert from "node:assert/strict";
import { test } from "node:test";
import type { ErrorCode, RouteDefinition } from "@credits-kit/contract";
import { createApiKey } from "./api-key.ts";
import { allRoutes, expectRefusal, GOOD, useAttackedApp } from "../test-support/attacked-app.ts";
import { oneEngine, mint, TEST_KEY } from "../test-support/index.ts";
import { revokeApiKey } from "../storage/auth/api-keys.ts";

/** A credential, and what a route of each kind says of it; null where it is let in. */
interface Credential {
  readonly name: string;
  readonly header: string | null;
  /** Appended to the address: a credential has no business there. */
  readonly query?: string;
  readonly origin?: string;
  readonly server: ErrorCode | null;
  readonly widget: ErrorCode | null;
}

const HOST = "https://host.example";

/*
 * Every route with every kind of credential. A route that is new is in here by itself, and one that lets in whom it should
 * not fails; that nothing was changed by those refused is checked after each test.
 */
oneEngine((engine) => {
  const { app, send, settle } = useAttackedApp(engine);

  test("each route lets in whom it is for, and says to everybody else why not", async () => {
    const all = await credentials();
    await settle();
    for (const credential of all) {
      const { name } = credential;
      for (const route of allRoutes) {
        if (route.auth === "public") continue;
        const expected = credential[route.auth];
        // What is let in is tried by the routes' own tests; here it would change rows or leave streams open.
        if (expected === null || isTheirs(route, name)) continue;
        const reply = await send(withQuery(route, credential.query), {
          credential: null,
          headers: headersOf(credential),
          ...(route.body ? { json: GOOD[route.operationId] } : {}),
        });
        const told = `${route.operationId} with ${credential.name}: ${reply.status} ${reply.text}`;
        assert.ok([401, 403].includes(reply.status), told);
        expectRefusal(route, reply, expected);
        assert.equal(reply.headers.has("www-authenticate"), reply.status === 401, told);
        if ((credential.header?.length ?? 0) > 20)
          assert.ok(!reply.text.includes(credential.header?.slice(7) ?? ""), told);
      }
    }
  });

  test("reading routes let in whom they are for", async () => {
    const session = await mint(app().client, "lena", { scopes: ["read", "top_up", "settings"] });
    for (const route of allRoutes) {
      if (route.method !== "get" || route.answer === "text/event-stream") continue;
      const credential = { server: TEST_KEY, widget: session, public: null }[route.auth];
      const query = route.query ? "?customerId=lena" : "";
      const reply = await app().client.send("GET", `${route.path.replace(":id", "lena")}${query}`, {
        credential,
      });
      assert.ok(![401, 403].includes(reply.status), `${route.operationId}: ${reply.status} ${reply.text}`);
    }
  });

  test("a session is refused what its scopes do not name", async () => {
    const scopes = ["read", "top_up", "settings"] as const;
    for (const route of allRoutes) {
      if (route.auth !== "widget") continue;
      const others = scopes.filter((scope) => scope !== (route.scope ?? "read"));
      const credential = await mint(app().client, "lena", { scopes: others });
      const body = route.body ? { json: GOOD[route.operationId] } : {};
      expectRefusal(route, await send(route, { credential, ...body }), "insufficient_scope");
    }
  });

  test("a refused stranger is not read: not even a body that is none", async () => {
    for (const route of allRoutes.filter(({ body }) => body !== undefined)) {
      const reply = await send(route, { credential: null, raw: "{".repeat(100) });
      expectRefusal(route, reply, "unauthenticated");
    }
  });

  async function credentials(): Promise<Credential[]> {
    const { client, database } = app();
    const revoked = await createApiKey(database, { name: "revoked", mode: "test" });
    await revokeApiKey(database, revoked.id);
    const session = await mint(client, "lena");
    const [header = "", payload = "", signature = ""] = session.split(".");
    const everybody = { server: "unauthenticated", widget: "unauthenticated" } as const;
    return [
      { name: "nothing", header: null, ...everybody },
      { name: "another scheme", header: `Basic ${TEST_KEY}`, ...everybody },
      { name: "an empty credential", header: "Bearer ", ...everybody },
      { name: "a key that never was", header: `Bearer ck_test_${"0".repeat(48)}`, ...everybody },
      { name: "half a key", header: `Bearer ${TEST_KEY.slice(0, -1)}`, ...everybody },
      { name: "a revoked key", header: `Bearer ${revoked.key}`, ...everybody },
      { name: "a key in the address", header: null, query: `access_token=${TEST_KEY}`, ...everybody },
      { name: "a token in the address", header: null, query: `token=${session}`, ...everybody },
      { name: "a token without its signature", header: `Bearer ${header}.${payload}.`, ...everybody },
      {
        name: "a token of another signature",
        header: `Bearer ${header}.${payload}.${flip(signature)}`,
        ...everybody,
      },
      { name: "a server key", header: `Bearer ${TEST_KEY}`, server: null, widget: "forbidden" },
      { name: "a session", header: `Bearer ${session}`, server: "forbidden", widget: null },
      {
        name: "a session that may only change settings",
        header: `Bearer ${await mint(client, "lena", { scopes: ["settings"] })}`,
        server: "forbidden",
        widget: "insufficient_scope",
      },
      {
        name: "a session of another page",
        header: `Bearer ${await mint(client, "lena", { origins: [HOST] })}`,
        origin: "https://host.example.evil.com",
        server: "forbidden",
        widget: "forbidden",
      },
    ];
  }
});

/** Some routes are for a session that others refuse. */
function isTheirs({ scope }: RouteDefinition, credential: string): boolean {
  return scope === "settings" && credential === "a session that may only change settings";
}

function headersOf({ header, origin }: Credential): Record<string, string> {
  return {
    ...(header === null ? {} : { Authorization: header }),
    ...(origin === undefined ? {} : { Origin: origin }),
  };
}

function withQuery(route: RouteDefinition, query?: string): RouteDefinition {
  return query === undefined ? route : { ...route, path: `${route.path}?${query}` };
}

/** Another signature of the same form. */
function flip(signature: string): string {
  return (signature.startsWith("A") ? "B" : "A") + signature.slice(1);
}
