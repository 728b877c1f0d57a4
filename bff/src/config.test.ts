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
    stripe: null,
    checkoutMinutes: 60,
    bootstrapApiKey: null,
    sessionSigningKey: null,
    allowedOrigins: "local",
    trustProxy: false,
    logLevel: "info",
    seedDemo: true,
    demoHost: "127.0.0.1",
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
    STRIPE_PUBLISHABLE_KEY: "pk_live_x",
    STRIPE_WEBHOOK_SECRET: " whsec_new12345 , whsec_old12345,",
    STRIPE_API_BASE: "https://stripe.example.com/",
    PATH: "anything else",
  });
  assert.equal(config.port, 4321);
  assert.equal(config.publicUrl, "https://credits.example.com");
  assert.equal(config.mode, "live");
  assert.deepEqual(config.stripe, {
    mode: "live",
    secretKey: "sk_live_x",
    publishableKey: "pk_live_x",
    webhookSecrets: ["whsec_new12345", "whsec_old12345"],
    apiBase: "https://stripe.example.com",
  });
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
    STRIPE_PUBLISHABLE_KEY: "canary",
    STRIPE_WEBHOOK_SECRET: "whsec_12345678,canary",
    STRIPE_API_BASE: "https://x.example.com/canary",
    STRIPE_CHECKOUT_MINUTES: "canary",
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

const LIVE = {
  DATABASE_URL: "postgres://db/credits",
  STRIPE_SECRET_KEY: "rk_live_canary",
  STRIPE_WEBHOOK_SECRET: "whsec_canary123",
};

test("keys of Stripe that do not go together are refused at the start, and never shown (pitfall 5, pitfall 26, pitfall 27)", () => {
  assert.equal(parseConfig(LIVE).stripe?.mode, "live");
  for (const [wrong, about] of [
    [{ STRIPE_PUBLISHABLE_KEY: "pk_test_canary" }, /STRIPE_PUBLISHABLE_KEY is a test key/],
    [{ STRIPE_WEBHOOK_SECRET: "" }, /STRIPE_WEBHOOK_SECRET is missing/],
    [{ STRIPE_WEBHOOK_SECRET: " , " }, /STRIPE_WEBHOOK_SECRET is missing/],
    [{ STRIPE_API_BASE: "http://stripe.example.com" }, /STRIPE_API_BASE is not https/],
    [{ STRIPE_SECRET_KEY: "sk_test_canary", STRIPE_PUBLISHABLE_KEY: "pk_live_canary" }, /is a live key/],
  ] as const) {
    assert.throws(
      () => parseConfig({ ...LIVE, ...wrong }),
      (error: unknown) => {
        assert.ok(error instanceof ConfigError);
        assert.match(error.message, about);
        assert.doesNotMatch(error.message, /canary/);
        return true;
      },
    );
  }
});

test("with a test key, webhooks may be missing: reconciliation finds what they would have told", () => {
  assert.deepEqual(parseConfig({ STRIPE_SECRET_KEY: "rk_test_1" }).stripe?.webhookSecrets, []);
});
