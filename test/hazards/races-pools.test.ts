import assert from "node:assert/strict";
import { test } from "node:test";
import { routes } from "@credits-kit/contract";
import { sql } from "kysely";
import { lockCustomer } from "../../bff/src/storage/customers/subscriptions.ts";
import { inTransaction } from "../../bff/src/storage/transaction.ts";
import { eventually } from "../../bff/src/test-support/index.ts";
import { post, readAll, tally } from "./answers.ts";
import { onTwoReplicas } from "./deployments.ts";

const CLIENTS = 16;
const use = (customerId: string, id: string) => ({ id, customerId, featureId: "email" });

onTwoReplicas(({ app, shop, replicas, rounds, at, atOnce }) => {
  // Elsewhere, who had waited for a row's lock went on with what was read before the wait, and did the same work again
  // for ever. Here nothing is read in the statement that locks, and what a process remembers of a pool counts only
  // while the stored seq is the remembered one.
  test("one pool burned by the replicas in turn: nobody goes on from the past (complaint 9)", async () => {
    const customerId = await shop.customer({ credits: "100" });
    for (let turn = 0; turn < 30; turn += 1) {
      const { seq, balance } = await at(turn).shop.burn(use(customerId, `e${turn}`));
      assert.deepEqual({ seq, balance }, { seq: turn + 2, balance: String(99 - turn) });
      const seen = await at(turn + 1).shop.balance(customerId);
      assert.deepEqual({ seq: seen.seq, balance: seen.balance }, { seq, balance });
      const last = (await at(turn + 1).shop.ledger(customerId)).at(-1);
      assert.deepEqual({ seq: last?.seq, balance: last?.endBalance }, { seq, balance });
    }
  });

  test("credits that one replica gives are there for the other, and gone when it spent them (complaint 9)", async () => {
    const customerId = await shop.customer();
    for (let turn = 0; turn < 10; turn += 1) {
      await at(turn).shop.grant(customerId, { amount: "1" });
      const { balance } = await at(turn + 1).shop.burn(use(customerId, `e${turn}`));
      assert.equal(balance, "0");
      const reply = await post(at(turn).client, "/v1/events", use(customerId, `none-${turn}`));
      assert.deepEqual(tally([reply]), { "402 insufficient_credits": 1 });
    }
  });

  /** How many of this database's sessions wait for somebody else's lock. */
  const waiting = async (): Promise<number> => {
    const { rows } = await sql<{ count: string }>`
      select count(distinct pid) as count from pg_locks join pg_stat_activity using (pid)
      where not granted and datname = current_database()`.execute(app().database.writer);
    return Number(rows[0]?.count);
  };

  // The embedded database has one session: nobody can wait in it for somebody else.
  if (replicas > 1) {
    test("replicas that waited for one lock each go on from what was written meanwhile (complaint 9)", async () => {
      for (let round = 0; round < rounds; round += 1) {
        const customerId = await shop.customer({ credits: "100" });
        await at(0).shop.burn(use(customerId, "first"));
        await at(1).shop.burn(use(customerId, "second"));
        const { burns } = await inTransaction(app().database, async (transaction) => {
          await lockCustomer(transaction, customerId);
          const asked = atOnce(2, ({ shop: there }, turn) => there.burn(use(customerId, `e${turn}`)));
          await eventually("the wait of both", async () => (await waiting()) === 2);
          return { burns: asked };
        });
        const results = (await burns).map(({ seq, balance }) => `${seq}: ${balance}`);
        assert.deepEqual(results.sort(), ["4: 97", "5: 96"]);
      }
    });
  }

  test("a list that grows while it is read has an end, and shows each line once (complaint 9)", async () => {
    const customerId = await shop.customer({ credits: "1000" });
    await shop.post(Array.from({ length: 40 }, (_, n) => use(customerId, `old-${n}`)));
    let page = 0;
    const events = await readAll(
      async (query) => {
        page += 1;
        await at(page + 1).shop.burn(use(customerId, `new-${page}`));
        return at(page).client.call(routes.listEvents, { query });
      },
      { customerId, limit: 3 },
    );
    assert.ok(page > 40 / 3);
    const ids = events.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    const old = ids.filter((id) => id.startsWith("old-"));
    assert.deepEqual(
      old,
      Array.from({ length: 40 }, (_, n) => `old-${39 - n}`),
    );
  });

  // Elsewhere, a null in a unique index let the same thing exist twice. Here the default pool's resource is an empty
  // text, and what makes a thing unique may not be null.
  test("the first events and grants of a pool, sixteen at once, make one pool (complaint 10)", async () => {
    for (let round = 0; round < rounds; round += 1) {
      const customerId = await shop.customer({ plan: "soft" });
      const five = { creditTypeId: "credits", amount: "5", category: "promo" };
      const replies = await atOnce(CLIENTS, ({ client }, turn) => {
        const resource = turn % 4 < 2 ? {} : { resourceId: "seat-1" };
        return turn % 2 === 0
          ? post(client, "/v1/events", { ...use(customerId, `e${turn}`), ...resource })
          : post(client, "/v1/grants", { customerId, ...five, ...resource });
      });
      assert.deepEqual(tally(replies), { "200": CLIENTS / 2, "201": CLIENTS / 2 });
      const pools = (await shop.balances(customerId)).map(({ resourceId, balance }) => [resourceId, balance]);
      assert.deepEqual(new Map(pools.map(([id, balance]) => [id, balance])).size, pools.length);
      assert.deepEqual(pools.sort(), [
        [null, "16"],
        ["seat-1", "16"],
      ]);
    }
  });

  test("what makes a row unique cannot be null in the database either (complaint 10)", async () => {
    const { rows } = await sql<{ name: string }>`
      select i.indexrelid::regclass || '.' || a.attname as name
      from pg_index i
      join pg_class t on t.oid = i.indrelid and t.relnamespace = 'public'::regnamespace
      join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
      where i.indisunique and not a.attnotnull order by 1`.execute(app().database.writer);
    const known = [
      // A card is asked for before Stripe has made the page for it; the setup itself is told apart by its key.
      "card_setups_session.checkout_session_id",
      // Who is forgotten has no name any more; forgetting many is meant.
      "customer_users_customer_id_user_id_key.user_id",
      // Entries that reverse nothing leave it empty. The index covers those that do, and the guard asks it of them.
      "ledger_reversed_once.about_seq",
    ];
    assert.deepEqual(
      rows.map(({ name }) => name),
      known,
    );
  });
});
