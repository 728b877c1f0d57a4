import assert from "node:assert/strict";
import { before, test } from "node:test";
import { routes, type WidgetGrants } from "@credits-kit/contract";
import { oneEngine, expectProblem, fromNow, mint, Shop, useTestApp } from "../../test-support/index.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const costBasis = { amount: "0.01", currency: "usd" };

oneEngine((engine) => {
  const app = useTestApp(engine);
  const shop = new Shop(() => app().client);
  const read = async (credential: string, query: Record<string, string> = {}): Promise<WidgetGrants> =>
    (await app().client.call(routes.getWidgetGrants, { credential, query })).body;
  const session = (customerId: string) => mint(app().client, customerId);
  const idsOf = ({ data }: { data: readonly { id: string }[] }) => data.map(({ id }) => id);
  before(() => shop.open());

  test("a session sees its customer's grants, what is theirs to see of them, and nothing of the host's notes", async () => {
    const customerId = await shop.customer();
    await shop.customer({ credits: "999" });
    const given = await shop.grant(customerId, {
      amount: "12.5",
      reason: "Goodwill: threatened to leave",
      externalReference: "crm-77",
      metadata: { margin: "secret" },
      expiresAt: fromNow(DAY_MS),
    });
    const grants = await read(await session(customerId));
    const shared = ["amount", "remaining", "consumed", "held", "frozen", "revoked", "expired"] as const;
    const [grant, ...others] = grants.data;
    assert.ok(grant);
    assert.equal(others.length, 0);
    for (const name of shared) assert.equal(grant[name], given[name], name);
    assert.deepEqual(grant.actor, { kind: "host", userId: null });
    assert.deepEqual(grant.source, { kind: "api", id: null });
    assert.deepEqual([grant.reason, grant.purchase, grant.expiringSoon], [null, null, true]);
    assert.deepEqual(grants.creditTypes, [
      {
        id: "credits",
        name: "The credits",
        symbol: "✦",
        unit: { singular: "credit", plural: "credits" },
      },
    ]);
    const text = JSON.stringify(grants);
    for (const secret of ["Goodwill", "crm-77", "secret", given.actor.id, customerId])
      assert.ok(!text.includes(secret), secret);
  });

  test("a list shows only what its filters ask for, several statuses at once too", async () => {
    const customerId = await shop.customer();
    const paid = await shop.grant(customerId, { category: "paid", costBasis, amount: "7" });
    const scoped = await shop.grant(customerId, { resourceId: "team", expiresAt: fromNow(20 * DAY_MS) });
    const tokens = await shop.grant(customerId, { creditTypeId: "tokens" });
    const waiting = await shop.grant(customerId, { effectiveAt: fromNow(HOUR_MS) });
    const revoked = await shop.grant(customerId);
    await shop.revoke(revoked.id);
    const token = await session(customerId);
    const later = fromNow(10 * DAY_MS);
    for (const [query, expected] of [
      [{}, [revoked, waiting, tokens, scoped, paid]],
      [{ sort: "amount", creditTypeId: "credits", limit: "1" }, [paid]],
      [{ category: "paid" }, [paid]],
      [{ status: "scheduled,revoked" }, [revoked, waiting]],
      [{ status: "active", creditTypeId: "credits" }, [scoped, paid]],
      [{ creditTypeId: "tokens" }, [tokens]],
      [{ resourceId: "team" }, [scoped]],
      [{ resourceId: "none", status: "active" }, [tokens, paid]],
      [{ source: "api", actor: "host", resourceId: "team" }, [scoped]],
      [{ source: "top_up" }, []],
      [{ actor: "customer" }, []],
      [{ actor: "system" }, []],
      [{ effectiveFrom: fromNow(HOUR_MS / 2) }, [waiting]],
      [{ effectiveTo: paid.effectiveAt }, []],
      [{ expiresFrom: later }, [scoped]],
      [{ expiresTo: later }, []],
      [{ from: waiting.createdAt }, [revoked, waiting]],
      [{ to: scoped.createdAt }, [paid]],
    ] as const) {
      assert.deepEqual(
        idsOf(await read(token, query)),
        idsOf({ data: [...expected] }),
        JSON.stringify(query),
      );
    }
    const repeated = await app().client.send("GET", "/widget/grants?status=scheduled&status=revoked", {
      credential: token,
    });
    assert.deepEqual(idsOf(routes.getWidgetGrants.answer.parse(JSON.parse(repeated.text))), [
      revoked.id,
      waiting.id,
    ]);
  });

  test("subtotals are of each type and status, whatever status the list is of", async () => {
    const customerId = await shop.customer();
    await shop.grant(customerId, { amount: "10" });
    await shop.grant(customerId, { amount: "5", expiresAt: fromNow(HOUR_MS) });
    await shop.grant(customerId, { amount: "1", effectiveAt: fromNow(HOUR_MS) });
    await shop.grant(customerId, { amount: "3", creditTypeId: "tokens" });
    await shop.consume(customerId, { id: "a", amount: "6" });
    const { data, totals } = await read(await session(customerId), { status: "depleted", totals: "true" });
    assert.equal(data.length, 1);
    const sums = (totals ?? []).map(({ creditTypeId, status, grants, amount, remaining }) => {
      assert.equal(grants, 1);
      return [creditTypeId, status, amount, remaining];
    });
    assert.deepEqual(sums, [
      ["credits", "active", "10", "9"],
      ["credits", "depleted", "5", "0"],
      ["credits", "scheduled", "1", "1"],
      ["tokens", "active", "3", "3"],
    ]);
    assert.equal((await read(await session(customerId))).totals, undefined);
  });

  test("what can be spent and ends within two weeks is marked, and nothing else", async () => {
    const customerId = await shop.customer();
    const soon = await shop.grant(customerId, { expiresAt: fromNow(14 * DAY_MS) });
    await shop.grant(customerId, { expiresAt: fromNow(14 * DAY_MS + HOUR_MS) });
    await shop.grant(customerId);
    await shop.grant(customerId, { effectiveAt: fromNow(HOUR_MS), expiresAt: fromNow(DAY_MS) });
    const gone = await shop.grant(customerId, { expiresAt: fromNow(DAY_MS) });
    await shop.revoke(gone.id);
    const { data } = await read(await session(customerId));
    assert.deepEqual(idsOf({ data: data.filter(({ expiringSoon }) => expiringSoon) }), [soon.id]);
  });

  test("pages have every grant once, though others are granted meanwhile", async () => {
    const customerId = await shop.customer();
    const made: string[] = [];
    for (let index = 0; index < 23; index += 1) made.unshift((await shop.grant(customerId)).id);
    const token = await session(customerId);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: WidgetGrants = await read(token, { limit: "5", ...(cursor === null ? {} : { cursor }) });
      seen.push(...idsOf(page));
      cursor = page.nextCursor;
      await Promise.all([shop.grant(customerId), shop.grant(customerId)]);
    } while (cursor !== null);
    assert.deepEqual(seen, made);
  });

  test("a cursor of another customer's, of other filters or made up is refused, and so is what is not known", async () => {
    const [mine, theirs] = [await shop.customer({ credits: "1" }), await shop.customer({ credits: "1" })];
    await shop.grant(mine);
    await shop.grant(theirs);
    const token = await session(mine);
    const { nextCursor } = await read(await session(theirs), { limit: "1" });
    const own = (await read(token, { limit: "1" })).nextCursor ?? "";
    for (const [query, path] of [
      [{ cursor: nextCursor ?? "" }, "cursor"],
      [{ cursor: own, status: "active" }, "cursor"],
      [{ cursor: own, sort: "amount" }, "cursor"],
      [{ cursor: "e30" }, "cursor"],
      [{ customerId: theirs }, "customerId"],
      [{ status: "spent" }, "status"],
      [{ status: "" }, "status"],
      [{ status: "active,,frozen" }, "status"],
      [{ actor: "op_mara" }, "actor"],
      [{ source: "Top Up" }, "source"],
      [{ totals: "yes" }, "totals"],
      [{ expiresTo: "soon" }, "expiresTo"],
    ] as const) {
      const reply = await app().client.send("GET", `/widget/grants?${new URLSearchParams(query)}`, {
        credential: token,
      });
      const problem = expectProblem(reply, 422, "validation_failed");
      assert.equal(problem.errors?.[0]?.path, path, JSON.stringify(query));
    }
  });
});
