import assert from "node:assert/strict";
import { test } from "node:test";
import { expectProblem, pglite, useTestApp } from "../test-support/index.ts";

const app = useTestApp(pglite);

test("the type of a problem leads to a page that explains its code", async () => {
  const { type } = expectProblem(await app().client.send("GET", "/v1/customers/nobody"), 404, "not_found");
  const { pathname, hash } = new URL(type);
  const page = await app().client.send("GET", pathname);
  assert.equal(page.status, 200);
  assert.ok(page.text.includes(`id="${hash.slice(1)}"`));
});
