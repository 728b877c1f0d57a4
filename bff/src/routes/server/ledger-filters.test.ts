import assert from "node:assert/strict";
import { before, test } from "node:test";
import { type LedgerEntry, routes } from "@credits-kit/contract";
import { oneEngine, expectProblem, Shop, useTestApp } from "../../test-support/index.ts";

oneEngine((engine) => {
  const app = useTestApp(engine);
  const shop = new Shop(() => app().client);
  const list = async (query: Record<string, string | number>) =>
    (await app().client.call(routes.listLedger, { query })).body;
  const typesOf = (entries: readonly LedgerEntry[]) =>
    entries.map(({ type, source }) => `${type} by ${source.kind}`);
  before(() => shop.open());

  /** A pool with a bit of everything. */
  async function lively() {
    const customerId = await shop.customer({ plan: "soft" });
    const first = await shop.grant(customerId, { amount: "10" });
    const second = await shop.grant(customerId, { amount: "10" });
    await shop.burn({ id: "e1", customerId, featureId: "email" });
    await shop.consume(customerId, { id: "c1", amount: "11" });
    await shop.reverse(customerId, "e1");
    await shop.hold(customerId, { id: "h1", amount: "2" });
    await shop.extend(customerId, "h1", 3600);
    await shop.capture(customerId, { id: "h1", amount: "1" });
    await shop.updateGrant(second.id, { priority: 3, reason: "Later" });
    await shop.burn({ id: "e2", customerId, featureId: "image", quantity: 2 });
    return { customerId, first, second };
  }

  test("the kind of source finds what events, consumption, holds and people did", async () => {
    const { customerId } = await lively();
    const all = (await list({ customerId, limit: 100 })).data;
    for (const source of new Set(all.map((entry) => entry.source.kind))) {
      const { data } = await list({ customerId, limit: 100, source });
      assert.deepEqual(
        data,
        all.filter((entry) => entry.source.kind === source),
        source,
      );
    }
    const consumed = await list({ customerId, source: "consume" });
    assert.deepEqual(typesOf(consumed.data), ["consumed by consume"]);
    assert.deepEqual((await list({ customerId, source: "top_up" })).data, []);
  });

  test("an entry about a hold names it, whether it places, extends, captures or releases", async () => {
    const { customerId } = await lively();
    await shop.grant(customerId, { amount: "100" });
    await shop.hold(customerId, { id: "h2", amount: "3" });
    await shop.release(customerId, "h2");
    const all = (await list({ customerId, limit: 100 })).data;
    const about = (id: string) => all.filter(({ holdId }) => holdId === id).map(({ type }) => type);
    assert.deepEqual(about("h2"), ["hold_released", "hold_placed"]);
    assert.ok(about("h1").includes("updated") && about("h1").includes("consumed"));
    assert.ok(all.every((entry) => entry.holdId === null || entry.source.kind === "hold"));
  });

  test("a grant's entries are those that draw on it or are about it", async () => {
    const { customerId, first, second } = await lively();
    const all = (await list({ customerId, limit: 100 })).data;
    for (const { id } of [first, second]) {
      const { data } = await list({ customerId, limit: 100, grantId: id });
      const expected = all.filter(({ grants }) => grants.some(({ grantId }) => grantId === id));
      assert.deepEqual(data, expected);
      assert.equal(data.at(-1)?.type, "granted");
    }
    const ofSecond = (await list({ customerId, limit: 100, grantId: second.id })).data;
    assert.ok(ofSecond.some(({ type, reason }) => type === "updated" && reason === "Later"));
    const paged: LedgerEntry[] = [];
    for (let cursor: string | null = ""; cursor !== null;) {
      const page = await list({
        customerId,
        limit: 2,
        grantId: second.id,
        ...(cursor === "" ? {} : { cursor }),
      });
      paged.push(...page.data);
      cursor = page.nextCursor;
    }
    assert.deepEqual(paged, ofSecond);
    const burned = await list({ customerId, grantId: second.id, type: "consumed", source: "event" });
    assert.ok(burned.data.every(({ type, source }) => type === "consumed" && source.kind === "event"));
  });

  test("a grant that is not the customer's has no entries here", async () => {
    const { customerId } = await lively();
    const { first: theirs } = await lively();
    assert.deepEqual((await list({ customerId, grantId: theirs.id })).data, []);
    assert.deepEqual((await list({ customerId, grantId: "gr_none" })).data, []);
  });

  test("a grant that waits has its entry, though that draws nothing", async () => {
    const customerId = await shop.customer();
    const effectiveAt = new Date(Date.now() + 3_600_000).toISOString();
    const { id } = await shop.grant(customerId, { effectiveAt });
    await shop.grant(customerId);
    const { data } = await list({ customerId, grantId: id });
    assert.deepEqual(
      data.map(({ type, grants }) => [type, grants]),
      [["granted", [{ grantId: id, amount: "0" }]]],
    );
  });

  test("a cursor of other filters is refused, and so is what is no kind of source", async () => {
    const { customerId, first } = await lively();
    const cursor = (await list({ customerId, limit: 1 })).nextCursor ?? "";
    for (const [query, path] of [
      [{ cursor, source: "event" }, "cursor"],
      [{ cursor, grantId: first.id }, "cursor"],
      [{ source: "Event" }, "source"],
      [{ source: "" }, "source"],
      [{ grantId: "a b" }, "grantId"],
      [{ groupBy: "month" }, "groupBy"],
      [{ groupBy: "day", timeZone: "Mars/Base" }, "timeZone"],
    ] as const) {
      const asked = new URLSearchParams({ customerId, ...query });
      const reply = await app().client.send("GET", `/v1/ledger?${asked}`);
      const problem = expectProblem(reply, 422, "validation_failed");
      assert.equal(problem.errors?.[0]?.path, path, JSON.stringify(query));
    }
  });
});
