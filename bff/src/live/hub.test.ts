import assert from "node:assert/strict";
import { test } from "node:test";
import type { WidgetBalances } from "@credits-kit/contract";
import { eventually } from "../test-support/eventually.ts";
import type { Listener } from "./feed.ts";
import { createLiveHub } from "./hub.ts";

/** A hub over customers whose names count the reads of them; reads wait for nothing unless they are held. */
function hubUnderTest() {
  const reads: string[] = [];
  const errors: unknown[] = [];
  let reading = async (): Promise<void> => undefined;
  const hub = createLiveHub({
    read: async (customerId) => {
      reads.push(customerId);
      const nth = reads.length;
      await reading();
      return balances(`${customerId} read ${nth}`);
    },
    onError: (error) => errors.push(error),
  });
  return { hub, reads, errors, setReading: (next: () => Promise<void>) => (reading = next) };
}

/** Writes down what a stream is told. */
function recorder(): Listener & { readonly told: string[] } {
  const told: string[] = [];
  return {
    told,
    balances: ({ customerId }) => told.push(customerId),
    resync: () => told.push("resync"),
    bye: () => told.push("bye"),
  };
}

test("a flood of changes costs few reads, and one for all streams of a customer", async () => {
  const { hub, reads } = hubUnderTest();
  const [first, second] = [recorder(), recorder()];
  hub.listen("lena", first);
  hub.listen("lena", second);
  await eventually("the first balances", () => first.told.length > 0);
  for (let index = 0; index < 10_000; index += 1) hub.poolsChanged(["lena"]);
  await eventually("the change", () => reads.length >= 2);
  hub.poolsChanged(["lena"]);
  await eventually("the next change", () => reads.length >= 3 && first.told.length === reads.length);
  assert.equal(reads.length, 3);
  assert.deepEqual(first.told, second.told);
});

test("a watcher is told of every change, of whomever, before any stream", async () => {
  const { hub, reads } = hubUnderTest();
  const told: string[] = [];
  hub.watch({
    poolsChanged: (customerIds) => told.push([...customerIds].join(" ")),
    anythingChanged: () => told.push("anything"),
  });
  hub.poolsChanged(new Set(["max", "lena"]).values());
  hub.catalogueChanged();
  hub.refreshAll();
  assert.deepEqual([told, reads], [["max lena", "anything", "anything"], []]);
});

test("customers without a stream are never read, nor those whose streams have left", async () => {
  const { hub, reads } = hubUnderTest();
  hub.poolsChanged(["max", "lena"]);
  hub.catalogueChanged();
  hub.refreshAll();
  const stream = recorder();
  const stop = hub.listen("lena", stream);
  assert.equal(hub.listenersOf("lena"), 1);
  await eventually("the first balances", () => stream.told.length > 0);
  stop();
  stop();
  hub.poolsChanged(["lena"]);
  assert.equal(hub.listenersOf("lena"), 0);
  assert.deepEqual(reads, ["lena"]);
});

test("a change that comes while balances are read is told, too", async () => {
  const { hub, setReading } = hubUnderTest();
  const { promise, resolve } = Promise.withResolvers<void>();
  setReading(() => promise);
  const stream = recorder();
  hub.listen("lena", stream);
  hub.poolsChanged(["lena"]);
  resolve();
  await eventually("the second balances", () => stream.told.length === 2);
  assert.deepEqual(stream.told, ["lena read 1", "lena read 2"]);
});

test("names that change while balances are read are announced with balances that were read after", async () => {
  const { hub, setReading } = hubUnderTest();
  const { promise, resolve } = Promise.withResolvers<void>();
  setReading(() => promise);
  const stream = recorder();
  hub.listen("lena", stream);
  hub.catalogueChanged();
  resolve();
  await eventually("the second balances", () => stream.told.length === 3);
  assert.deepEqual(stream.told, ["lena read 1", "resync", "lena read 2"]);
});

test("balances that could not be read are read again, without waiting for the next change", async () => {
  const { hub, errors, setReading } = hubUnderTest();
  setReading(async () => {
    setReading(async () => undefined);
    throw new Error("out of reach");
  });
  const stream = recorder();
  hub.listen("lena", stream);
  hub.catalogueChanged();
  await eventually("the balances", () => stream.told.length > 0);
  assert.deepEqual(stream.told, ["resync", "lena read 2"]);
  assert.equal(errors.length, 1);
});

test("a closing hub says goodbye to all, and to whoever comes later", () => {
  const { hub } = hubUnderTest();
  const [first, late] = [recorder(), recorder()];
  const stop = hub.listen("lena", first);
  hub.close();
  hub.listen("lena", late)();
  stop();
  assert.deepEqual([first.told, late.told], [["bye"], ["bye"]]);
  assert.equal(hub.listenersOf("lena"), 0);
});

function balances(customerId: string): WidgetBalances {
  return { customerId, canTopUp: false, canChangeSettings: false, balances: [] };
}
