import assert from "node:assert/strict";
import { test } from "node:test";
import { parseCredits } from "@credits-kit/amounts";
import { routes, type Usage } from "@credits-kit/contract";
import { moveUsage } from "../../bff/src/storage/rollups/move-usage.ts";
import { fromNow } from "../../bff/src/test-support/index.ts";
import { sumOf, wholeLedger } from "./answers.ts";
import { onTwoReplicas } from "./deployments.ts";

const DAY_MS = 86_400_000;
const QUARTER_MS = 900_000;

onTwoReplicas(({ shop, at, atOnce, app }) => {
  type Query = Readonly<Record<string, string | number>>;
  const read = async (turn: number, customerId: string, query: Query): Promise<Usage> =>
    (await at(turn).client.call(routes.getUsage, { query: { customerId, ...query } })).body;

  async function regular(plan: string): Promise<string> {
    const customerId = await shop.customer({ plan: null });
    await shop.subscribe(customerId, { planId: plan, startsAt: fromNow(-34 * DAY_MS) });
    return customerId;
  }

  // Elsewhere, usage endpoints cut days at midnight of the server, or of UTC, or lost the hour that comes twice. Here a
  // day is the customer's: each event of the local day is in it, to the last second, wherever the clock stands.
  test("an event belongs to the local day that it happened on, in every zone (complaint 42)", async () => {
    const customerId = await regular("soft");
    const quarter = Math.floor((Date.now() - 3 * DAY_MS) / QUARTER_MS) * QUARTER_MS;
    const times = Array.from({ length: 96 }, (_, index) => quarter + index * QUARTER_MS).flatMap((time) => [
      time,
      time - 1,
    ]);
    await shop.post(
      times.map((time, index) => ({
        id: `e${index}`,
        customerId,
        featureId: "email",
        timestamp: new Date(time).toISOString(),
      })),
    );
    await moveUsage(app().database, [customerId], { atLeast: 1, longest: 100 });
    for (const [turn, timeZone] of [
      "UTC",
      "Asia/Kathmandu",
      "Australia/Lord_Howe",
      "America/St_Johns",
      "Pacific/Kiritimati",
    ].entries()) {
      const { series, total } = await read(turn, customerId, { timeZone });
      assert.equal(total, String(times.length));
      const localDay = new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" });
      const days = Map.groupBy(times, (time) => localDay.format(time));
      const used = series[0]?.points.filter(({ events }) => events > 0) ?? [];
      assert.deepEqual(
        used.map(({ start, events }) => [localDay.format(Date.parse(start)), events]),
        [...days].map(([day, own]) => [day, own.length]).sort(),
        timeZone,
      );
    }
  });

  // Elsewhere, a cursor skipped events with equal times. Here entries are followed by their number in the pool.
  test("events with one timestamp are counted one by one, however the sums are moved on (complaint 42)", async () => {
    const customerId = await regular("soft");
    const timestamp = fromNow(-DAY_MS);
    const post = (turn: number) =>
      at(turn).shop.post(
        Array.from({ length: 25 }, (_, index) => ({
          id: `${turn}-${index}`,
          customerId,
          featureId: "email",
          timestamp,
        })),
      );
    const move = () => moveUsage(app().database, [customerId], { atLeast: 1, longest: 7 });
    await Promise.all([post(0), post(1), move(), post(2), move(), move(), post(3), move()]);
    for (const turn of [0, 1]) {
      const { total, events, series } = await read(turn, customerId, {
        interval: "hour",
        from: fromNow(-2 * DAY_MS),
      });
      assert.deepEqual([total, events], ["100", 100]);
      assert.equal(series[0]?.points.filter((point) => point.events > 0).length, 1);
    }
    const exactly = await read(0, customerId, {
      from: timestamp,
      to: new Date(Date.parse(timestamp) + 1).toISOString(),
    });
    const without = await read(1, customerId, { from: fromNow(-2 * DAY_MS), to: timestamp });
    assert.deepEqual([exactly.events, without.events], [100, 0]);
  });

  // Elsewhere, snapshots of usage showed more than was ever granted while the balance was positive. Here the sums are
  // what the entries say, while usage, reversals, expiries and the sums themselves move at once.
  test("usage is never more than the ledger burned, while everything moves at once (complaint 37)", async () => {
    const customerId = await regular("hard");
    await shop.grant(customerId, { amount: "30" });
    const answers = await atOnce(30, async ({ client, shop: there }, turn) => {
      if (turn % 5 === 4) await moveUsage(app().database, [customerId], { atLeast: 1, longest: 3 });
      else if (turn % 7 === 6) {
        const body = { customerId, id: `e${turn - 1}`, reason: "Never came" };
        await client.send("POST", "/v1/events/reverse", { json: body });
      } else
        await there.post([
          { id: `e${turn}`, customerId, featureId: "image", timestamp: fromNow(-turn * 3_600_000) },
        ]);
      return read(turn, customerId, { groupBy: "feature" });
    });
    for (const { total, series } of answers) {
      assert.ok(parseCredits(total) <= 30_000_000n, total);
      assert.equal(sumOf(series.map((each) => each.total)), parseCredits(total));
    }
    const burned = (await wholeLedger(at(0).client, customerId)).filter(
      ({ type }) => type === "consumed" || type === "reversed",
    );
    const { total } = await read(1, customerId, {});
    assert.equal(-sumOf(burned.map(({ delta }) => delta)), parseCredits(total));
    const { balance } = await shop.balance(customerId);
    assert.equal(parseCredits(balance) + parseCredits(total), 30_000_000n);
  });
});
