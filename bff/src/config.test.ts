import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { ConfigError, parseConfig } from "./config.ts";

test("with nothing set, everything has its default", () => {
  assert.deepEqual(parseConfig({}), {
    port: 4000,
    publicUrl: "http://localhost:4000",
    mode: "test",
    database: { kind: "pglite", directory: join(".credits-kit", "database") },
    dataDir: ".credits-kit",
    bootstrapApiKey: null,
    sessionSigningKey: null,
    allowedOrigins: "local",
    trustProxy: false,
    logLevel: "info",
    seedDemo: true,
  });
});

test("what is set counts, and an empty value is none", () => {
  const config = parseConfig({
    PORT: "4321",
    PUBLIC_URL: "https://credits.example.com/",
    DATABASE_URL: "postgres://app:secret@db/credits",
    DATABASE_MIGRATION_URL: "postgresql://owner@db/credits",
    ALLOWED_ORIGINS: "https://app.example.com, https://www.example.com",
    TRUST_PROXY: "loopback, 10.0.0.0/8",
    LOG_LEVEL: "",
    STRIPE_SECRET_KEY: "sk_live_x",
    PATH: "anything else",
  });
  assert.equal(config.port, 4321);
  assert.equal(config.publicUrl, "https://credits.example.com");
  assert.equal(config.mode, "live");
  assert.deepEqual(config.database, {
    kind: "postgres",
    url: "postgres://app:secret@db/credits",
    migrationUrl: "postgresql://owner@db/credits",
  });
  assert.deepEqual(config.allowedOrigins, ["https://app.example.com", "https://www.example.com"]);
  assert.deepEqual(config.trustProxy, ["loopback", "10.0.0.0/8"]);
  assert.equal(config.logLevel, "info");
  assert.equal(config.seedDemo, false);
  assert.ok(Object.isFrozen(config));
});

test("a Postgres has no allowed origins of its own, and one proxy is a number", () => {
  const config = parseConfig({ DATABASE_URL: "postgres://db/credits", TRUST_PROXY: "1", SEED_DEMO: "true" });
  assert.deepEqual(config.allowedOrigins, []);
  assert.equal(config.trustProxy, 1);
  assert.equal(config.seedDemo, true);
  assert.equal(config.mode, "test");
});

test("every bad key is named at once, and no value is repeated", () => {
  const bad = {
    PORT: "70000",
    PUBLIC_URL: "ftp://canary",
    DATABASE_URL: "mysql://canary",
    DATABASE_MIGRATION_URL: "canary",
    STRIPE_SECRET_KEY: "canary",
    BOOTSTRAP_API_KEY: "canary",
    SESSION_SIGNING_KEY: "canary",
    ALLOWED_ORIGINS: "https://ok.example.com,canary",
    TRUST_PROXY: "true",
    LOG_LEVEL: "canary",
    SEED_DEMO: "canary",
  };
  assert.throws(
    () => parseConfig(bad),
    (error: unknown) => {
      assert.ok(error instanceof ConfigError);
      for (const key of Object.keys(bad)) assert.match(error.message, new RegExp(`^  ${key} `, "m"));
      assert.doesNotMatch(error.message, /canary/);
      return true;
    },
  );
});

test("a live Stripe key needs a Postgres", () => {
  for (const STRIPE_SECRET_KEY of ["sk_live_1", "rk_live_1"]) {
    assert.throws(() => parseConfig({ STRIPE_SECRET_KEY }), /DATABASE_URL/);
  }
  assert.equal(parseConfig({ STRIPE_SECRET_KEY: "sk_test_1" }).mode, "test");
});
