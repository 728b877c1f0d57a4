import assert from "node:assert/strict";
import { once } from "node:events";
import { chmod, readFile, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { createServerClient } from "@credits-kit/client/server";
import {
  type ProductProcess,
  runProduct,
  type Settings,
  startProductProcess,
  temporaryFolder,
} from "../support/product.ts";

describe("the product on its embedded database, as it comes", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let env: Settings;
  before(async () => {
    folder = await temporaryFolder();
    // A folder that was there before, open to all: what is in it must not be.
    await chmod(folder.path, 0o755);
    // As a person starts it who has configured nothing: the key is one that it makes.
    env = { DATA_DIR: folder.path, BOOTSTRAP_API_KEY: "" };
  });
  after(() => folder[Symbol.asyncDispose]());

  test("it says where it serves, and a second start keeps what the first took", async (t) => {
    const first = await startProductProcess({ env });
    t.after(() => first[Symbol.asyncDispose]());
    const keyPath = join(folder.path, "server-key");
    assert.equal(
      first.output(),
      `server key in ${keyPath}\nready ${first.url}\ndemo http://localhost:${first.port + 1}\n`,
    );
    assert.equal((await stat(keyPath)).mode & 0o777, 0o600);
    assert.equal((await stat(join(folder.path, "database"))).mode & 0o777, 0o700);
    assert.equal((await fetch(first.demoUrl ?? "")).status, 200);
    assert.equal((await fetch(`${first.url}/cdn/latest/credits-balance.js`)).status, 200);

    const client = await clientOf(first, keyPath);
    const event = { id: "kept", customerId: "lumen-lena", featureId: "image" };
    assert.equal((await client.events.report([event])).results[0]?.status, "applied");
    const before = await booksOf(first, keyPath);
    assert.deepEqual(await first.kill("SIGINT"), { code: 0, signal: null });

    const second = await startProductProcess({ env });
    t.after(() => second[Symbol.asyncDispose]());
    assert.deepEqual(await booksOf(second, keyPath), before);
    const again = await (await clientOf(second, keyPath)).events.report([event]);
    assert.equal(again.results[0]?.status, "duplicate");
  });

  test("the audit asks the running product, and reads the files itself once nobody runs", async (t) => {
    const product = await startProductProcess({ env });
    t.after(() => product[Symbol.asyncDispose]());
    const asked = await runProduct(["audit", "--json"], env);
    assert.equal(asked.code, 0, asked.stderr);
    assert.match(asked.stdout, /^\{"pools":\d\d,"entries":\d+,"violations":\[\]\}\n$/);
    const words = await runProduct(["audit"], env);
    assert.match(words.stdout, /^audited \d\d pools, \d+ entries: nothing wrong\n$/);
    await product.kill("SIGKILL");
    assert.deepEqual(await runProduct(["audit", "--json"], env), asked);
  });

  test("one process at a time has the directory, even of several that find a dead one's lock", async (t) => {
    const killed = await startProductProcess({ env });
    assert.deepEqual(await killed.kill("SIGKILL"), { code: null, signal: "SIGKILL" });
    assert.match(await readFile(join(folder.path, "lock"), "utf8"), new RegExp(`"pid":${killed.pid}\\b`));

    const starts = await Promise.allSettled([1, 2, 3].map(() => startProductProcess({ env })));
    const up = starts.flatMap((start) => (start.status === "fulfilled" ? [start.value] : []));
    t.after(() => Promise.all(up.map((product) => product[Symbol.asyncDispose]())));
    assert.equal(up.length, 1);
    const holder = up[0]?.pid;
    const refusal = `${folder.path} is in use by process ${holder}: two processes on one embedded database would lose rows\n`;
    for (const start of starts) {
      if (start.status === "fulfilled") continue;
      assert.match(String(start.reason), /ended with code 1 /);
      assert.ok(String(start.reason).endsWith(`:\n${refusal}`), String(start.reason));
    }
    assert.equal((await fetch(`${up[0]?.url}/readyz`)).status, 200);
  });

  test("a stop that comes the moment the product is ready is an orderly one", async () => {
    await using product = await startProductProcess({ env });
    assert.deepEqual(await product.kill("SIGINT"), { code: 0, signal: null });
  });

  test("a port that is taken is named, and the directory is free again", async (t) => {
    const other = createServer().listen(0);
    t.after(() => other.close());
    await once(other, "listening");
    const address = other.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const refused = await runProduct(["start"], { ...env, PORT: String(port) });
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, new RegExp(`^listen EADDRINUSE: .*:${port}\\. Set PORT to another one`));
    assert.doesNotMatch(refused.stderr, /^ {4}at /m);
    await assert.rejects(stat(join(folder.path, "lock")), { code: "ENOENT" });
  });
});

/** The key that the product wrote for its operator. */
async function clientOf(product: ProductProcess, keyPath: string) {
  return createServerClient({ baseUrl: product.url, apiKey: (await readFile(keyPath, "utf8")).trim() });
}

/** Where every customer's pools stand. */
async function booksOf(product: ProductProcess, keyPath: string): Promise<string[]> {
  const client = await clientOf(product, keyPath);
  const customers = await client.customers.list({ limit: 100 });
  const books = await Promise.all(
    customers.data.map(async ({ id }) => {
      const { balances } = await client.customers.balances(id);
      return balances.map(({ creditTypeId, balance, seq }) => `${id} ${creditTypeId} ${balance} at ${seq}`);
    }),
  );
  assert.equal(books.length, 24);
  return books.flat().sort();
}
