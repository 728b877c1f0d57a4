import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { test } from "node:test";
import { runProduct, temporaryFolder } from "../support/product.ts";

const BAD = {
  PORT: "seventy",
  DATABASE_URL: "mysql://localhost/credits",
  BOOTSTRAP_API_KEY: "short",
  SESSION_SIGNING_KEY: "guessable",
  ALLOWED_ORIGINS: "https://app.example.com/path",
  TRUST_PROXY: "everybody",
  LOG_LEVEL: "loud",
  SEED_DEMO: "perhaps",
};

for (const command of ["start", "audit"]) {
  test(`${command} names every bad setting at once, and the value of none`, async () => {
    const { code, stdout, stderr } = await runProduct([command], BAD);
    assert.equal(code, 1);
    assert.equal(stdout, "");
    const [headline, ...named] = stderr.trimEnd().split("\n");
    assert.equal(headline, "The configuration is not usable:");
    assert.deepEqual(named.map((line) => /^ {2}(\w+) must /.exec(line)?.[1]).sort(), Object.keys(BAD).sort());
    for (const value of Object.values(BAD)) assert.ok(!stderr.includes(value), value);
  });
}

test("real money on the embedded database is refused", async () => {
  await using folder = await temporaryFolder();
  const refused = await runProduct(["start"], {
    DATA_DIR: folder.path,
    STRIPE_SECRET_KEY: "sk_live_of_a_test",
  });
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /STRIPE_SECRET_KEY is live/);
  assert.deepEqual(await readdir(folder.path), []);
});

test("the audit of a directory that is empty, or not there, finds no pools and makes nothing", async () => {
  await using folder = await temporaryFolder();
  for (const DATA_DIR of [folder.path, `${folder.path}/missing`]) {
    const words = await runProduct(["audit"], { DATA_DIR });
    assert.deepEqual(words, {
      code: 0,
      signal: null,
      stdout: "audited 0 pools, 0 entries: nothing wrong\n",
      stderr: "",
    });
    const json = await runProduct(["audit", "--json"], { DATA_DIR });
    assert.equal(json.stdout, '{"pools":0,"entries":0,"violations":[]}\n');
  }
  assert.deepEqual(await readdir(folder.path), []);
});

test("an unknown command is told the known ones", async () => {
  const { code, stderr } = await runProduct(["strat"]);
  assert.equal(code, 1);
  assert.match(stderr, /unknown command strat: there are start, audit/);
});
