import assert from "node:assert/strict";
import { before, test } from "node:test";
import { formatCredits } from "@credits-kit/amounts";
import { routes } from "@credits-kit/contract";
import fc from "fast-check";
import { oneEngine, Shop, useTestApp } from "../../bff/src/test-support/index.ts";
import { anyHistory } from "../../packages/engine/src/test-support/random-commands.ts";
import { type Ask, type Chapter, tell } from "../../packages/engine/src/test-support/reference-model.ts";
import { AskingApi } from "./asking-api.ts";
import { freeze, NOW } from "./frozen-history.ts";
import { testSeed } from "../support/seeded-random.ts";

/** `CREDITS_KIT_HTTP_HISTORIES` and `CREDITS_KIT_SEED` ask for more of them, or the same again. */
const HISTORIES = Number(process.env["CREDITS_KIT_HTTP_HISTORIES"] ?? 12);
const SEED = testSeed();

oneEngine((engine) => {
  const app = useTestApp(engine);
  const shop = new Shop(() => app().client);
  before(() => shop.open());

  test("random histories asked over HTTP end as the reference model tells them", async (context) => {
    context.diagnostic(`${HISTORIES} histories, CREDITS_KIT_SEED=${SEED}`);
    for (const [which, history] of fc.sample(anyHistory, { seed: SEED, numRuns: HISTORIES }).entries()) {
      const asks = freeze(history);
      const chapters = tell(asks.map((ask) => ({ at: NOW, ask })));
      const customerId = await shop.customer({ plan: "hard" });
      const api = new AskingApi(app().client, customerId);
      for (const [index, ask] of asks.entries()) {
        const refusal = chapters[index]?.refusal ?? null;
        const said = `seed ${SEED}, history ${which}, ask ${index}: ${textOf(ask)}`;
        assert.equal(await api.ask(ask, index), refusal === null, `${said}; the model says ${refusal}`);
      }
      const told = chapters.at(-1);
      assert.ok(told);
      const said = `seed ${SEED}, history ${which}\n${asks.map(textOf).join("\n")}`;
      assert.deepEqual(await stateOf(customerId, api), stateTold(told, api), said);
      assert.deepEqual(await linesOf(customerId), linesTold(chapters), said);
    }
  });

  async function stateOf(customerId: string, api: AskingApi): Promise<unknown> {
    const pool = (await shop.balances(customerId)).at(0);
    const grants = new Map((await shop.grants(customerId)).map((grant) => [grant.id, grant]));
    return {
      balance: pool?.balance,
      overage: pool?.overage,
      grants: [...api.grantIds].map(([name, id]) => {
        const grant = grants.get(id);
        const remaining = grant?.status === "scheduled" ? "0" : grant?.remaining;
        return [name, remaining, grant?.held, grant?.revoked];
      }),
    };
  }

  /** Every line of the ledger, oldest first. */
  async function linesOf(customerId: string): Promise<string[]> {
    const lines: string[] = [];
    let cursor = "";
    do {
      const query = { customerId, limit: 100, ...(cursor === "" ? {} : { cursor }) };
      const { body: page } = await app().client.call(routes.listLedger, { query });
      lines.push(...page.data.map(({ type, delta, endBalance }) => `${type} ${delta} -> ${endBalance}`));
      cursor = page.nextCursor ?? "";
    } while (cursor !== "");
    return lines.reverse();
  }
});

function stateTold({ balance, overage, remaining, held, revoked }: Chapter, api: AskingApi): unknown {
  return {
    balance: formatCredits(balance),
    overage: formatCredits(overage),
    grants: [...api.grantIds.keys()].map((name) => [
      name,
      ...[remaining, held, revoked].map((each) => formatCredits(each.get(name) ?? 0n)),
    ]),
  };
}

function linesTold(chapters: readonly Chapter[]): string[] {
  return chapters.flatMap(({ lines }) =>
    lines.map(
      ({ type, delta, endBalance }) => `${type} ${formatCredits(delta)} -> ${formatCredits(endBalance)}`,
    ),
  );
}

function textOf(ask: Ask): string {
  return JSON.stringify(ask, (_, value: unknown) => (typeof value === "bigint" ? `${value}n` : value));
}
