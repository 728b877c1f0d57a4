import assert from "node:assert/strict";
import { formatCredits } from "@credits-kit/amounts";
import { createServerClient } from "@credits-kit/client/server";
import pg from "pg";
import { runProduct, type Settings } from "../support/product.ts";
import { costOf, type Scene, type Server } from "./scene.ts";
import type { SentEvent } from "./usage-load.ts";

/** How often each event burned, by the ledger itself. */
export async function burnsIn(databaseUrl: string): Promise<Map<string, number>> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ id: string; burns: number }>(
      "select source_id as id, count(*)::int as burns from ledger where type = 'consumed' group by source_id",
    );
    return new Map(rows.map(({ id, burns }) => [id, burns]));
  } finally {
    await client.end();
  }
}

/** What is wrong with a ledger while some events are not acknowledged: nothing, in a good one. */
export function faultsOf(
  burns: ReadonlyMap<string, number>,
  { sent, acknowledged }: { sent: ReadonlyMap<string, SentEvent>; acknowledged: ReadonlySet<string> },
) {
  return {
    lost: [...acknowledged].filter((id) => !burns.has(id)),
    doubled: [...burns].filter(([, times]) => times > 1).map(([id]) => id),
    strange: [...burns.keys()].filter((id) => !sent.has(id)),
  };
}

export const NO_FAULTS = { lost: [], doubled: [], strange: [] };

/** Every customer has what was granted less what the events cost, each of them once. */
export async function assertBalances(
  server: Server,
  scene: Scene,
  events: Iterable<SentEvent>,
): Promise<void> {
  const client = createServerClient({ baseUrl: server.url, apiKey: server.apiKey });
  const expected = new Map(scene.customerIds.map((id) => [id, scene.granted]));
  for (const event of events) {
    expected.set(event.customerId, (expected.get(event.customerId) ?? 0n) - costOf(event));
  }
  const found = await Promise.all(
    scene.customerIds.map(
      async (id) => [id, (await client.customers.balances(id)).balances[0]?.balance] as const,
    ),
  );
  assert.deepEqual(
    Object.fromEntries(found),
    Object.fromEntries([...expected].map(([id, balance]) => [id, formatCredits(balance)])),
  );
}

/** The audit, run as an operator runs it, finds so many entries and nothing wrong. */
export async function assertAudit(settings: Settings, entries: number): Promise<void> {
  const { code, stdout, stderr } = await runProduct(["audit", "--json"], settings);
  assert.equal(code, 0, stdout + stderr);
  const report: unknown = JSON.parse(stdout);
  assert.ok(typeof report === "object" && report !== null && "pools" in report);
  assert.deepEqual(report, { pools: report.pools, entries, violations: [] });
}
