import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { routes } from "@credits-kit/contract";
import { eachEngine, useTestApp } from "../../test-support/index.ts";
import { Subscribers } from "./test-support/subscriber.ts";

eachEngine((engine) => {
  const app = useTestApp(engine);
  const people = new Subscribers(app);

  describe("included credits", () => {
    test("are there when the answer comes, last for the period and say where they come from", async () => {
      const plan = await people.plan({
        priority: 3,
        costBasis: { amount: "0.01", currency: "usd" },
      });
      const lena = await people.at("2030-01-31T10:00:00Z");
      const { id, ...subscription } = await lena.subscribe(plan);
      assert.deepEqual(await lena.ledger(), ["2030-01-31 granted 100 = 100 .0"]);
      const [grant] = await lena.grants();
      assert.ok(grant);
      const { category, priority, costBasis, effectiveAt, expiresAt, source, actor, status } = grant;
      assert.deepEqual(
        { category, priority, costBasis, effectiveAt, expiresAt, source, actor, status },
        {
          category: "recurring",
          priority: 3,
          costBasis: { amount: "0.01", currency: "usd" },
          effectiveAt: "2030-01-31T10:00:00.000Z",
          expiresAt: "2030-02-28T10:00:00.000Z",
          source: { kind: "plan", id },
          actor: { kind: "system", id: "clock" },
          status: "active",
        },
      );
      assert.equal(grant.id, `${id.replace("sub_", "gr_")}.0`);
      assert.equal(subscription.nextRefreshAt, "2030-02-28T10:00:00.000Z");
      assert.equal((await lena.balance()).nextRefreshAt, "2030-02-28T10:00:00.000Z");
      const read = await app().client.call(routes.getGrant, { params: { id: grant.id } });
      assert.equal(read.body.id, grant.id);
    });

    test("that begin on the 31st come on the last day of short months, and on the 31st again", async () => {
      const lena = await people.at("2030-01-31T10:00:00Z");
      await lena.subscribe(await people.plan());
      await lena.live("2030-05-31T10:00:00Z");
      assert.deepEqual(await lena.ledger(), [
        "2030-01-31 granted 100 = 100 .0",
        "2030-02-28 expired -100 = 0 .0",
        "2030-02-28 granted 100 = 100 .1",
        "2030-03-31 expired -100 = 0 .1",
        "2030-03-31 granted 100 = 100 .2",
        "2030-04-30 expired -100 = 0 .2",
        "2030-04-30 granted 100 = 100 .3",
        "2030-05-31 expired -100 = 0 .3",
        "2030-05-31 granted 100 = 100 .4",
      ]);
    });
  });
});
