import type { UsageEventInput } from "@credits-kit/client/server";
import { CROWD, PERSONAS } from "../seed/customers.ts";

const USERS = ["amelie", "bruno", "chiara", "daniel", "esra"];
const MODELS = ["prism-2", "prism-2", "prism-2", "prism-2-xl"];
const EVENTS_PER_TICK_MAX = 12;

/** Most people write, some draw, few film. */
const FEATURE_SHARES = [
  ["email", 0.7],
  ["image", 0.27],
  ["video", 0.03],
] as const;

/**
 * About `mean` events of one tick, from whoever happens to be at work. Arrivals are independent of one another (a
 * Poisson count), so the stream has the lulls and bursts of real use while its rate stays bounded.
 */
export function nextEvents(mean: number, random: () => number): Omit<UsageEventInput, "id">[] {
  return Array.from({ length: poisson(mean, random) }, () => ({
    ...customerAtWork(random),
    userId: anyOf(USERS, random),
    dimensions: { model: anyOf(MODELS, random) },
  }));
}

function poisson(mean: number, random: () => number): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > limit && count < EVENTS_PER_TICK_MAX; product *= random())
    count += 1;
  return count;
}

function customerAtWork(random: () => number): { customerId: string; featureId: string } {
  let point = random();
  for (const { id, traffic } of PERSONAS) {
    if (!traffic) continue;
    if (point < traffic.share) return { customerId: id, featureId: traffic.only ?? anyFeature(random) };
    point -= traffic.share;
  }
  return { customerId: anyOf(CROWD, random).id, featureId: anyFeature(random) };
}

function anyFeature(random: () => number): string {
  let point = random();
  for (const [featureId, share] of FEATURE_SHARES) {
    if (point < share) return featureId;
    point -= share;
  }
  return FEATURE_SHARES[0][0];
}

function anyOf<Item>(items: readonly Item[], random: () => number): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new RangeError("nothing to choose from");
  return item;
}
