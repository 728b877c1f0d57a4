import assert from "node:assert/strict";
import { before, test } from "node:test";
import { type LedgerEntry, type LedgerGroup, routes } from "@credits-kit/contract";
import { oneEngine, Shop, useTestApp } from "../../test-support/index.ts";

const DAY_MS = 24 * 3_600_000;
const MICRO = 1_000_000;

oneEngine((engine) => {
  const app = useTestApp(engine);
  const shop = new Shop(() => app().client);
  const list = async (query: Record<string, string | number>) =>
    (await app().client.call(routes.listLedger, { query })).body;
  before(() => shop.open());

  /** Subtotals as anyone could make them from the entries. */
  function sumUp(entries: readonly LedgerEntry[], keyOf: (entry: LedgerEntry) => string | null) {
    const groups = Map.groupBy(entries, keyOf);
    return new Map(
      [...groups].map(([key, members]) => {
        const deltas = members.map(({ delta }) => Math.round(Number(delta) * MICRO));
        const sum = (numbers: readonly number[]) =>
          numbers.reduce((total, number) => total + number, 0) / MICRO;
        const credited = sum(deltas.filter((delta) => delta > 0));
        const debited = -sum(deltas.filter((delta) => delta < 0));
        return [key, { entries: members.length, delta: sum(deltas), credited, debited: debited || 0 }];
      }),
    );
  }
  function shown(groups: readonly LedgerGroup[] | undefined) {
    assert.ok(groups);
    return new Map(
      groups.map(({ key, entries, delta, credited, debited }) => [
        key,
        { entries, delta: Number(delta), credited: Number(credited), debited: Number(debited) },
      ]),
    );
  }

  /** Usage of two features by two users in two pools, over some days. */
  async function busy(): Promise<string> {
    const customerId = await shop.customer({ plan: null });
    await shop.subscribe(customerId, {
      planId: "soft",
      startsAt: new Date(Date.now() - 30 * DAY_MS).toISOString(),
    });
    await shop.grant(customerId, { amount: "20" });
    await shop.grant(customerId, { amount: "7", resourceId: "team" });
    await shop.post(
      Array.from({ length: 24 }, (_, index) => ({
        id: `e${index}`,
        customerId,
        featureId: ["image", "email", "trace"][index % 3],
        ...(index % 4 === 0 ? {} : { userId: ["lena", "max"][index % 2] }),
        ...(index % 5 === 0 ? { resourceId: "team" } : {}),
        timestamp: new Date(Date.now() - (index % 6) * 1.1 * DAY_MS).toISOString(),
      })),
    );
    await shop.reverse(customerId, "e0");
    await shop.grant(customerId, { amount: "500" });
    return customerId;
  }

  const KEYS: Record<string, (entry: LedgerEntry) => string | null> = {
    type: ({ type }) => type,
    source: ({ source }) => source.kind,
    feature: ({ featureId }) => featureId,
    user: ({ userId }) => userId,
    day: ({ at }) => at.slice(0, 10),
  };

  test("subtotals are those of all entries that match, whatever the page shows", async () => {
    const customerId = await busy();
    const filters: readonly Record<string, string>[] = [
      {},
      { resourceId: "team" },
      { type: "consumed" },
      { featureId: "image", userId: "max" },
    ];
    for (const filter of filters) {
      const all = (await list({ customerId, limit: 100, ...filter })).data;
      assert.ok(all.length > 0);
      for (const [groupBy, keyOf] of Object.entries(KEYS)) {
        const page = await list({ customerId, limit: 2, ...filter, groupBy });
        assert.deepEqual(page.data, all.slice(0, 2));
        assert.deepEqual(shown(page.groups), sumUp(all, keyOf), `${groupBy} of ${JSON.stringify(filter)}`);
      }
    }
  });

  test("groups come with the most entries first, days with the newest", async () => {
    const customerId = await busy();
    for (const groupBy of ["type", "source", "feature", "user"]) {
      const counts = ((await list({ customerId, groupBy })).groups ?? []).map(({ entries }) => entries);
      assert.deepEqual(
        counts,
        counts.toSorted((left, right) => right - left),
        groupBy,
      );
      assert.ok(counts.length > 1);
    }
    const days = (await list({ customerId, groupBy: "day", timeField: "occurredAt" })).groups ?? [];
    const keys = days.map(({ key }) => key ?? "");
    assert.ok(keys.length >= 6);
    assert.deepEqual(keys, keys.toSorted().toReversed());
  });

  test("days are those of the time zone and of the time that is asked for", async () => {
    const customerId = await shop.customer({ plan: null });
    await shop.subscribe(customerId, { planId: "soft", startsAt: "2020-01-01T00:00:00Z" });
    const report = (id: string, timestamp: string) =>
      shop.burn({ id, customerId, featureId: "email", timestamp, backfill: true });
    // A night in summer and one in winter, and the hour that Berlin skips.
    await report("summer", "2026-06-30T22:30:00Z");
    await report("winter", "2026-01-31T22:30:00Z");
    await report("late-winter", "2026-01-31T23:30:00Z");
    await report("skipped", "2026-03-29T01:30:00Z");
    await report("evening", "2026-04-30T20:00:00Z");
    const daysIn = async (timeZone?: string) => {
      const zone: Record<string, string> = timeZone === undefined ? {} : { timeZone };
      const { groups } = await list({ customerId, groupBy: "day", timeField: "occurredAt", ...zone });
      return (groups ?? []).map(({ key, entries }) => [key, entries]);
    };
    assert.deepEqual(await daysIn(), [
      ["2026-06-30", 1],
      ["2026-04-30", 1],
      ["2026-03-29", 1],
      ["2026-01-31", 2],
    ]);
    assert.deepEqual(await daysIn("Europe/Berlin"), [
      ["2026-07-01", 1],
      ["2026-04-30", 1],
      ["2026-03-29", 1],
      ["2026-02-01", 1],
      ["2026-01-31", 1],
    ]);
    assert.deepEqual(await daysIn("Pacific/Kiritimati"), [
      ["2026-07-01", 1],
      ["2026-05-01", 1],
      ["2026-03-29", 1],
      ["2026-02-01", 2],
    ]);
    // An abbreviation is what everybody but the database takes it for: India, not Israel.
    for (const name of ["IST", "Asia/Calcutta", "asia/kolkata"]) {
      assert.deepEqual(await daysIn(name), await daysIn("Asia/Kolkata"), name);
    }
    assert.notDeepEqual(await daysIn("IST"), await daysIn("Asia/Jerusalem"));
    assert.deepEqual(await daysIn("VST"), await daysIn("Asia/Saigon"));
    // Taken just now, whenever they say that they happened.
    const taken = (await list({ customerId, groupBy: "day", timeField: "at" })).groups ?? [];
    assert.ok(taken.every(({ key }) => (key ?? "") > "2026-06-30"));
    assert.equal(
      taken.reduce((sum, { entries }) => sum + entries, 0),
      5,
    );
  });

  test("every page may come with the subtotals or without, and nothing that matches means no groups", async () => {
    const customerId = await busy();
    const first = await list({ customerId, limit: 3, groupBy: "type" });
    const cursor = first.nextCursor ?? "";
    const second = await list({ customerId, limit: 3, groupBy: "type", cursor });
    assert.deepEqual(second.groups, first.groups);
    const other = await list({ customerId, limit: 3, groupBy: "day", timeZone: "Europe/Berlin", cursor });
    assert.deepEqual(other.data, second.data);
    const plain = await list({ customerId, limit: 3, cursor });
    assert.ok(!("groups" in plain));
    assert.deepEqual((await list({ customerId, type: "frozen", groupBy: "user" })).groups, []);
  });

  test("a sum beyond what a pool can hold is exact", async () => {
    const customerId = await shop.customer();
    for (let index = 0; index < 12; index += 1) {
      const resourceId = `r${index}`;
      await shop.grant(customerId, { amount: "1000000000000", resourceId });
    }
    await shop.grant(customerId, { amount: "0.000001" });
    const { groups } = await list({ customerId, groupBy: "type" });
    assert.deepEqual(groups, [
      {
        key: "granted",
        entries: 13,
        delta: "12000000000000.000001",
        credited: "12000000000000.000001",
        debited: "0",
      },
    ]);
  });

  test("of more than a thousand groups the newest or fullest thousand are told", async () => {
    const customerId = await shop.customer({ plan: "soft" });
    for (const part of [0, 1]) {
      await shop.post(
        Array.from({ length: 501 }, (_, index) => ({
          id: `e${part}-${index}`,
          customerId,
          featureId: "trace",
          userId: `user-${part}-${index}`,
        })),
      );
    }
    await shop.burn({ id: "again", customerId, featureId: "trace", userId: "user-1-500" });
    const { groups = [] } = await list({ customerId, groupBy: "user" });
    assert.equal(groups.length, 1000);
    assert.deepEqual([groups[0]?.key, groups[0]?.entries], ["user-1-500", 2]);
  });
});
