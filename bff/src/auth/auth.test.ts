import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { decodeProtectedHeader, SignJWT, UnsecuredJWT } from "jose";
import { revokeApiKey } from "../storage/auth/api-keys.ts";
import { oneEngine, openTestPostgres, type TestDatabase } from "../test-support/index.ts";
import { createApiKey } from "./api-key.ts";
import { ApiKeys } from "./api-keys.ts";
import { ensureBootstrapKey } from "./bootstrap-key.ts";
import { SessionTokens } from "./session-tokens.ts";

const ISSUER = "https://credits.test";
const KEY = "a signing key of thirty-two bytes";

oneEngine((engine) => {
  let held: TestDatabase | null = null;
  const database = () => {
    assert.ok(held);
    return held.database;
  };
  before(async () => {
    held = await engine.open();
  });
  after(() => held?.close());

  describe("server keys", () => {
    test("a created key is found; its text is nowhere in the database", async () => {
      const { id, key } = await createApiKey(database(), { name: "ci", mode: "test" });
      assert.match(key, /^ck_test_[0-9a-f]{16}_[0-9a-f]{48}$/);
      assert.equal((await new ApiKeys(database(), Date.now).find(key))?.id, id);
      const rows = await database().writer.selectFrom("api_keys").selectAll().execute();
      assert.ok(!JSON.stringify(rows).includes(key));
    });

    test("what is no key is not found, and asks the database nothing if it cannot be one", async () => {
      const keys = new ApiKeys(database(), Date.now);
      for (const key of [
        "",
        "short",
        "x".repeat(256),
        `ck_test_${"0".repeat(60)}`,
        "with space in it aaaa",
        "\0".repeat(20),
      ]) {
        assert.equal(await keys.find(key), null);
      }
    });

    test("a revoked key is refused within a minute on every replica", async () => {
      let now = 0;
      const { id, key } = await createApiKey(database(), { name: "leaked", mode: "test" });
      const elsewhere = new ApiKeys(database(), () => now);
      assert.ok(await elsewhere.find(key));
      assert.equal(await revokeApiKey(database(), id), true);
      assert.equal(await revokeApiKey(database(), id), false);
      now = 59_000;
      assert.equal(await elsewhere.find(key), null);
      assert.equal(await new ApiKeys(database(), Date.now).find(key), null);
    });

    test("of replicas that start at once, one is told the key that they share", async () => {
      const config = { bootstrapApiKey: null, mode: "test" } as const;
      const url = held?.url ?? null;
      const others = url === null ? [] : [await openTestPostgres(url), await openTestPostgres(url)];
      try {
        const replicas = [database(), ...others, database(), ...others];
        const made = await Promise.all(replicas.map((replica) => ensureBootstrapKey(replica, config)));
        const [key, ...more] = made.map((result) => result.key).filter((text) => text !== null);
        assert.ok(key && more.length === 0);
        assert.equal((await new ApiKeys(database(), Date.now).find(key))?.name, "bootstrap");
        assert.deepEqual(await ensureBootstrapKey(database(), config), { key: null });
      } finally {
        await Promise.all(others.map((other) => other.close()));
      }
    });

    test("a configured key works from the first start, and the one before it no longer", async () => {
      const [first, second] = ["configured-key-number-1", "configured-key-number-2"];
      const start = (bootstrapApiKey: string) =>
        ensureBootstrapKey(database(), { bootstrapApiKey, mode: "test" });
      const works = async (key: string) => (await new ApiKeys(database(), Date.now).find(key)) !== null;
      await Promise.all([start(first), start(first)]);
      assert.equal(await works(first), true);
      await start(second);
      assert.deepEqual([await works(first), await works(second)], [false, true]);
      await assert.rejects(start(first), /revoked/);
    });
  });

  describe("session tokens", () => {
    const nowMs = Date.now();
    const tokens = (signingKey: string | null = KEY, now = nowMs) =>
      new SessionTokens({ database: database(), signingKey, issuer: ISSUER, now: () => now });
    const session = {
      customerId: "auth0|lena",
      userId: "user-1",
      scopes: ["read", "top_up"],
      origins: ["https://app.test"],
    } as const;

    test("a token says what was signed", async () => {
      const { token, expiresAtMs } = await tokens().sign(session, 60);
      assert.deepEqual(await tokens().verify(token), { ...session, expiresAtMs });
      const plain = { ...session, userId: null, origins: [] };
      const signed = await tokens().sign(plain, 60);
      assert.deepEqual(await tokens().verify(signed.token), { ...plain, expiresAtMs: signed.expiresAtMs });
    });

    test("a token ends when it says, and never lives longer than ten minutes", async () => {
      const { token, expiresAtMs } = await tokens().sign(session, 3600);
      assert.ok(expiresAtMs - nowMs <= 600_000);
      assert.ok(await tokens(KEY, expiresAtMs - 1000).verify(token));
      assert.equal(await tokens(KEY, expiresAtMs).verify(token), null);
      assert.equal(await tokens(KEY, nowMs - 5000).verify(token), null);
    });

    test("without a configured key, replicas share one that is made once", async () => {
      const { token } = await tokens(null).sign(session, 60);
      assert.ok(await tokens(null).verify(token));
      assert.equal(await tokens().verify(token), null);
    });

    test("a token that is forged in any part is refused", async () => {
      const { token } = await tokens().sign(session, 60);
      const [header = "", payload = "", signature = ""] = token.split(".");
      const { kid } = decodeProtectedHeader(token);
      const seconds = Math.floor(nowMs / 1000);
      const claims = {
        sub: "lena",
        scp: ["read"],
        iss: ISSUER,
        aud: "credits-widget",
        jti: "1",
        iat: seconds,
        exp: seconds + 60,
      };
      const forge = (change: object, changeHeader: object = {}) =>
        new SignJWT({ ...claims, ...change })
          .setProtectedHeader({ alg: "HS256", typ: "widget+jwt", kid, ...changeHeader })
          .sign(new TextEncoder().encode(KEY));
      assert.ok(await tokens().verify(await forge({})));
      const forged = await Promise.all([
        forge({ aud: "other" }),
        forge({ aud: ["credits-widget", "other"] }),
        forge({ iss: "https://evil.test" }),
        forge({ exp: seconds + 601 }),
        forge({ iat: seconds + 30, exp: seconds + 60 }),
        forge({ iat: seconds - 700 }),
        forge({ exp: seconds - 1 }),
        forge({ nbf: seconds + 30 }),
        forge({ exp: undefined }),
        forge({ iat: undefined }),
        forge({ jti: undefined }),
        forge({ sub: undefined }),
        forge({ sub: ["lena"] }),
        forge({ sub: "" }),
        forge({ scp: [] }),
        forge({ scp: ["admin"] }),
        forge({ act: 7 }),
        forge({}, { typ: "JWT" }),
        forge({}, { typ: undefined }),
        forge({}, { kid: undefined }),
        forge({}, { kid: "../../dev/null" }),
        forge({}, { kid: "' or 1=1 --" }),
        forge({}, { kid: undefined, jwk: { kty: "oct", k: "AAAA" }, jku: "https://evil.test/keys" }),
        forge({}, { alg: "HS512" }),
      ]);
      const unsigned = new UnsecuredJWT(claims).encode();
      const torn = [
        `${header}.${payload}.`,
        `${header}.${payload}.${signature}x`,
        `${payload}.${header}.${signature}`,
        "a.b.c",
        "..",
      ];
      for (const bad of [...forged, unsigned, ...torn]) assert.equal(await tokens().verify(bad), null, bad);
    });
  });
});
