import { decide, EMPTY_POOL, type Pool } from "@credits-kit/engine";
import type { Asked, Dimensions } from "../../pools/command.ts";
import { poolName } from "../../pools/memory.ts";
import type { Rejected } from "../../pools/outcome.ts";
import { rejected, rejectedPrice } from "../../pools/outcomes.ts";
import { countersOf, RateCounters } from "../../pools/rate-counters.ts";
import { limitOfCredits, type NoPrice, type Price, priceUsage } from "../../pools/routing.ts";
import type { Database } from "../../storage/database.ts";
import type { Connection } from "../../storage/pools/connection.ts";
import { loadPools, type PoolKey } from "../../storage/pools/load-pools.ts";
import { readRateCounters } from "../../storage/pools/rate-counters.ts";
import { readSpenders, readUsable, type Spenders } from "../../storage/pools/read-spenders.ts";
import { inSnapshot } from "../../storage/pools/snapshot.ts";
import { settleCustomers } from "../balances/settle-customers.ts";
import type { Deps } from "../call.ts";

/** Something that a customer might spend. */
export interface Intent {
  readonly customerId: string;
  readonly asked: Asked;
  /** Empty for the default pool. */
  readonly resourceId: string;
  readonly dimensions: Dimensions | null;
  /** The plan's, unless it says. */
  readonly limit: "hard" | "soft" | null;
  /** When; now if it does not say. In milliseconds since 1970. */
  readonly timestamp: number | null;
}

/** A pool to try things on. Intents that one pool would pay for share it. */
export interface Trial {
  pool: Pool;
  /** What time it is for the customer, in milliseconds; what was due by then is settled here, and not in storage. */
  readonly now: number;
}

/** What an intent costs and who would pay, or why that cannot be told. */
export type Prospect = Rejected | { readonly kind: "priced"; readonly price: Price; readonly trial: Trial };

/** What a look found: a prospect for each intent, in their order. */
export interface Look {
  readonly prospects: readonly Prospect[];
  /** The units that tiered prices count from; what is tried may be counted here. */
  readonly counters: RateCounters;
}

/**
 * Looks, as of one moment, at what intents would cost and which pools would pay. Writes nothing but the credits that a
 * plan owes a customer by now, if nobody did yet.
 */
export async function lookAt(
  deps: Pick<Deps, "database" | "pools">,
  intents: readonly Intent[],
): Promise<Look> {
  const { overdue, ...look } = await lookOnce(deps.database, intents);
  if (overdue.length === 0) return look;
  await settleCustomers(deps, overdue);
  return lookOnce(deps.database, intents);
}

function lookOnce(
  database: Database,
  intents: readonly Intent[],
): Promise<Look & { readonly overdue: readonly string[] }> {
  return inSnapshot(database, async (connection) => {
    const customerIds = [...new Set(intents.map(({ customerId }) => customerId))];
    const spenders = await readSpenders(connection, customerIds);
    const prices = await pricesOf(connection, intents, spenders);
    const counterKeys = countersOf(prices);
    const counters = new RateCounters(
      counterKeys.length > 0 ? await readRateCounters(connection, counterKeys) : [],
    );
    const trials = await openTrials(connection, spenders.clocks, keysOf(intents, prices));
    const prospects = intents.map((intent, index): Prospect => {
      const price = prices[index];
      if (price === undefined) throw new Error("every intent has a price or the lack of one");
      if ("kind" in price) return price;
      const trial = trials.get(nameOf(keyOf(intent, price))) ?? {
        pool: EMPTY_POOL,
        now: clockOf(spenders, intent),
      };
      return { kind: "priced", price, trial };
    });
    return { prospects, counters, overdue: customerIds.filter((id) => isOverdue(id, spenders)) };
  });
}

/** Whether a plan should have given the customer credits by now. What expires or begins, a trial settles by itself. */
function isOverdue(customerId: string, { clocks, subscriptions }: Spenders): boolean {
  const now = clocks.get(customerId) ?? -Infinity;
  const own = subscriptions.get(customerId) ?? [];
  return own.some(({ recurrence }) => (recurrence.nextPeriodAt ?? Infinity) <= now);
}

async function pricesOf(
  connection: Connection,
  intents: readonly Intent[],
  spenders: Spenders,
): Promise<(Price | Rejected)[]> {
  const prices = intents.map((intent) => priceOf(intent, spenders));
  const features = new Set<string>();
  const creditTypes = new Set<string>();
  intents.forEach(({ asked }, index) => {
    if (asked.kind === "direct") creditTypes.add(asked.creditTypeId);
    else if (typeof prices[index] === "string") features.add(asked.featureId);
  });
  const usable = await readUsable(connection, { features: [...features], creditTypes: [...creditTypes] });
  return intents.map(({ customerId, asked }, index) => {
    const price = prices[index] ?? "no_active_subscription";
    if (!spenders.clocks.has(customerId)) return rejected("not_found", "customerId", "no such customer");
    if (asked.kind === "direct" && !usable.creditTypes.has(asked.creditTypeId)) {
      return rejected("not_found", "creditTypeId", "no such credit type");
    }
    if (typeof price !== "string") return price;
    return rejectedPrice(price, asked.kind === "feature" && usable.features.has(asked.featureId));
  });
}

function priceOf(intent: Intent, spenders: Spenders): Price | NoPrice {
  const { customerId, asked, resourceId, dimensions, limit, timestamp } = intent;
  const own = spenders.subscriptions.get(customerId) ?? [];
  const at = timestamp ?? clockOf(spenders, intent);
  if (asked.kind === "feature") {
    return priceUsage({ customerId, ...asked, resourceId, dimensions, limit }, at, own);
  }
  const { creditTypeId, amount: cost } = asked;
  return {
    creditTypeId,
    cost,
    limit: limit ?? limitOfCredits({ creditTypeId, resourceId }, at, own) ?? "hard",
  };
}

function keysOf(intents: readonly Intent[], prices: readonly (Price | Rejected)[]): PoolKey[] {
  const keys = new Map<string, PoolKey>();
  intents.forEach((intent, index) => {
    const price = prices[index];
    if (price === undefined || "kind" in price) return;
    const key = keyOf(intent, price);
    keys.set(nameOf(key), key);
  });
  return [...keys.values()];
}

async function openTrials(
  connection: Connection,
  clocks: ReadonlyMap<string, number>,
  keys: readonly PoolKey[],
): Promise<Map<string, Trial>> {
  const stored = keys.length > 0 ? await loadPools(connection, keys) : new Map<number, never>();
  return new Map(
    keys.map((key, index) => {
      const pool = stored.get(index)?.pool ?? EMPTY_POOL;
      const now = clocks.get(key.customerId) ?? Date.now();
      return [nameOf(key), { pool: decide(pool, { kind: "settle" }, now).pool, now }];
    }),
  );
}

/** Whoever does not exist has no time of their own. */
function clockOf({ clocks }: Spenders, { customerId }: Intent): number {
  return clocks.get(customerId) ?? Date.now();
}

function keyOf({ customerId, resourceId }: Intent, { creditTypeId }: Price): PoolKey {
  return { customerId, creditTypeId, resourceId };
}

/** Names a pool among all. Ids hold no spaces, so the parts cannot run together. */
function nameOf(key: PoolKey): string {
  return `${key.customerId} ${poolName(key)}`;
}
