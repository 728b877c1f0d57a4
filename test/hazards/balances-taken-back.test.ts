import assert from "node:assert/strict";
import { test } from "node:test";
import type { Grant } from "@credits-kit/contract";
import { sql } from "kysely";
import { pay } from "../../bff/src/pools/test-support/commands.ts";
import { eventually, fromNow } from "../../bff/src/test-support/index.ts";
import { countEach, post, sumOf, tally, wholeLedger } from "./answers.ts";
import { onTwoReplicas } from "./deployments.ts";

const PAID = { category: "paid", costBasis: { amount: "0.01", currency: "usd" } } as const;
const credits = (amount: string) => ({ creditTypeId: "credits", amount });
const reason = "Refunded";

// Elsewhere, what had expired was worked out before the lock was taken and could take back paid credit, a dispute and
// the refund after it each took the same credits, and credits stayed spendable for up to a day after their end. Here
// every command first settles what fell due, in the transaction and under the lock in which it decides.
onTwoReplicas(({ app, shop, rounds, at, atOnce }) => {
  /** Waits by the database's clock, and touches nothing. */
  const passed = ({ expiresAt }: Grant) =>
    eventually("the end of the grant", async () => {
      const { rows } = await sql<{ over: boolean }>`
        select clock_timestamp() > ${expiresAt}::timestamptz as over`.execute(app().database.writer);
      return rows[0]?.over === true;
    });

  test("credits that expired are not spendable, though nobody swept them yet (complaint 35)", async () => {
    const customerId = await shop.customer({ plan: "soft", credits: "10" });
    // Both replicas remember the pool with the grant that is about to end.
    const ending = await shop.grant(customerId, { ...PAID, amount: "50", expiresAt: fromNow(1500) });
    await atOnce(2, ({ shop: there }, turn) => there.consume(customerId, { id: `early-${turn}` }));
    await passed(ending);
    const replies = await atOnce(6, ({ client }, turn) =>
      turn % 3 === 0
        ? post(client, "/v1/holds", { id: `h${turn}`, customerId, ...credits("10.000001") })
        : post(client, "/v1/consume", { id: `c${turn}`, customerId, ...credits("10.000001"), limit: "hard" }),
    );
    assert.deepEqual(tally(replies), { "402 insufficient_credits": 6 });
    assert.ok(replies.every(({ text }) => text.includes('"available":"10"')));
    await shop.consume(customerId, { id: "last", amount: "10" });
    const lines = (await wholeLedger(at(1).client, customerId)).map(({ type, delta }) => `${type} ${delta}`);
    assert.deepEqual(lines.slice(2), ["consumed -1", "consumed -1", "expired -48", "consumed -10"]);
  });

  test("who takes back a grant that has just expired takes nothing a second time (complaint 35)", async () => {
    const customerId = await shop.customer({ credits: "10" });
    const ending = await shop.grant(customerId, { ...PAID, amount: "50", expiresAt: fromNow(1000) });
    await passed(ending);
    const replies = await atOnce(4, ({ client }) =>
      post(client, `/v1/grants/${ending.id}/revoke`, { reason }),
    );
    assert.deepEqual(tally(replies), { "409 state_conflict": 4 });
    const freezing = await at(1).app.parts.pools.submit([pay(customerId, ending.id, "freeze_grant")]);
    assert.deepEqual(
      freezing.map(({ kind }) => kind),
      ["rejected"],
    );
    const { balance, seq } = await shop.balance(customerId);
    assert.deepEqual({ balance, seq }, { balance: "10", seq: 3 });
  });

  test("a grant that ends in the middle of a burst takes only its own rest with it (complaint 35)", async () => {
    const customerId = await shop.customer();
    const staying = await shop.grant(customerId, { ...PAID, amount: "100000" });
    const ending = await shop.grant(customerId, { amount: "100000", expiresAt: fromNow(1500) });
    const end = Date.parse(ending.expiresAt ?? "");
    await atOnce(8, async ({ shop: there }, turn) => {
      for (let n = 0; n < 2 || Date.now() < end + 100; n += 1) {
        await there.consume(customerId, { id: `${turn}-${n}`, amount: "1.5" });
      }
    });
    await passed(ending);
    const { balance } = await shop.balance(customerId);
    const lines = await wholeLedger(at(1).client, customerId);
    const expiry = lines.filter(({ type }) => type === "expired");
    assert.equal(expiry.length, 1);
    const drawnOn = (id: string) =>
      lines.filter(({ type, grants }) => type === "consumed" && grants.some(({ grantId }) => grantId === id));
    const [before, after] = [drawnOn(ending.id), drawnOn(staying.id)];
    assert.ok(before.length > 0 && after.length > 0, "the burst went on across the end");
    assert.ok(before.every(({ seq }) => seq < (expiry[0]?.seq ?? 0)));
    assert.ok(after.every(({ seq }) => seq > (expiry[0]?.seq ?? Infinity)));
    assert.equal(sumOf([expiry[0]?.delta ?? "0", ...before.map(({ delta }) => delta)]), -100_000_000_000n);
    assert.equal(sumOf([balance]), 100_000_000_000n + sumOf(after.map(({ delta }) => delta)));
  });

  test("a dispute and the refund after it take the same credits once (complaint 35)", async () => {
    const customerId = await shop.customer({ credits: "50" });
    const bought = await shop.grant(customerId, { ...PAID, amount: "100", expiresAt: fromNow(3_600_000) });
    await shop.consume(customerId, { id: "c", amount: "30" });
    await at(0).app.parts.pools.submit([pay(customerId, bought.id, "freeze_grant")]);
    assert.equal((await at(1).shop.balance(customerId)).balance, "50");
    const refunded = await at(1).shop.revoke(bought.id);
    assert.deepEqual([refunded.status, refunded.revoked, refunded.frozen], ["revoked", "70", "0"]);
    const again = [pay(customerId, bought.id, "unfreeze_grant"), pay(customerId, bought.id, "freeze_grant")];
    const outcomes = await at(0).app.parts.pools.submit(again);
    assert.deepEqual(countEach(outcomes.map(({ kind }) => kind)), { rejected: 2 });
    assert.equal((await at(0).shop.balance(customerId)).balance, "50");
  });

  test("disputes, their ends and refunds, all at once, take the same credits once (complaint 35)", async () => {
    for (let round = 0; round < rounds; round += 1) {
      const customerId = await shop.customer({ credits: "50" });
      const bought = await shop.grant(customerId, { ...PAID, amount: "100", expiresAt: fromNow(3_600_000) });
      await shop.consume(customerId, { id: "c", amount: "30" });
      const refunds = await atOnce(12, async ({ app: there, client }, turn) => {
        if (turn % 3 === 2) return [await post(client, `/v1/grants/${bought.id}/revoke`, { reason })];
        const kind = turn % 3 === 0 ? "freeze_grant" : "unfreeze_grant";
        await there.parts.pools.submit([pay(customerId, bought.id, kind)]);
        return [];
      });
      assert.deepEqual(tally(refunds.flat()), { "200": 1, "409 state_conflict": 3 });
      assert.equal((await shop.balance(customerId)).balance, "50");
      const about = (await wholeLedger(at(1).client, customerId)).flatMap(({ grants }) =>
        grants.filter(({ grantId }) => grantId === bought.id).map(({ amount }) => amount),
      );
      assert.equal(sumOf(about), 0n);
    }
  });
});
