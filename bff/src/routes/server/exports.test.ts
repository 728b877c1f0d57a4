import assert from "node:assert/strict";
import { before, test } from "node:test";
import { EXPORT_KINDS } from "@credits-kit/contract";
import { z } from "zod";
import { askCsv, askExport } from "../../services/exports/test-support/asking.ts";
import { oneEngine, expectProblem, fromNow, Shop, useTestApp } from "../../test-support/index.ts";

const DAY = 24 * 60 * 60 * 1000;
const usd = (amount: string) => ({ amount, currency: "usd" });

oneEngine((engine) => {
  const app = useTestApp(engine);
  const shop = new Shop(() => app().client);
  before(() => shop.open());

  test("the ledger's export is the ledger: every entry of all customers, with references and grants", async () => {
    const [one, other] = [await shop.customer({ plan: "soft" }), await shop.customer({ credits: "9" })];
    const grant = await shop.grant(one, {
      amount: "12",
      category: "paid",
      costBasis: usd("0.1"),
      externalReference: "=inv 1",
      reason: 'Paid, "at last"',
    });
    await shop.burn({
      id: "e1",
      customerId: one,
      featureId: "image",
      userId: "ada",
      dimensions: { model: "xl" },
    });
    await shop.burn({ id: "e2", customerId: one, featureId: "image", quantity: 3 });
    await shop.burn({ id: "e1", customerId: other, featureId: "email" });

    const { rows } = await askExport(app().client, "ledger");
    for (const customerId of [one, other]) {
      const own = rows.filter((row) => row.customer_id === customerId);
      const entries = await shop.ledger(customerId);
      assert.deepEqual(
        own.map((row) => [
          row.seq,
          row.type,
          row.delta,
          row.end_balance,
          row.overage_change,
          row.at,
          row.grant_ids,
        ]),
        entries.map((each) => [
          ...[each.seq, each.type, each.delta, each.endBalance, each.overageChange, each.at],
          each.grants.map(({ grantId }) => grantId),
        ]),
      );
    }
    const [granted, first] = await askCsv(app().client, "ledger", { customerId: one });
    assert.equal(granted?.["external_reference"], "'=inv 1");
    assert.equal(granted["reason"], 'Paid, "at last"');
    assert.equal(granted["resource_id"], null);
    assert.equal(first?.["delta"], "-5");
    assert.deepEqual(JSON.parse(first["dimensions"] ?? ""), { model: "xl" });
    assert.deepEqual(
      [first["user_id"], first["source_id"], first["external_reference"]],
      ["ada", "e1", "'=inv 1"],
    );
    assert.deepEqual(JSON.parse(first["grant_ids"] ?? ""), [grant.id]);
  });

  test("allocations say which grant paid what of each event, and at what cost", async () => {
    const customerId = await shop.customer();
    const promo = await shop.grant(customerId, { amount: "3" });
    const paid = await shop.grant(customerId, { amount: "10", category: "paid", costBasis: usd("0.0123") });
    await shop.burn({ id: "e1", customerId, featureId: "image" });
    await shop.reverse(customerId, "e1");
    const { rows } = await askExport(app().client, "allocations", { customerId });
    assert.deepEqual(
      rows
        .slice(2)
        .map((row) => [
          row.type,
          row.event_id,
          row.grant_id,
          row.category,
          row.amount,
          row.cost,
          row.currency,
        ]),
      [
        ["consumed", "e1", promo.id, "promo", "-3", null, null],
        ["consumed", "e1", paid.id, "paid", "-2", "-0.0246", "usd"],
        ["reversed", "e1", promo.id, "promo", "3", null, null],
        ["reversed", "e1", paid.id, "paid", "2", "0.0246", "usd"],
      ],
    );
  });

  test("usage is what burned, with what took it back, and both add up", async () => {
    const customerId = await shop.customer({ credits: "100" });
    await shop.burn({
      id: "e1",
      customerId,
      featureId: "image",
      quantity: "1.5",
      userId: "ada",
      dimensions: { n: 1 },
    });
    await shop.consume(customerId, { id: "c1", amount: "4" });
    await shop.hold(customerId, { id: "h1", featureId: "email", quantity: 7 });
    await shop.capture(customerId, { id: "h1", quantity: 2 });
    await shop.reverse(customerId, "e1");
    const { rows } = await askExport(app().client, "usage", { customerId });
    assert.deepEqual(
      rows.map((row) => [
        ...[
          row.type,
          row.source_kind,
          row.event_id,
          row.feature_id,
          row.user_id,
          row.quantity,
          row.dimensions,
        ],
        ...[row.credits, row.reversed_by_seq, row.reverses_seq],
      ]),
      [
        ["consumed", "event", "e1", "image", "ada", "1.5", { n: 1 }, "7.5", rows[3]?.seq, null],
        ["consumed", "consume", "c1", null, null, null, null, "4", null, null],
        ["consumed", "hold", "h1", "email", null, "2", null, "2", null, null],
        ["reversed", "event", "e1", "image", "ada", "-1.5", { n: 1 }, "-7.5", null, rows[0]?.seq],
      ],
    );
  });

  test("grants are what the API says of them, and come again once anything about them changed", async () => {
    const customerId = await shop.customer();
    const [one, other] = [
      await shop.grant(customerId, { amount: "5" }),
      await shop.grant(customerId, { amount: "6" }),
    ];
    const all = await askExport(app().client, "grants", { customerId });
    assert.deepEqual(
      all.rows.map((row) => [row.grant_id, row.amount, row.remaining, row.status, row.category]),
      [
        [one.id, "5", "5", "active", "promo"],
        [other.id, "6", "6", "active", "promo"],
      ],
    );
    await shop.updateGrant(other.id, { metadata: { order: "7" }, externalReference: "ref-7" });
    const changed = await askExport(app().client, "grants", { customerId, since: all.cursor });
    assert.deepEqual(
      changed.rows.map((row) => [row.grant_id, row.metadata, row.external_reference]),
      [[other.id, { order: "7" }, "ref-7"]],
    );
    await shop.burn({ id: "e1", customerId, featureId: "image" });
    const burned = await askExport(app().client, "grants", { customerId, since: changed.cursor });
    assert.deepEqual(
      burned.rows.map((row) => [row.grant_id, row.remaining, row.consumed, row.status]),
      [[one.id, "0", "5", "depleted"]],
    );
    assert.deepEqual(
      (await askExport(app().client, "grants", { customerId, since: burned.cursor })).rows,
      [],
    );
  });

  test("revenue follows a grant from payment to its last credit", async () => {
    const customerId = await shop.customer({ plan: "soft" });
    await shop.burn({ id: "before", customerId, featureId: "email" });
    await shop.grant(customerId, { amount: "50" });
    const paid = await shop.grant(customerId, {
      ...{
        amount: "100",
        category: "paid",
        costBasis: usd("0.335"),
        priority: 0,
        externalReference: "inv-9",
      },
      expiresAt: fromNow(DAY),
    });
    const scheduled = await shop.grant(customerId, {
      ...{
        amount: "3",
        category: "paid",
        costBasis: { amount: "7", currency: "jpy" },
        effectiveAt: fromNow(DAY),
      },
    });
    await shop.consume(customerId, { id: "c1", amount: "53" });
    await shop.revoke(paid.id, "2");
    const { rows, cursor } = await askExport(app().client, "revenue", { customerId });
    const month = new Date().toISOString().slice(0, 7);
    const told = rows.map((row) => [
      row.grant_id,
      row.month,
      row.currency,
      row.paid_minor,
      row.recognised_minor,
    ]);
    const recognised = { minor: "1776", exact: "17.755" };
    // The promo grant, which is free, has no revenue; 53 credits went on it last.
    assert.deepEqual(told, [
      [paid.id, month, "usd", "3350", recognised.minor],
      [scheduled.id, month, "jpy", "21", "0"],
    ]);
    const [row] = rows;
    assert.deepEqual([row?.recognised, row?.refunded, row?.refunded_minor], [recognised.exact, "0.67", "67"]);
    assert.equal(Number(row?.deferred_minor), 3350 - 1776 - 67);
    assert.equal(row?.external_reference, "inv-9");
    await shop.consume(customerId, { id: "c2", amount: "1" });
    const later = await askExport(app().client, "revenue", { customerId, since: cursor });
    assert.deepEqual(
      later.rows.map((each) => [each.grant_id, each.month, each.recognised_minor]),
      [[paid.id, month, "1809"]],
    );
  });

  test("filters narrow an export, and its cursor belongs to them", async () => {
    const customerId = await shop.customer({ plan: null });
    for (const grant of [{ resourceId: "team-1" }, { creditTypeId: "tokens" }, {}])
      await shop.grant(customerId, grant);
    const asked = (filters: Record<string, string>) =>
      askExport(app().client, "ledger", { customerId, ...filters });
    const pools = async (filters: Record<string, string>) =>
      (await asked(filters)).rows.map((row) => `${row.credit_type_id}/${row.resource_id}`).sort();
    assert.deepEqual(await pools({}), ["credits/null", "credits/team-1", "tokens/null"]);
    assert.deepEqual(await pools({ creditTypeId: "tokens" }), ["tokens/null"]);
    assert.deepEqual(await pools({ resourceId: "team-1" }), ["credits/team-1"]);
    assert.deepEqual(await pools({ resourceId: "none", creditTypeId: "credits" }), ["credits/null"]);
    assert.deepEqual(await pools({ to: fromNow(-DAY) }), []);
    assert.equal((await pools({ from: fromNow(-DAY), to: fromNow(DAY) })).length, 3);
    for (const kind of EXPORT_KINDS) {
      const { rows } = await askExport(app().client, kind, { customerId, from: fromNow(40 * DAY) });
      assert.deepEqual(rows, []);
    }

    const { cursor } = await asked({});
    const refused = async (path: string) => {
      const problem = expectProblem(await app().client.send("GET", path), 422, "validation_failed");
      assert.deepEqual(
        problem.errors?.map((error) => error.path),
        ["since"],
      );
    };
    await refused(`/v1/exports/ledger?since=${cursor}`);
    await refused(`/v1/exports/usage?customerId=${customerId}&since=${cursor}`);
    await refused(`/v1/exports/ledger?customerId=${customerId}&since=x`);
    // As after a restored backup, which knows nothing of this cut.
    const parts = z.array(z.unknown()).parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
    const forged = Buffer.from(JSON.stringify(parts.with(3, "AAAAAAAAAAAA"))).toString("base64url");
    await refused(`/v1/exports/ledger?customerId=${customerId}&since=${forged}`);
    expectProblem(await app().client.send("GET", "/v1/exports/ledger?customerId=nobody"), 404, "not_found");
    expectProblem(await app().client.send("GET", "/v1/exports/ledger?format=xlsx"), 422, "validation_failed");
  });
});
