import { MAX_POOL } from "@credits-kit/amounts";
import { costOf, PricingError } from "@credits-kit/engine";
import type { CounterKey, RateCounter } from "../storage/pools/rate-counters.ts";
import type { Rejected } from "./outcome.ts";
import { rejected } from "./outcomes.ts";
import type { Price } from "./routing.ts";

/** The most units that a period counts, in millionths: what fits the column. */
const MAX_UNITS = MAX_POOL;

interface Counter extends CounterKey {
  units: bigint;
  isChanged: boolean;
}

/** How much of tiered features was used, as it stands in the course of a group or a look. */
export class RateCounters {
  readonly #counters: ReadonlyMap<string, Counter>;

  constructor(stored: readonly RateCounter[]) {
    this.#counters = new Map(stored.map((each) => [nameOf(each), { ...each, isChanged: false }]));
  }

  /** The units so far; undefined for a counter that was not read. */
  unitsOf(key: CounterKey): bigint | undefined {
    return this.#counters.get(nameOf(key))?.units;
  }

  /** Whether everything is known that a price depends on. */
  has({ cost }: Price): boolean {
    return typeof cost === "bigint" || cost.counter === null || this.#counters.has(nameOf(cost.counter));
  }

  /** Counts units that were used, or takes some back where they are negative. */
  add(key: CounterKey, units: bigint): void {
    const counter = this.#counters.get(nameOf(key));
    if (!counter) throw new Error("units are counted that were not read");
    if (units === 0n) return;
    const sum = counter.units + units;
    counter.units = sum < 0n ? 0n : sum;
    counter.isChanged = true;
  }

  /** Counts what was paid for, where its price depends on how much there was before. */
  count({ cost }: Price): void {
    if (typeof cost !== "bigint" && cost.counter !== null) this.add(cost.counter, cost.quantity);
  }

  /** The counters that moved. */
  changed(): RateCounter[] {
    return [...this.#counters.values()].filter((counter) => counter.isChanged);
  }
}

/** What something costs now that its turn has come: those before it are counted. */
export function costNow({ cost }: Price, counters: RateCounters): bigint | Rejected {
  if (typeof cost === "bigint") return cost;
  const { rate, quantity, dimensions, counter } = cost;
  const unitsBefore = counter === null ? 0n : counters.unitsOf(counter);
  if (unitsBefore === undefined) throw new Error("units are priced that were not read");
  if (unitsBefore + quantity > MAX_UNITS) {
    return rejected("amount_out_of_range", "quantity", "is more than can be counted in one period");
  }
  try {
    return costOf(rate, { quantity, unitsBefore, dimensions });
  } catch (error) {
    if (!(error instanceof PricingError)) throw error;
    const path = error.dimension === null ? "dimensions" : `dimensions.${error.dimension}`;
    return rejected("validation_failed", path, error.message);
  }
}

/** The counters on which prices depend, each once. */
export function countersOf(prices: Iterable<Price | Rejected | string | null | undefined>): CounterKey[] {
  const keys = new Map<string, CounterKey>();
  for (const price of prices) {
    if (typeof price !== "object" || price === null || "kind" in price) continue;
    if (typeof price.cost === "bigint" || price.cost.counter === null) continue;
    keys.set(nameOf(price.cost.counter), price.cost.counter);
  }
  return [...keys.values()];
}

/** Names a counter among all. Ids hold no spaces, so the parts cannot run together. */
function nameOf({ customerId, subscriptionId, featureId, every, periodNo }: CounterKey): string {
  return `${customerId} ${subscriptionId} ${featureId} ${every} ${periodNo}`;
}
