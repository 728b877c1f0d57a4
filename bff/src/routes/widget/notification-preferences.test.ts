import assert from "node:assert/strict";
import { before, test } from "node:test";
import {
  type NotificationChoices,
  routes,
  type WidgetNotificationPreferences,
  type WidgetNotificationPreferencesInput,
} from "@credits-kit/contract";
import { oneEngine, expectProblem, mint, Shop, useTestApp } from "../../test-support/index.ts";

const everywhere = { enabled: true, channels: ["in_app", "email"] } satisfies NotificationChoices["depleted"];
const DEFAULTS: NotificationChoices = {
  lowBalance: { ...everywhere, thresholds: null },
  depleted: everywhere,
  expiry: { ...everywhere, daysBefore: 14 },
  autoTopUp: everywhere,
  receipts: everywhere,
};
const CHOSEN: NotificationChoices = {
  lowBalance: { enabled: true, channels: ["email"], thresholds: ["500", "12.5%"] },
  depleted: { enabled: false, channels: [] },
  expiry: { enabled: true, channels: ["in_app"], daysBefore: 30 },
  autoTopUp: { enabled: true, channels: ["email"] },
  receipts: { enabled: false, channels: ["email", "in_app"] },
};

oneEngine((engine) => {
  const app = useTestApp(engine);
  const shop = new Shop(() => app().client);
  const PLACE = { creditType: "credits" };
  const session = (customerId: string, userId?: string) =>
    mint(app().client, customerId, {
      scopes: ["read", "settings"],
      ...(userId === undefined ? {} : { userId }),
    });
  const read = async (credential: string): Promise<WidgetNotificationPreferences> =>
    (await app().client.call(routes.getWidgetNotificationPreferences, { credential })).body;
  const put = async (credential: string, ...creditTypes: WidgetNotificationPreferencesInput["creditTypes"]) =>
    (await app().client.call(routes.putWidgetNotificationPreferences, { credential, body: { creditTypes } }))
      .body;
  const choicesOf = ({ creditTypes }: WidgetNotificationPreferences) =>
    creditTypes.map(({ creditType, isSet, defaultThresholds: _thresholds, ...choices }) => [
      ...[creditType.id, isSet],
      choices,
    ]);
  before(() => shop.open());

  test("where nobody set anything, everything is told everywhere, by the thresholds of the credit type", async () => {
    const customerId = await shop.customer();
    await shop.grant(customerId, { creditTypeId: "tokens" });
    const preferences = await read(await session(customerId));
    assert.deepEqual([preferences.userId, preferences.canChange], [null, true]);
    assert.deepEqual(choicesOf(preferences), [
      ["credits", false, DEFAULTS],
      ["tokens", false, DEFAULTS],
    ]);
    assert.deepEqual(
      preferences.creditTypes.map(({ creditType, defaultThresholds }) => [
        creditType.name,
        defaultThresholds,
      ]),
      [
        ["The credits", ["20%"]],
        ["The tokens", ["100"]],
      ],
    );
    const reader = await mint(app().client, customerId);
    assert.equal((await read(reader)).canChange, false);
  });

  test("a document is set as a whole: what it leaves out goes back to what holds by default", async () => {
    const customerId = await shop.customer();
    await shop.grant(customerId, { creditTypeId: "tokens" });
    const token = await session(customerId);
    const tokens = { ...CHOSEN, creditTypeId: "tokens" };
    const both = await put(token, tokens, { ...DEFAULTS, creditTypeId: "credits" });
    assert.deepEqual(choicesOf(both), [
      ["credits", true, DEFAULTS],
      ["tokens", true, CHOSEN],
    ]);
    assert.deepEqual(await read(token), both);
    assert.deepEqual(choicesOf(await put(token, { ...CHOSEN, creditTypeId: "credits" })), [
      ["credits", true, CHOSEN],
      ["tokens", false, DEFAULTS],
    ]);
    assert.deepEqual(choicesOf(await put(token)), [
      ["credits", false, DEFAULTS],
      ["tokens", false, DEFAULTS],
    ]);
  });

  test("a user's are their own; where they set nothing, the customer's hold, and nobody else's", async () => {
    const [customerId, other] = [await shop.customer(), await shop.customer()];
    const [shared, ada, bob] = [
      await session(customerId),
      await session(customerId, "ada"),
      await session(customerId, "bob"),
    ];
    await put(shared, { ...CHOSEN, creditTypeId: "credits" });
    assert.deepEqual(choicesOf(await read(ada)), [["credits", false, CHOSEN]]);
    const own = { ...DEFAULTS, receipts: { enabled: false, channels: [] } };
    const hers = await put(ada, { ...own, creditTypeId: "credits" });
    assert.deepEqual([hers.userId, choicesOf(hers)], ["ada", [["credits", true, own]]]);
    assert.deepEqual(choicesOf(await read(bob)), [["credits", false, CHOSEN]]);
    assert.deepEqual(choicesOf(await read(shared)), [["credits", true, CHOSEN]]);
    // The same user's id at another customer is another person.
    assert.deepEqual(choicesOf(await read(await session(other, "ada"))), [["credits", false, DEFAULTS]]);
  });

  test("two documents at once leave one of them, whole", async () => {
    const customerId = await shop.customer();
    await shop.grant(customerId, { creditTypeId: "tokens" });
    const token = await session(customerId);
    const both = (choices: NotificationChoices) =>
      ["tokens", "credits"].map((creditTypeId) => ({ ...choices, creditTypeId }));
    for (let round = 0; round < 5; round += 1) {
      await Promise.all([put(token, ...both(CHOSEN)), put(token, ...both(DEFAULTS).toReversed())]);
      const [first, second] = choicesOf(await read(token));
      assert.deepEqual(first?.slice(1), second?.slice(1));
    }
  });

  test("what is wrong is refused and named, and nothing of the document is kept", async () => {
    const customerId = await shop.customer();
    const token = await session(customerId);
    const type = { ...CHOSEN, creditTypeId: "credits" };
    const lowBalance = (thresholds: unknown) => [{ ...type, lowBalance: { ...everywhere, thresholds } }];
    const cases: [unknown, string][] = [
      [lowBalance(["lots"]), "creditTypes.0.lowBalance.thresholds.0"],
      [lowBalance([]), "creditTypes.0.lowBalance.thresholds"],
      [lowBalance(["1", "2", "3", "4", "5", "6"]), "creditTypes.0.lowBalance.thresholds"],
      [lowBalance(undefined), "creditTypes.0.lowBalance.thresholds"],
      [[{ ...type, expiry: { ...everywhere, daysBefore: 0 } }], "creditTypes.0.expiry.daysBefore"],
      [[{ ...type, depleted: { enabled: true, channels: ["fax"] } }], "creditTypes.0.depleted.channels.0"],
      [
        [{ ...type, depleted: { enabled: true, channels: ["email", "email"] } }],
        "creditTypes.0.depleted.channels",
      ],
      [[{ ...type, emails: ["a@example.com"] }], "creditTypes.0.emails"],
      [[{ creditTypeId: "credits" }], "creditTypes.0.lowBalance"],
      [[type, type], "creditTypes.1.creditTypeId"],
    ];
    const send = (creditTypes: unknown) =>
      app().client.send("PUT", "/widget/notification-preferences", {
        credential: token,
        json: { creditTypes },
      });
    for (const [creditTypes, path] of cases) {
      const problem = expectProblem(await send(creditTypes), 422, "validation_failed");
      assert.ok(
        problem.errors?.some((error) => error.path === path),
        `${path}: ${JSON.stringify(problem.errors)}`,
      );
    }
    const problem = expectProblem(await send([type, { ...type, creditTypeId: "tokens" }]), 404, "not_found");
    assert.equal(problem.errors?.[0]?.path, "creditTypes.1.creditTypeId");
    assert.deepEqual(choicesOf(await read(token)), [["credits", false, DEFAULTS]]);
  });

  test("a back end sets a customer's, whom the e-mails go to too; a session changes neither the addresses nor sees them", async () => {
    const customerId = await shop.customer();
    const params = { id: customerId, ...PLACE };
    const get = async () => (await app().client.call(routes.getNotificationPreferences, { params })).body;
    assert.deepEqual(await get(), { creditTypeId: "credits", ...DEFAULTS, emails: [], isSet: false });
    const { lowBalance, expiry } = CHOSEN;
    const body = { lowBalance, expiry, emails: ["billing@example.com"] };
    const key = { "Idempotency-Key": "prefs-1" };
    const set = await app().client.call(routes.putNotificationPreferences, { params, body, headers: key });
    const expected = { creditTypeId: "credits", ...DEFAULTS, lowBalance, expiry };
    assert.deepEqual(set.body, { ...expected, emails: body.emails, isSet: true });
    const again = await app().client.call(routes.putNotificationPreferences, { params, body, headers: key });
    assert.equal(again.headers.get("idempotency-replayed"), "true");

    const token = await session(customerId);
    const seen = await read(token);
    assert.deepEqual(choicesOf(seen), [["credits", true, { ...DEFAULTS, lowBalance, expiry }]]);
    assert.ok(!JSON.stringify(seen).includes("billing@"));
    await put(token, { ...CHOSEN, creditTypeId: "credits" });
    assert.deepEqual(await get(), {
      ...{ creditTypeId: "credits", ...CHOSEN },
      ...{ emails: body.emails, isSet: true },
    });

    for (const [id, creditType] of [
      ["nobody", "credits"],
      [customerId, "nothing"],
    ] as const) {
      const path = `/v1/customers/${id}/notification-preferences/${creditType}`;
      expectProblem(await app().client.send("GET", path), 404, "not_found");
      expectProblem(await app().client.send("PUT", path, { json: body }), 404, "not_found");
    }
  });
});
