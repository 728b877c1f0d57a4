import assert from "node:assert/strict";
import { test } from "node:test";
import { type RouteDefinition, routes } from "@credits-kit/contract";
import { grant, pay } from "../../bff/src/pools/test-support/commands.ts";
import { eventually, fromNow, mint } from "../../bff/src/test-support/index.ts";
import { sumOf, wholeLedger } from "./answers.ts";
import { onTwoReplicas } from "./deployments.ts";

type Json = Readonly<Record<string, unknown>>;
/** Something that is asked of the API: the operation, what fills its path, and a body. */
type Ask = readonly [operation: keyof typeof routes, id: string, body: Json];

/** Operations on the catalogue: no customer's pool is anywhere near them. */
const ON_THE_CATALOGUE = /^(create|update|archive|unarchive)(CreditType|Feature|Plan)$/;
/** Operations that go nowhere without Stripe; the tests of payments ask for them. */
const AT_STRIPE = new Set([
  "setupWidgetAutoTopUp",
  ...["createTopUp", "createWidgetTopUp", "cancelWidgetTopUp", "voidTopUp", "markTopUpPaid"],
  "clearTopUpFraudWarning",
  ...["setUpPaymentMethod", "setDefaultPaymentMethod", "removePaymentMethod"],
  ...["setUpWidgetPaymentMethod", "setDefaultWidgetPaymentMethod", "removeWidgetPaymentMethod"],
]);
const credits = (amount: string) => ({ creditTypeId: "credits", amount });

onTwoReplicas(({ shop, at }) => {
  // Elsewhere, two ways to change a balance wrote no line into the ledger, and every account drifted. Here the one way
  // to change a balance is a line: whatever is asked, the lines that it adds make up the whole difference.
  test("every way to change a balance writes it into the ledger, line by line (complaint 34)", async () => {
    const customerId = await shop.customer({ credits: "100" });
    const [{ id: first } = { id: "" }] = await shop.grants(customerId);
    const { id: later } = await shop.grant(customerId, { amount: "7", effectiveAt: fromNow(3_600_000) });
    const mine = { customerId };
    const included = { credits: "30", every: "month", perSeat: true } as const;
    const topUp = { prices: [{ amount: "0.01", currency: "usd" }] };
    const planId = `giving-${customerId}`;
    await shop.plan({ id: planId, creditTypeId: "credits", limit: "hard", rates: [], included, topUp });
    await shop.subscribe(customerId, { planId });
    const { data } = (await at(0).client.call(routes.listSubscriptions, { params: { id: customerId } })).body;
    const subscription = data[0]?.id ?? "";
    const clock = `clock-${customerId}`;
    const told = { enabled: true, channels: ["email"] };
    const asks: Ask[] = [
      ["updateSettings", "", { promotionCodes: true }],
      ["createGrant", "", { ...mine, ...credits("20"), category: "promo", priority: 5 }],
      ["createGrant", "", { ...mine, ...credits("5"), category: "promo", effectiveAt: fromNow(3_600_000) }],
      ["reportEvents", "", { id: "bare", ...mine, featureId: "image" }],
      ["reportEvents", "", { events: ["a", "bare", "b"].map((id) => ({ id, ...mine, featureId: "image" })) }],
      ["consume", "", { id: "c", ...mine, ...credits("3.000001") }],
      ["placeHold", "", { id: "h", ...mine, ...credits("10") }],
      ["extendHold", "", { id: "h", ...mine, expiresInSeconds: 3600 }],
      ["captureHold", "", { id: "h", ...mine, amount: "4", final: false }],
      ["captureHold", "", { id: "h", ...mine, amount: "8" }],
      ["placeHold", "", { id: "i", ...mine, ...credits("10") }],
      ["releaseHold", "", { id: "i", ...mine }],
      ["reverseEvent", "", { id: "a", ...mine, reason: "Never came" }],
      ["updateGrant", later, { priority: 3, effectiveAt: fromNow(7_200_000) }],
      ["revokeGrant", first, { amount: "2.5", reason: "Asked for" }],
      ["consume", "", { id: "over", ...mine, ...credits("1000"), limit: "soft" }],
      ["createGrant", "", { ...mine, ...credits("2000"), category: "promo" }],
      ["revokeGrant", later, { reason: "Asked for" }],
      ["quoteTopUp", "", { ...mine, creditTypeId: "credits", credits: "100" }],
      ["createSubscription", customerId, { planId: "soft" }],
      ["updateSubscription", subscription, { seats: 3 }],
      ["updateSubscription", subscription, { seats: 2 }],
      ["cancelSubscription", subscription, { at: "now" }],
      ["createTestClock", "", { id: clock, now: fromNow(0) }],
      ["advanceTestClock", clock, { to: fromNow(3_600_000) }],
      ["deleteTestClock", clock, {}],
      ["upsertCustomer", customerId, { name: "Lena" }],
      ["createCustomer", "", { name: "Somebody else" }],
      ["createEstimates", "", { events: [{ ...mine, featureId: "image" }] }],
      ["checkCustomer", customerId, { featureId: "image" }],
      ["createWidgetSession", "", mine],
      ["putAutoTopUp", customerId, { enabled: false, threshold: "100", target: "600" }],
      ["resumeAutoTopUp", customerId, {}],
      ["deleteAutoTopUp", customerId, {}],
      ["putWidgetAutoTopUp", "", { enabled: false, threshold: "100", credits: "600" }],
      ["resumeWidgetAutoTopUp", "", {}],
      ["deleteWidgetAutoTopUp", "", {}],
      [
        "putNotificationPreferences",
        customerId,
        { lowBalance: { ...told, thresholds: ["20%"] }, expiry: { ...told, daysBefore: 7 } },
      ],
      ["putWidgetNotificationPreferences", "", { creditTypes: [] }],
    ];
    const session = await mint(at(0).client, customerId, { scopes: ["read", "top_up", "settings"] });
    for (const [turn, ask] of asks.entries()) {
      const { method, path, status, auth }: RouteDefinition = routes[ask[0]];
      const said = JSON.stringify(ask);
      await explained(customerId, said, async () => {
        const address = path.replace(":id", ask[1]).replace(":creditType", "credits");
        const credential = auth === "widget" ? { credential: session } : {};
        const sent = { json: ask[2], ...credential };
        const reply = await at(turn).client.send(method.toUpperCase(), address, sent);
        assert.equal(reply.status, status, `${said}: ${reply.text}`);
      });
    }
    const asked = new Set<string>(asks.map(([operation]) => operation));
    const unasked = Object.values<RouteDefinition>(routes).filter(
      ({ method, operationId }) =>
        method !== "get" &&
        !asked.has(operationId) &&
        !ON_THE_CATALOGUE.test(operationId) &&
        !AT_STRIPE.has(operationId),
    );
    assert.deepEqual(unasked, [], "every operation that writes was asked for");
  });

  test("what payments, disputes and time do to a balance is in the ledger too (complaint 34)", async () => {
    const customerId = await shop.customer({ credits: "100" });
    const unpaid = grant(customerId, 40n, { creditTypeId: "credits", isPaymentPending: true });
    const commands = [
      unpaid,
      ...(["confirm_payment", "freeze_grant", "unfreeze_grant", "freeze_grant"] as const).map((kind) =>
        pay(customerId, unpaid.grantId, kind),
      ),
    ];
    for (const [turn, command] of commands.entries()) {
      await explained(customerId, command.kind, async () => {
        const [outcome] = await at(turn).app.parts.pools.submit([command]);
        assert.equal(outcome?.kind, "applied");
      });
    }
    await explained(customerId, "the passing of time", async () => {
      await shop.grant(customerId, { amount: "9", effectiveAt: fromNow(500) });
      await shop.grant(customerId, { amount: "8", expiresAt: fromNow(1500) });
      await shop.hold(customerId, { id: "h", amount: "1", expiresInSeconds: 1 });
      await eventually("what is due", async () => {
        const { scheduled, held, balance } = await at(1).shop.balance(customerId);
        return scheduled === "0" && held === "0" && balance === "109";
      });
    });
    const types = new Set((await wholeLedger(at(0).client, customerId)).map(({ type }) => type));
    const expected = [
      "activated",
      "expired",
      "frozen",
      "granted",
      "hold_placed",
      "hold_released",
      "unfrozen",
    ];
    assert.deepEqual([...types].sort(), expected);
  });

  /** Does something, and holds the lines that it adds against what changed in the pool. */
  async function explained(customerId: string, what: string, act: () => Promise<void>): Promise<void> {
    const before = await standing(customerId);
    await act();
    const after = await standing(customerId);
    const lines = (await wholeLedger(at(1).client, customerId)).slice(before.seq);
    assert.equal(lines.length, after.seq - before.seq, what);
    const moved = sumOf(lines.map(({ delta }) => delta));
    assert.equal(moved, after.balance - before.balance, what);
    const owed = sumOf(lines.map(({ overageChange }) => overageChange));
    assert.equal(owed, after.overage - before.overage, what);
    assert.equal(after.balance, after.remaining - after.overage, what);
    if (lines.length === 0) assert.deepEqual(after, before, `${what} wrote nothing and changed something`);
  }

  async function standing(customerId: string) {
    // What a plan will bring is not in the pool yet.
    const { asOf: _asOf, nextRefreshAt: _next, ...held } = await shop.balance(customerId);
    const { seq, balance, overage, ...rest } = held;
    const grants = await shop.grants(customerId);
    const spendable = grants.filter(({ status }) => status !== "scheduled" && status !== "payment_pending");
    return {
      ...rest,
      seq,
      balance: sumOf([balance]),
      overage: sumOf([overage]),
      remaining: sumOf(spendable.map(({ remaining }) => remaining)),
      grants,
    };
  }
});
