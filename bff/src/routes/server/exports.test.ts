import assert from "node:assert/strict";
import { before, test } from "node:test";
import { eachEngine, Shop, useTestApp } from "../../test-support/index.ts";

eachEngine((engine) => {
  const app = useTestApp(engine);
  const shop = new Shop(() => app().client);
  before(() => shop.open());

  test("try", async () => {
    const customerId = await shop.customer({ plan: "soft" });
    const grant = await shop.grant(customerId, { amount: "12", category: "paid", costBasis: { amount: "0.1", currency: "usd" }, externalReference: "inv,1" });
    await shop.burn({ id: "e1", customerId, featureId: "image", userId: "ada", dimensions: { model: "xl" } });
    await shop.burn({ id: "e2", customerId, featureId: "image", quantity: 3 });
    await shop.reverse(customerId, "e1");
    await shop.grant(customerId, { amount: "20", expiresAt: new Date(Date.now() + 1e9).toISOString() });
    await shop.revoke(grant.id).catch(() => 0);
    for (const kind of ["ledger", "grants", "allocations", "usage", "revenue"]) {
      for (const format of ["csv", "ndjson"]) {
        const reply = await app().client.send("GET", `/v1/exports/${kind}?format=${format}&customerId=${customerId}`);
        
        console.log(reply.text);
        const cursor = reply.headers.get("credits-cursor");
        const again = await app().client.send("GET", `/v1/exports/${kind}?format=${format}&customerId=${customerId}&since=${cursor}`);
        console.log(again.text);
      }
    }
  });
});
