import assert from "node:assert/strict";
import { test } from "node:test";
import { post, sumOf, tally, wholeLedger } from "./answers.ts";
import { onTwoReplicas } from "./deployments.ts";

const CLIENTS = 16;

onTwoReplicas(({ shop, at, atOnce }) => {
  /** A plan on which an image costs so much. */
  const plan = (id: string, creditsPerUnit: number) =>
    shop.plan({
      id,
      creditTypeId: "credits",
      limit: "hard",
      rates: [{ featureId: "image", creditsPerUnit }],
    });

  // Elsewhere, an upgrade in mid-period gave the new plan's credits on top of the old one's. Here a subscription says
  // what usage costs from then on, and moves no credits.
  test("a plan changed in mid-period gives nothing and burns nothing twice (complaint 11)", async () => {
    await plan("pro", 2);
    const customerId = await shop.customer({ credits: "100" });
    const used = { id: "used", customerId, featureId: "image" };
    const first = await shop.burn(used);
    const changes = await atOnce(4, ({ client }, turn) =>
      post(client, `/v1/customers/${customerId}/subscriptions`, { planId: "pro", key: `change-${turn % 2}` }),
    );
    assert.deepEqual(tally(changes), { "201": 4 });
    const { balance, seq, granted } = await at(1).shop.balance(customerId);
    assert.deepEqual({ balance, seq, granted }, { balance: "95", seq: 2, granted: "100" });
    const [again] = await at(1).shop.post([used]);
    assert.deepEqual(again, { ...first, status: "duplicate", current: { balance: "95", seq: 2 } });
    const { delta } = await at(1).shop.burn({ ...used, id: "after" });
    assert.equal(delta, "-2");
    assert.equal((await wholeLedger(at(0).client, customerId)).length, 3);
  });

  // Elsewhere, usage that came while a plan was attached was lost in a rebuild, and a seat's usage counted for its
  // neighbours too. Here nothing is ever rebuilt, and an entry belongs to one pool.
  test("usage of a resource burns its own pool alone, once, also while plans are attached (complaint 12)", async () => {
    await plan("same", 5);
    const customerId = await shop.customer();
    const resources = [{}, { resourceId: "seat-1" }, { resourceId: "seat-2" }];
    for (const resource of resources) await shop.grant(customerId, { amount: "100", ...resource });
    const use = (turn: number) => ({
      ...{ id: `e${turn}`, customerId, featureId: "image" },
      ...resources[turn % 3],
    });
    const isAttachment = (turn: number) => turn % 6 === 5;
    const replies = await atOnce(36, ({ client }, turn) => {
      if (!isAttachment(turn)) return post(client, "/v1/events", use(turn));
      const attached = { planId: "same", ...resources[Math.floor(turn / 6) % 3] };
      return post(client, `/v1/customers/${customerId}/subscriptions`, attached);
    });
    assert.deepEqual(tally(replies), { "200": 30, "201": 6 });
    const balances = async () =>
      (await shop.balances(customerId)).map(({ resourceId, balance }) => `${resourceId}: ${balance}`).sort();
    const expected = ["null: 40", "seat-1: 40", "seat-2: 70"];
    assert.deepEqual(await balances(), expected);

    await plan("dearer", 50);
    for (const resource of resources) await shop.subscribe(customerId, { planId: "dearer", ...resource });
    const turns = Array.from({ length: 36 }, (_, turn) => turn).filter((turn) => !isAttachment(turn));
    const again = await at(1).shop.post(turns.map(use));
    assert.deepEqual(
      again.map(({ status, delta }) => `${status} ${delta}`),
      turns.map(() => "duplicate -5"),
    );
    assert.deepEqual(await balances(), expected);
  });

  // Elsewhere, the ledger's row and the cached balance were two writes that could part. Here the database moves the
  // balance in the statement that takes the row.
  test("a balance that is read in the middle of a load is that of its line in the ledger (complaint 13)", async () => {
    const customerId = await shop.customer({ plan: "soft", credits: "60" });
    let isWriting = true;
    const probes = [0, 1].map(async (turn) => {
      const seen = [];
      while (isWriting) seen.push(await at(turn).shop.balance(customerId));
      return seen;
    });
    const five = { creditTypeId: "credits", amount: "5", category: "promo" };
    await atOnce(CLIENTS, async ({ client }, turn) => {
      for (let n = 0; n < 6; n += 1) {
        const id = `${turn}-${n}`;
        await post(client, "/v1/events", { id, customerId, featureId: "email" });
        await post(client, "/v1/holds", { id, customerId, creditTypeId: "credits", amount: "2" });
        await post(client, "/v1/holds/capture", { id, customerId, amount: "1" });
        if (n === 3) await post(client, "/v1/grants", { customerId, ...five });
      }
    });
    isWriting = false;
    const seen = (await Promise.all(probes)).flat();
    assert.ok(new Set(seen.map(({ seq }) => seq)).size > 5, "the probes saw the load");
    const lines = await wholeLedger(at(1).client, customerId);
    for (const { seq, balance, overage } of seen) {
      assert.equal(lines[seq - 1]?.seq, seq);
      assert.equal(lines[seq - 1]?.endBalance, balance);
      const owed = lines.slice(0, seq).map((line) => line.overageChange);
      assert.equal(sumOf([overage]), sumOf(owed));
    }
  });
});
