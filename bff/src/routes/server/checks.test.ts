import assert from "node:assert/strict";
import { before, test } from "node:test";
import { type Check, routes } from "@credits-kit/contract";
import {
  type BodyOf,
  oneEngine,
  eventually,
  expectProblem,
  fingerprint,
  fromNow,
  Shop,
  useTestApp,
} from "../../test-support/index.ts";

const HOUR_MS = 3_600_000;

oneEngine((engine) => {
  const app = useTestApp(engine);
  const shop = new Shop(() => app().client);
  before(() => shop.open());

  /** Checks with a body, and in a query if that can say it: both answer the same, and neither writes anything. */
  async function check(id: string, body: BodyOf<typeof routes.checkCustomer>): Promise<Check> {
    const was = await fingerprint(app().database);
    const answer = (await app().client.call(routes.checkCustomer, { params: { id }, body })).body;
    const { dimensions, ...rest } = body;
    if (dimensions === undefined) {
      const query = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, String(value)]));
      const asked = await app().client.call(routes.checkCustomerByQuery, { params: { id }, query });
      assert.deepEqual(asked.body, answer);
    }
    assert.deepEqual(await fingerprint(app().database), was, "a check changed a row");
    return answer;
  }

  test("under a hard limit a spending is allowed up to what is available, and not a millionth beyond", async () => {
    const customerId = await shop.customer({ credits: "10" });
    const hard = { limitMode: "hard", creditTypeId: "credits", resourceId: null } as const;
    assert.deepEqual(await check(customerId, { featureId: "image", quantity: 2 }), {
      allowed: true,
      reason: null,
      required: "10",
      available: "10",
      ...hard,
    });
    assert.deepEqual(await check(customerId, { featureId: "trace", quantity: "10000001" }), {
      allowed: false,
      reason: "insufficient_credits",
      required: "10.000001",
      available: "10",
      ...hard,
    });
    assert.equal((await check(customerId, { featureId: "image" })).required, "5");
    assert.equal((await check(customerId, { featureId: "image", quantity: 0 })).allowed, true);
    assert.equal(
      (await check(customerId, { featureId: "image", dimensions: { model: "xl" } })).allowed,
      true,
    );
  });

  test("under a soft limit a spending is always allowed, and says what there is", async () => {
    const customerId = await shop.customer({ plan: "soft", credits: "3" });
    const soft = {
      allowed: true,
      reason: null,
      limitMode: "soft",
      creditTypeId: "credits",
      resourceId: null,
    };
    assert.deepEqual(await check(customerId, { featureId: "image" }), {
      ...soft,
      required: "5",
      available: "3",
    });
    await shop.burn({ id: "a", customerId, featureId: "image" });
    assert.deepEqual(await check(customerId, { creditTypeId: "credits", amount: 1 }), {
      ...soft,
      required: "1",
      available: "0",
    });
  });

  test("credits are checked by the plan that burns them, and hard without one", async () => {
    const customerId = await shop.customer({ plan: "soft" });
    const of = async (creditTypeId: string) => {
      const { allowed, reason, available, limitMode } = await check(customerId, {
        creditTypeId,
        amount: "2",
      });
      return [allowed, reason, available, limitMode];
    };
    assert.deepEqual(await of("credits"), [true, null, "0", "soft"]);
    assert.deepEqual(await of("tokens"), [false, "insufficient_credits", "0", "hard"]);
    await shop.grant(customerId, { creditTypeId: "tokens", amount: "2" });
    assert.deepEqual(await of("tokens"), [true, null, "2", "hard"]);
  });

  test("what holds set aside, what waits and what has expired cannot be spent", async () => {
    const customerId = await shop.customer();
    await shop.grant(customerId, { amount: "7" });
    await shop.grant(customerId, { amount: "100", effectiveAt: fromNow(HOUR_MS) });
    await shop.hold(customerId, { id: "h", amount: "4" });
    const { allowed, available } = await check(customerId, { featureId: "image" });
    assert.deepEqual([allowed, available], [false, "3"]);
  });

  test("what fell due counts, though nothing of it is written", async () => {
    const customerId = await shop.customer({ credits: "1" });
    const expiresAt = fromNow(1200);
    await shop.grant(customerId, { amount: "10", expiresAt });
    await shop.grant(customerId, { amount: "20", effectiveAt: expiresAt });
    // One question at a time: of two, the first may be asked before the moment and the second after it.
    await eventually("the change of grants", async () => {
      const asked = { params: { id: customerId }, body: { featureId: "image" } };
      const { available } = (await app().client.call(routes.checkCustomer, asked)).body;
      assert.ok(available === "11" || available === "21", `${available} are available`);
      return available === "21";
    });
    assert.equal((await check(customerId, { featureId: "image" })).available, "21");
    const { data } = (await app().client.call(routes.listLedger, { query: { customerId } })).body;
    assert.ok(data.some(({ type }) => type === "expired"));
  });

  test("a resource's own pool pays for it, by its own plan or else the general one", async () => {
    const customerId = await shop.customer({ credits: "50" });
    await shop.subscribe(customerId, { planId: "tokens", resourceId: "lab" });
    await shop.grant(customerId, { resourceId: "team", amount: "1" });
    const at = async (resourceId: string) => {
      const answer = await check(customerId, { featureId: "image", resourceId });
      assert.equal(answer.resourceId, resourceId);
      return [answer.allowed, answer.creditTypeId, answer.required, answer.available];
    };
    assert.deepEqual(await at("team"), [false, "credits", "5", "1"]);
    assert.deepEqual(await at("lab"), [false, "tokens", "7", "0"]);
    assert.deepEqual(await at("elsewhere"), [false, "credits", "5", "0"]);
  });

  test("without a price it says why: no subscription, no rate, no such thing, or one that is archived", async () => {
    const { client } = app();
    const nothing = { allowed: false, required: null, available: null, limitMode: null, resourceId: null };
    const subscribed = await shop.customer();
    const bare = await shop.customer({ plan: null });
    const later = await shop.customer({ plan: null });
    await shop.subscribe(later, { planId: "hard", startsAt: fromNow(HOUR_MS) });
    await client.call(routes.createFeature, { body: { id: "gone", name: "Gone" } });
    await client.call(routes.archiveFeature, { params: { id: "gone" } });
    for (const [customerId, featureId, reason] of [
      [bare, "image", "no_active_subscription"],
      [later, "image", "no_active_subscription"],
      [subscribed, "video", "feature_not_mapped"],
      [subscribed, "unheard-of", "not_found"],
      [bare, "unheard-of", "not_found"],
      [subscribed, "gone", "not_found"],
    ] as const) {
      assert.deepEqual(
        await check(customerId, { featureId }),
        { ...nothing, reason, creditTypeId: null },
        `${featureId} ${reason}`,
      );
    }
    const unit = { singular: "drop", plural: "drops" };
    await client.call(routes.createCreditType, { body: { id: "ink", name: "Ink", unit } });
    await client.call(routes.archiveCreditType, { params: { id: "ink" } });
    for (const creditTypeId of ["ink", "unheard-of"]) {
      assert.deepEqual(await check(bare, { creditTypeId, amount: "2" }), {
        ...nothing,
        reason: "not_found",
        required: "2",
        creditTypeId,
      });
    }
  });

  test("a check agrees with what happens then", async () => {
    const customerId = await shop.customer({ credits: "12" });
    for (let round = 0; round < 4; round += 1) {
      const { allowed, required, available } = await check(customerId, { featureId: "image" });
      const json = { id: `c${round}`, customerId, featureId: "image" };
      const reply = await app().client.send("POST", "/v1/consume", { json });
      assert.equal(reply.status, allowed ? 200 : 402, reply.text);
      if (allowed) continue;
      const problem = expectProblem(reply, 402, "insufficient_credits");
      assert.deepEqual([problem.required, problem.available], [required, available]);
    }
  });

  test("a check refuses what it cannot read, a customer who is not there, and more than a pool could owe", async () => {
    const { client } = app();
    const customerId = await shop.customer({ plan: "soft" });
    for (const [query, path] of [
      ["", "featureId"],
      ["featureId=a%20b", "featureId"],
      ["featureId=image&amount=1", "amount"],
      ["creditTypeId=credits", "amount"],
      ["amount=1", "creditTypeId"],
      ["creditTypeId=credits&amount=0", "amount"],
      ["featureId=image&quantity=-1", "quantity"],
      ["featureId=image&quantity=1&quantity=2", "quantity"],
      ["featureId=image&resourceId=none", "resourceId"],
      ["featureId=image&userId=lena", "userId"],
    ] as const) {
      const reply = await client.send("GET", `/v1/customers/${customerId}/check?${query}`);
      const problem = expectProblem(reply, 422, "validation_failed");
      assert.equal(problem.errors?.[0]?.path, path, query);
    }
    const ask = (id: string, json: unknown) => client.send("POST", `/v1/customers/${id}/check`, { json });
    expectProblem(await ask("nobody", { featureId: "image" }), 404, "not_found");
    const rates = [{ featureId: "video", creditsPerUnit: 10 }];
    await shop.plan({ id: "dear", creditTypeId: "credits", limit: "soft", rates });
    await shop.subscribe(customerId, { planId: "dear" });
    const tooMuch = expectProblem(
      await ask(customerId, { featureId: "video", quantity: "1000000000000" }),
      422,
      "amount_out_of_range",
    );
    assert.equal(tooMuch.errors?.[0]?.path, "quantity");
    assert.equal((await check(customerId, { featureId: "image" })).allowed, true);
  });
});
