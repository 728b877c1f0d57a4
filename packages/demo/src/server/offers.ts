import type { ServerClient } from "@credits-kit/client/server";
import { type Kind, KINDS, STUDIO_PLAN } from "../seed/catalogue.ts";

const FRESH_MS = 30_000;

export interface Offers {
  unit: { singular: string; plural: string; symbol: string | null };
  /** What each kind costs, a decimal string. */
  prices: Record<Kind, string>;
}

/** What things cost, read from the plan, so that the buttons never name another price than the one that is burned. */
export function createOffers(client: ServerClient): () => Promise<Offers> {
  let known: { offers: Offers; atMs: number } | null = null;
  return async () => {
    if (known && Date.now() - known.atMs < FRESH_MS) return known.offers;
    const plan = await client.plans.get(STUDIO_PLAN);
    const creditType = await client.creditTypes.get(plan.creditTypeId);
    const priceOf = (kind: Kind) =>
      plan.rates.find(({ featureId }) => featureId === kind)?.creditsPerUnit ?? "0";
    const [email, image, video] = [priceOf("email"), priceOf("image"), priceOf("video")];
    const offers = {
      unit: { ...creditType.unit, symbol: creditType.symbol },
      prices: { email, image, video },
    };
    known = { offers, atMs: Date.now() };
    return offers;
  };
}

/** The kinds that a balance still pays for, the dearest first. */
export function affordable({ prices }: Offers, available: string): Kind[] {
  return KINDS.filter((kind) => Number(prices[kind]) <= Number(available)).toReversed();
}
