import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { eachEngine, type TestDatabase } from "../../test-support/engines.ts";
import { LEFTOVERS } from "./clean-up.ts";

eachEngine((engine) => {
  let opened: TestDatabase;
  before(async () => {
    opened = await engine.open();
  });
  after(() => opened.close());

  async function remove(name: string, most: number): Promise<number> {
    const leftover = LEFTOVERS.find((one) => one.name === name);
    return leftover ? leftover.remove(opened.database, most) : assert.fail(`nothing is called ${name}`);
  }

  test("answers go after 30 days, and claims that nobody works on after one", async () => {
    const { writer } = opened.database;
    for (const [key, age, claimed, body] of [
      ["old", "30 days 1 second", "30 days", "{}"],
      ["old too", "400 days", "400 days", "{}"],
      ["kept", "29 days 23 hours", "29 days", "{}"],
      ["left behind", "25 hours", "25 hours", null],
      ["taken up again", "25 hours", "1 minute", null],
      ["at work", "1 minute", "1 minute", null],
      ["young", "1 minute", "1 minute", "{}"],
    ] as const) {
      await sql`
        insert into idempotent_answers (route, key, content_hash, status, body, created_at, claimed_at)
        values ('r', ${key}, gen_random_uuid(), 200, ${body}, clock_timestamp() - ${age}::interval,
          clock_timestamp() - ${claimed}::interval)`.execute(writer);
    }
    assert.equal(await remove("idempotent answers", 1), 1);
    assert.equal(await remove("idempotent answers", 100), 2);
    assert.equal(await remove("idempotent answers", 100), 0);
    const kept = await writer.selectFrom("idempotent_answers").select("key").orderBy("key").execute();
    assert.deepEqual(
      kept.map(({ key }) => key),
      ["at work", "kept", "taken up again", "young"],
    );
  });

  test("what Stripe told goes 30 days after it came, unless it waits or a person has to look at it", async () => {
    const { writer } = opened.database;
    for (const [id, age, status] of [
      ["old", "31 days", "done"],
      ["not ours", "31 days", "ignored"],
      ["left to a person", "31 days", "dead"],
      ["waits", "31 days", "waiting"],
      ["young", "29 days", "done"],
    ] as const) {
      await sql`
        insert into stripe_events (event_id, type, is_live, happened_at, received_at, status)
        values (${id}, 't', false, clock_timestamp(), clock_timestamp() - ${age}::interval, ${status})`.execute(
        writer,
      );
    }
    assert.equal(await remove("Stripe's events", 1), 1);
    assert.equal(await remove("Stripe's events", 9), 1);
    assert.equal(await remove("Stripe's events", 9), 0);
    const kept = await writer.selectFrom("stripe_events").select("event_id").orderBy("event_id").execute();
    assert.deepEqual(
      kept.map(({ event_id }) => event_id),
      ["left to a person", "waits", "young"],
    );
  });

  test("test clocks go 30 days after they were last set, unless customers live by them", async () => {
    const { writer } = opened.database;
    for (const [id, age] of [
      ["left", "31 days"],
      ["left too", "31 days"],
      ["lived by", "31 days"],
      ["young", "29 days"],
    ] as const) {
      await sql`insert into test_clocks (test_clock_id, now) values (${id}, '2030-01-01')`.execute(writer);
      await sql`
        update test_clocks set advanced_at = clock_timestamp() - ${age}::interval where test_clock_id = ${id}`.execute(
        writer,
      );
    }
    await sql`
      insert into customers (customer_id, route, test_clock_id) values ('cus', 'route', 'lived by')`.execute(
      writer,
    );
    assert.equal(await remove("test clocks", 1), 1);
    assert.equal(await remove("test clocks", 9), 1);
    assert.equal(await remove("test clocks", 9), 0);
    const kept = await writer
      .selectFrom("test_clocks")
      .select("test_clock_id")
      .orderBy("test_clock_id")
      .execute();
    assert.deepEqual(
      kept.map(({ test_clock_id }) => test_clock_id),
      ["lived by", "young"],
    );
  });
});
