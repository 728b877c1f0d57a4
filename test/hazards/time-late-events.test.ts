import assert from "node:assert/strict";
import { test } from "node:test";
import { type LedgerEntry, routes } from "@credits-kit/contract";
import { fromNow } from "../../bff/src/test-support/index.ts";
import { countEach, post, readAll, sumOf, wholeLedger } from "./answers.ts";
import { onTwoReplicas } from "./deployments.ts";

const DAY_MS = 86_400_000;

onTwoReplicas(({ shop, at, atOnce }) => {
  /** Every line draws on grants that were in the ledger before it. */
  function assertPaidByOlder(lines: readonly LedgerEntry[]): void {
    const known = new Set<string>();
    for (const { type, source, grants, seq } of lines) {
      for (const { grantId } of grants) {
        if (type === "granted") known.add(grantId);
        assert.ok(known.has(grantId), `line ${seq} (${type} ${source.id}) draws on a later grant`);
      }
    }
  }

  // Elsewhere, the usage of a closed period was worked out again, and consumed credits that were granted after it. Here
  // a line of the ledger is never worked out again: it draws on what was there when it was taken.
  test("usage that was taken is never paid by a grant that came later (complaint 39)", async () => {
    const customerId = await shop.customer({ plan: null });
    const since = { startsAt: fromNow(-30 * DAY_MS) };
    await shop.subscribe(customerId, { planId: "hard", ...since });
    const use = (id: string, more: object = {}) => ({ id, customerId, featureId: "image", ...more });
    const first = await shop.grant(customerId, { amount: "12" });
    const timestamp = fromNow(-20 * DAY_MS);
    const early = await at(1).shop.post(["a", "b", "c"].map((id) => use(id, { timestamp })));
    assert.deepEqual(countEach(early.map(({ status }) => status)), { applied: 2, rejected: 1 });
    const later = await shop.grant(customerId, { amount: "100" });
    assert.equal((await at(1).shop.balance(customerId)).balance, "102");
    const [denied] = (await at(1).shop.events(customerId)).filter(({ id }) => id === "c");
    assert.deepEqual([denied?.status, denied?.delta], ["denied", null]);

    // A late event is taken now: by what is there now, whatever day it is of.
    const late = await at(1).shop.burn(use("late", { timestamp }));
    assert.deepEqual([late.delta, late.balance, late.seq], ["-5", "97", 5]);
    const lines = await wholeLedger(at(1).client, customerId);
    const line = lines.at(-1);
    assert.deepEqual(line?.grants, [
      { grantId: first.id, amount: "-2" },
      { grantId: later.id, amount: "-3" },
    ]);
    assert.equal(line?.occurredAt, timestamp);
    assert.ok((line?.at ?? "") >= (lines[3]?.at ?? "~"));
    assertPaidByOlder(lines);
  });

  test("overage is repaid by the next grant in a line of its own, and its usage stays as it was (complaint 39)", async () => {
    const customerId = await shop.customer({ plan: "soft", credits: "3" });
    await shop.burn({ id: "over", customerId, featureId: "image" });
    const taken = (await wholeLedger(at(1).client, customerId))[1];
    const later = await shop.grant(customerId, { amount: "10" });
    const lines = await wholeLedger(at(1).client, customerId);
    assert.deepEqual(lines[1], taken);
    assert.deepEqual([taken?.overageChange, taken?.grants.length], ["2", 1]);
    assert.deepEqual(
      lines.slice(2).map(({ type, grants }) => [type, grants]),
      [
        ["granted", [{ grantId: later.id, amount: "10" }]],
        ["overage_repaid", [{ grantId: later.id, amount: "-2" }]],
      ],
    );
  });

  test("grants and late usage at once: each line draws on what was granted before it (complaint 39)", async () => {
    const customerId = await shop.customer({ plan: null });
    await shop.subscribe(customerId, { planId: "soft", startsAt: fromNow(-30 * DAY_MS) });
    await atOnce(40, ({ client }, turn) =>
      turn % 4 === 0
        ? post(client, "/v1/grants", { customerId, creditTypeId: "credits", amount: "12", category: "promo" })
        : post(client, "/v1/events", {
            ...{ id: `e${turn}`, customerId, featureId: "image" },
            ...(turn % 4 === 1 ? { timestamp: fromNow(-turn * 3_600_000) } : {}),
          }),
    );
    const lines = await wholeLedger(at(1).client, customerId);
    assertPaidByOlder(lines);
    const times = lines.map(({ at: time }) => time);
    assert.deepEqual(times, times.toSorted());
    assert.equal((await shop.balance(customerId)).balance, "-30");
  });

  // Elsewhere, of events with one timestamp all were priced as the last one. Here an event is one by its id, and its
  // time only says which price is in force.
  test("a hundred events with one timestamp are priced and burned one by one (complaint 41)", async () => {
    const customerId = await shop.customer({ plan: null, credits: "100000" });
    await shop.subscribe(customerId, { planId: "hard", startsAt: fromNow(-10 * DAY_MS) });
    const timestamp = fromNow(-DAY_MS);
    const numbers = Array.from({ length: 100 }, (_, index) => index + 1);
    const events = numbers.map((n) => ({
      ...{ id: `e${n}`, customerId, timestamp },
      ...(n % 2 === 0 ? { featureId: "image", quantity: n } : { featureId: "email", quantity: `${n}.25` }),
    }));
    const prices = numbers.map((n) => (n % 2 === 0 ? `-${n * 5}` : `-${n}.25`));
    const halves = [events.slice(0, 50), events.slice(50)];
    const results = (await atOnce(2, ({ shop: there }, turn) => there.post(halves[turn] ?? []))).flat();
    assert.deepEqual(
      results.map(({ delta }) => delta),
      prices,
    );
    assert.equal(new Set(results.map(({ seq }) => seq)).size, 100);
    const { balance } = await shop.balance(customerId);
    assert.equal(sumOf([balance]), 100_000_000_000n + sumOf(prices));

    // Nor does a page skip what has the time of its neighbour.
    const query = { customerId, limit: 7, from: timestamp, timeField: "occurredAt" };
    const listed = await readAll((asked) => at(1).client.call(routes.listEvents, { query: asked }), query);
    assert.deepEqual(
      new Map(listed.map(({ id, delta }) => [id, delta])),
      new Map(events.map(({ id }, index) => [id, prices[index]])),
    );
    assert.equal(listed.length, 100);
  });
});
