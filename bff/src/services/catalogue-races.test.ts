import assert from "node:assert/strict";
import { before, test } from "node:test";
import { routes } from "@credits-kit/contract";
import { lockCreditType, setCreditTypeArchived } from "../storage/catalogue/credit-types.ts";
import { inTransaction as inPoolTransaction } from "../storage/pools/connection.ts";
import { usableCreditTypes } from "../storage/pools/load-catalogue.ts";
import { isAnyoneWaiting } from "../storage/test-support/lock-waits.ts";
import { inTransaction } from "../storage/transaction.ts";
import {
  oneEngine,
  eventually,
  expectProblem,
  openTestPostgres,
  type Reply,
  Shop,
  useTestApp,
} from "../test-support/index.ts";

const unit = { singular: "credit", plural: "credits" };
const ROUNDS = 25;

oneEngine((engine) => {
  const app = useTestApp(engine);
  const shop = new Shop(() => app().client);
  before(() => shop.open());
  let made = 0;

  async function newType(): Promise<string> {
    const id = `type-${(made += 1)}`;
    await app().client.call(routes.createCreditType, { body: { id, name: id, unit } });
    return id;
  }
  const archive = (id: string) => app().client.send("POST", `/v1/credit-types/${id}/archive`);
  const send = (path: string, json: unknown) => app().client.send("POST", path, { json });

  /** Of two that cannot both be, exactly one is. */
  function assertOneOfTwo(archiving: Reply, using: Reply, created: number): void {
    if (archiving.status === 200) {
      expectProblem(using, 404, "not_found");
    } else {
      expectProblem(archiving, 409, "in_use");
      assert.equal(using.status, created, using.text);
    }
  }

  test("a grant and an archive that come at once: either the type is archived or it is granted", async () => {
    const customerId = await shop.customer({ plan: null });
    for (let round = 0; round < ROUNDS; round += 1) {
      const id = await newType();
      const body = { customerId, creditTypeId: id, amount: "1", category: "promo" };
      const calls = [() => send("/v1/grants", body), () => archive(id)];
      const [first, second] = round % 2 === 0 ? calls : calls.toReversed();
      const [one, two] = await Promise.all([first?.(), second?.()]);
      assert.ok(one && two);
      if (round % 2 === 0) assertOneOfTwo(two, one, 201);
      else assertOneOfTwo(one, two, 201);
    }
  });

  test("overage and an archive that come at once: either the type is archived or somebody owes it", async () => {
    const customerId = await shop.customer({ plan: null });
    for (let round = 0; round < ROUNDS; round += 1) {
      const id = await newType();
      const body = { id: `c${round}`, customerId, creditTypeId: id, amount: "1", limit: "soft" };
      const [using, archiving] = await Promise.all([send("/v1/consume", body), archive(id)]);
      assertOneOfTwo(archiving, using, 200);
    }
  });

  test("a plan and an archive that come at once: either the thing is archived or a plan names it", async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const id = await newType();
      await app().client.call(routes.createFeature, { body: { id, name: id } });
      const rates = [{ featureId: id, creditsPerUnit: 1 }];
      const ofType = { id: `${id}-type`, name: id, creditTypeId: id, limit: "hard", rates: [] };
      const [planned, archiving] = await Promise.all([send("/v1/plans", ofType), archive(id)]);
      assertOneOfTwo(archiving, planned, 201);
      const ofFeature = { id: `${id}-feature`, name: id, creditTypeId: "credits", limit: "hard", rates };
      const [rated, archivingFeature] = await Promise.all([
        send("/v1/plans", ofFeature),
        app().client.send("POST", `/v1/features/${id}/archive`),
      ]);
      assertOneOfTwo(archivingFeature, rated, 201);
    }
  });

  // On the embedded engine there is one connection, and so nobody to wait for.
  if (engine.name !== "Postgres") return;

  test("a grant waits for an archive that is under way, and follows what becomes of it", async () => {
    const { database } = app();
    const customerId = await shop.customer({ plan: null });
    for (const archived of [true, false]) {
      const id = await newType();
      const body = { customerId, creditTypeId: id, amount: "1", category: "promo" };
      let granting = Promise.resolve<Reply | null>(null);
      await inTransaction(database, async (transaction) => {
        await lockCreditType(transaction, id);
        await setCreditTypeArchived(transaction, { id, archived });
        granting = send("/v1/grants", body);
        await eventually("waiting", () => isAnyoneWaiting(database));
      });
      const reply = await granting;
      assert.ok(reply);
      if (archived) expectProblem(reply, 404, "not_found");
      else assert.equal(reply.status, 201, reply.text);
    }
  });

  test("an archive waits for a grant that is under way, on another replica too", async () => {
    const { testDatabase, database } = app();
    const replica = await openTestPostgres(testDatabase.url ?? "");
    const id = await newType();
    let archiving = Promise.resolve<Reply | null>(null);
    await inPoolTransaction(replica, async (connection, begun) => {
      await begun;
      assert.ok((await usableCreditTypes(connection, [id])).has(id));
      archiving = archive(id);
      await eventually("waiting", () => isAnyoneWaiting(database));
      return { result: null, writes: [] };
    });
    assert.equal((await archiving)?.status, 200);
    await replica.close();
  });
});
