import assert from "node:assert/strict";
import { before, test } from "node:test";
import { routes, type WidgetLedger } from "@credits-kit/contract";
import { oneEngine, expectProblem, mint, Shop, useTestApp } from "../../test-support/index.ts";

oneEngine((engine) => {
  const app = useTestApp(engine);
  const shop = new Shop(() => app().client);
  const read = async (credential: string, query: Record<string, string> = {}): Promise<WidgetLedger> =>
    (await app().client.call(routes.getWidgetLedger, { credential, query })).body;
  const session = (customerId: string) => mint(app().client, customerId);
  const seqs = ({ data }: WidgetLedger) => data.map(({ seq }) => seq);
  before(() => shop.open());

  /** A customer with a grant, two users' usage, a reversal, a hold and a revocation. */
  async function busy(): Promise<string> {
    const customerId = await shop.customer();
    const grant = await shop.grant(customerId, { reason: "Goodwill" });
    await shop.burn({ id: "e1", customerId, featureId: "image", userId: "ada" });
    await shop.burn({ id: "e2", customerId, featureId: "email", userId: "bob" });
    await shop.reverse(customerId, "e2");
    await shop.hold(customerId, { id: "h1", amount: "2" });
    await shop.release(customerId, "h1");
    await shop.revoke(grant.id, "3");
    return customerId;
  }

  test("a session sees its customer's ledger: what moved, by whom and for what, without the host's names and notes", async () => {
    const customerId = await busy();
    await shop.customer({ credits: "999" });
    const ledger = await read(await session(customerId));
    const told = ledger.data.toReversed().map((entry) => {
      const { type, delta, endBalance, source, actor, feature, userId } = entry;
      return [type, delta, endBalance, source.kind, source.id, actor.kind, feature?.label ?? null, userId];
    });
    const grantId = (await shop.grants(customerId))[0]?.id;
    assert.deepEqual(told, [
      ["granted", "100", "100", "api", null, "host", null, null],
      ["consumed", "-5", "95", "event", "e1", "host", "image", "ada"],
      ["consumed", "-1", "94", "event", "e2", "host", "email", "bob"],
      ["reversed", "1", "95", "event", "e2", "host", "email", "bob"],
      ["hold_placed", "0", "95", "hold", "h1", "host", null, null],
      ["hold_released", "0", "95", "hold", "h1", "host", null, null],
      ["revoked", "-3", "92", "api", null, "host", null, null],
    ]);
    assert.ok(ledger.data.every(({ purchase }) => purchase === null));
    assert.deepEqual(ledger.data.at(0)?.grantIds, [grantId]);
    assert.equal(ledger.creditTypes[0]?.name, "The credits");
    const full = await shop.ledger(customerId);
    const text = JSON.stringify(ledger);
    for (const secret of ["Goodwill", "Asked for", "Never came", full[0]?.actor.id, full[0]?.requestId])
      assert.ok(!text.includes(secret ?? "?"), String(secret));
  });

  test("filters, subtotals with names and days of a zone are those of the server's list", async () => {
    const customerId = await busy();
    await shop.grant(customerId, { creditTypeId: "tokens" });
    const token = await session(customerId);
    const filters: Record<string, string>[] = [
      { type: "consumed" },
      { source: "event" },
      { featureId: "image" },
      { userId: "bob" },
      { creditTypeId: "tokens" },
      { resourceId: "none", from: "2020-01-01T00:00:00Z", timeField: "occurredAt" },
      { to: "2020-01-01T00:00:00Z" },
    ];
    for (const query of filters) {
      const server = await app().client.call(routes.listLedger, { query: { ...query, customerId } });
      assert.deepEqual(
        seqs(await read(token, query)),
        server.body.data.map(({ seq }) => seq),
        JSON.stringify(query),
      );
    }
    for (const groupBy of ["day", "type", "source", "feature", "user"]) {
      const query = { groupBy, limit: "1", timeZone: "Asia/Kathmandu" };
      const server = await app().client.call(routes.listLedger, { query: { ...query, customerId } });
      const { groups = [] } = await read(token, query);
      const plain = groups.map(({ label: _label, ...group }) => group);
      assert.deepEqual(plain, server.body.groups);
      assert.ok(groups.length > 0);
      assert.ok(groups.every(({ key, label }) => label === key));
    }
    await app().client.call(routes.updateFeature, { params: { id: "trace" }, body: { name: "A trace" } });
    await shop.burn({ id: "e9", customerId, featureId: "trace" });
    const { groups = [], data } = await read(token, { groupBy: "feature", type: "consumed" });
    assert.deepEqual(data[0]?.feature, { id: "trace", label: "A trace" });
    assert.ok(groups.some(({ key, label }) => key === "trace" && label === "A trace"));
  });

  test("pages have every entry once, though others are written meanwhile", async () => {
    const customerId = await shop.customer({ credits: "1000" });
    await shop.grant(customerId, { creditTypeId: "tokens" });
    await shop.post(
      Array.from({ length: 30 }, (_, index) => ({ id: `e${index}`, customerId, featureId: "email" })),
    );
    const token = await session(customerId);
    const seen: string[] = [];
    let cursor: string | null = null;
    let extra = 0;
    do {
      const page: WidgetLedger = await read(token, { limit: "10", ...(cursor === null ? {} : { cursor }) });
      seen.push(...page.data.map(({ creditTypeId, seq }) => `${creditTypeId} ${seq}`));
      cursor = page.nextCursor;
      extra += 1;
      await shop.burn({ id: `x${extra}`, customerId, featureId: "email" });
    } while (cursor !== null);
    assert.equal(seen.length, 32);
    assert.equal(new Set(seen).size, 32);
  });

  test("another customer's cursor, or what is not known, is refused", async () => {
    const [mine, theirs] = [await busy(), await busy()];
    const { nextCursor } = await read(await session(theirs), { limit: "1" });
    for (const [query, path] of [
      [{ cursor: nextCursor ?? "" }, "cursor"],
      [{ customerId: theirs }, "customerId"],
      [{ type: "spent" }, "type"],
      [{ groupBy: "actor" }, "groupBy"],
      [{ timeZone: "+02:00" }, "timeZone"],
    ] as const) {
      const reply = await app().client.send("GET", `/widget/ledger?${new URLSearchParams(query)}`, {
        credential: await session(mine),
      });
      assert.equal(expectProblem(reply, 422, "validation_failed").errors?.[0]?.path, path);
    }
  });
});
