import assert from "node:assert/strict";
import { test } from "node:test";
import * as widgets from "@credits-kit/widgets";
import manifest from "@credits-kit/widgets/package.json" with { type: "json" };

test("the elements can be imported where there is no page, and register nothing there", async () => {
  assert.equal(typeof widgets.CreditsBalance, "function");
  await import("@credits-kit/widgets/define");
});

test("the kit knows its own version", () => {
  assert.equal(widgets.VERSION, manifest.version);
});
