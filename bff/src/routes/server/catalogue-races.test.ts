import assert from "node:assert/strict";
import { before, test } from "node:test";
import { routes } from "@credits-kit/contract";
import type { Database } from "../../storage/database.ts";
import { lockCreditType, setCreditTypeArchived } from "../../storage/catalogue/credit-types.ts";
import { usableCreditTypes } from "../../storage/pools/load-subscriptions.ts";
import { isAnyoneWaiting } from "../../storage/test-support/lock-waits.ts";
import { inTransaction, type Transaction } from "../../storage/transaction.ts";
import {
  eachEngine,
  eventually,
  expectProblem,
  openTestPostgres,
  type Reply,
  Shop,
  useTestApp,
} from "../../test-support/index.ts";

const unit = { singular: "credit", plural: "credits" };
const ROUNDS = 25;

eachEngine((engine) => {
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
    const customerId = await shop.customer({ plan: null });
    for (const end of ["commit", "rollback"] as const) {
      const id = await newType();
      const archiving = await underWay(app().database, async (transaction) => {
        await lockCreditType(transaction, id);
        await setCreditTypeArchived(transaction, { id, archived: true });
      });
      const granting = send("/v1/grants", { customerId, creditTypeId: id, amount: "1", category: "promo" });
      await eventually("waiting", () => isAnyoneWaiting(app().database));
      await archiving.end(end);
      if (end === "commit") expectProblem(await granting, 404, "not_found");
      else assert.equal((await granting).status, 201);
    }
  });

  test("an archive waits for a grant that is under way, on another replica too", async () => {
    const { testDatabase, database } = app();
    const replica = await openTestPostgres(testDatabase.url ?? "");
    try {
      const id = await newType();
      const connection = await replica.connect();
      await connection.query("begin", []);
      assert.ok((await usableCreditTypes(connection, [id])).has(id));
      const archiving = archive(id);
      await eventually("waiting", () => isAnyoneWaiting(database));
      await connection.query("commit", []);
      connection.release();
      assert.equal((await archiving).status, 200);
    } finally {
      await replica.close();
    }
  });
});

/** Begins work in a transaction of its own, and leaves it open. */
async function underWay(database: Database, work: (transaction: Transaction) => Promise<void>) {
  const begun = Promise.withResolvers<void>();
  const over = Promise.withResolvers<"commit" | "rollback">();
  const done = inTransaction(database, async (transaction) => {
    await work(transaction);
    begun.resolve();
    if ((await over.promise) === "rollback") throw new Error("given up");
  }).catch((error: unknown) => {
    if (!(error instanceof Error && error.message === "given up")) throw error;
  });
  await begun.promise;
  return {
    end: async (how: "commit" | "rollback") => {
      over.resolve(how);
      await done;
    },
  };
}
