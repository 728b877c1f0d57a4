import assert from "node:assert/strict";
import { test } from "node:test";
import { cutConnections, eachEngine, eventually } from "../test-support/index.ts";
import type { LiveHub } from "./hub.ts";
import { type Relay, startRelay } from "./relay.ts";

/** A hub that writes down what it hears. */
function recorder() {
  const heard: string[] = [];
  const hub: LiveHub = {
    poolsChanged: (ids) => void heard.push(...ids),
    catalogueChanged: () => void heard.push("catalogue"),
    refreshAll: () => void heard.push("refresh"),
    listen: () => () => undefined,
    watch: () => undefined,
    listenersOf: () => 0,
    close: () => undefined,
  };
  return { heard, hub };
}

eachEngine((engine) => {
  // The embedded database has one process, and nobody to tell.
  if (engine.name !== "Postgres") return;

  test("what one replica says every other one hears, and not itself, through a lost connection, to its last word", async () => {
    const { database, url, close } = await engine.open();
    assert.ok(url);
    const errors: unknown[] = [];
    const [one, two] = [recorder(), recorder()];
    const start = (hub: LiveHub): Relay =>
      startRelay({ database, url, hub, onError: (error) => errors.push(error) });
    const [first, second] = [start(one.hub), start(two.hub)];
    const listen = () =>
      eventually("listening", () => [one, two].every(({ heard }) => heard.includes("refresh")));
    try {
      await listen();
      first.poolsChanged(["lena", "auth0|max@studio"]);
      second.catalogueChanged();
      await eventually("the news", () => two.heard.length === 3 && one.heard.includes("catalogue"));
      assert.deepEqual(two.heard, ["refresh", "lena", "auth0|max@studio"]);
      assert.deepEqual(one.heard, ["refresh", "catalogue"]);

      const many = Array.from({ length: 3000 }, (_, index) => `customer-with-a-longer-id-${index}`);
      first.poolsChanged(many);
      await eventually("all of many", () => two.heard.length === 3003);
      assert.deepEqual(two.heard.slice(3), many);

      for (const { heard } of [one, two]) heard.length = 0;
      await cutConnections(url);
      await listen();
      first.poolsChanged(["after"]);
      await eventually("the news after the loss", () => two.heard.includes("after"));

      first.poolsChanged(["last"]);
      await first.close();
      await eventually("the last word", () => two.heard.includes("last"));
    } finally {
      await first.close();
      await second.close();
      await close();
    }
  });
});
