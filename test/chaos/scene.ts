import { parseCredits } from "@credits-kit/amounts";
import { createServerClient } from "@credits-kit/client/server";

/** A BFF, and a key to it. */
export interface Server {
  readonly url: string;
  readonly apiKey: string;
}

/** What a unit of each feature costs, in credits. */
const PRICES = { letter: "1", picture: "2.5", word: "0.0125" } as const;
export type FeatureId = keyof typeof PRICES;
export const FEATURES: readonly [FeatureId, ...FeatureId[]] = ["letter", "picture", "word"];

/** Small ones first, so that burns cross from grant to grant; the last one outlasts any load. */
const GRANTS = ["40", "300.5", "5000000"] as const;
const CREDIT_TYPE = "credits";
const PLAN = "pro";
const DAY_MS = 86_400_000;

/** Customers that usage can be reported of. */
export interface Scene {
  readonly customerIds: readonly [string, ...string[]];
  /** What each of them was granted, in millionths of credits. */
  readonly granted: bigint;
  /** How many ledger entries that made, over all. */
  readonly entries: number;
}

/** Sets up a catalogue, and customers with grants on a hard plan, through the public API. */
export async function setScene(server: Server, customers: number): Promise<Scene> {
  const client = createServerClient({ baseUrl: server.url, apiKey: server.apiKey });
  const unit = { singular: "credit", plural: "credits" };
  await client.creditTypes.create({ id: CREDIT_TYPE, name: "Credits", unit });
  for (const id of FEATURES) await client.features.create({ id, name: id });
  const rates = FEATURES.map((featureId) => ({ featureId, creditsPerUnit: PRICES[featureId] }));
  await client.plans.create({ id: PLAN, name: "Pro", creditTypeId: CREDIT_TYPE, limit: "hard", rates });

  const others = Array.from({ length: customers - 1 }, (_, index) => `cus_${index + 2}`);
  const customerIds = ["cus_1", ...others] as const;
  await Promise.all(
    customerIds.map(async (customerId) => {
      await client.customers.upsert(customerId, {});
      await client.subscriptions.create({ customerId, planId: PLAN });
      for (const [index, amount] of GRANTS.entries()) {
        const expiresAt = new Date(Date.now() + (index + 30) * DAY_MS).toISOString();
        await client.grants.create({
          customerId,
          creditTypeId: CREDIT_TYPE,
          amount,
          category: "promo",
          expiresAt,
        });
      }
    }),
  );
  return {
    customerIds,
    granted: GRANTS.reduce((sum, amount) => sum + parseCredits(amount), 0n),
    entries: customers * GRANTS.length,
  };
}

/** What an event burns, in millionths of credits. */
export function costOf({ featureId, quantity }: { featureId: FeatureId; quantity: number }): bigint {
  return parseCredits(PRICES[featureId]) * BigInt(quantity);
}
