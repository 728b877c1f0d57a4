import assert from "node:assert/strict";
import { test } from "node:test";
import { isChromiumVersion } from "./chromium.ts";
import { isFirefoxVersion } from "./firefox.ts";
import { accountOf, majorVersion } from "./postgres-binaries.ts";

test("a Chromium is told from the stub that asks for a snap", () => {
  assert.ok(isChromiumVersion("Chromium 156.0.8078.79 built on Debian GNU/Linux 12 (bookworm)"));
  assert.ok(isChromiumVersion("Google Chrome 153.0.8010.0"));
  assert.ok(isChromiumVersion("HeadlessChrome 153.0.8010.0"));
  const stub = "Command '/usr/bin/chromium-browser' requires the chromium snap to be installed.";
  assert.ok(!isChromiumVersion(stub));
  assert.ok(!isChromiumVersion(""));
});

test("a Firefox is told from the stub that asks for a snap", () => {
  assert.ok(isFirefoxVersion("Mozilla Firefox 153.7.0esr"));
  assert.ok(!isFirefoxVersion("Command '/usr/bin/firefox' requires the firefox snap to be installed."));
});

test("the major version of a Postgres", () => {
  assert.equal(majorVersion("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"), 15);
  assert.equal(majorVersion("postgres (PostgreSQL) 19beta1"), 19);
  assert.equal(majorVersion("something else"), 0);
});

test("an account is read by its whole name", () => {
  const passwd = "root:x:0:0::/root:/bin/sh\npostgresql:x:7:8::/:/bin/sh\npostgres:x:101:104::/:/bin/sh\n";
  assert.deepEqual(accountOf(passwd, "postgres"), { uid: 101, gid: 104 });
  assert.equal(accountOf(passwd, "nobody"), undefined);
});
