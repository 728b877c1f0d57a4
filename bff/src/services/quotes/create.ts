import { formatCredits } from "@credits-kit/amounts";
import type { TopUpQuote, TopUpQuoteInput } from "@credits-kit/contract";
import { quote } from "@credits-kit/engine";
import type { Deps } from "../call.ts";
import { type OpenTerms, priced, priceOrder } from "./price-order.ts";

/**
 * Tells what an order of credits would cost the customer now. Nothing is written or promised.
 * @throws ServiceError `not_found` for the customer or the credit type; `no_active_subscription`; `state_conflict` for a
 * plan that sells nothing; `amount_out_of_range` below its min and above its max; `currency_mismatch`
 */
export async function quoteTopUp(deps: Pick<Deps, "database">, input: TopUpQuoteInput): Promise<TopUpQuote> {
  const { currency, pricePerCredit, subtotalMinor, totalMinor, open } = await priceOrder(deps, input);
  return {
    credits: formatCredits(input.credits),
    currency,
    pricePerCredit: { amount: pricePerCredit, currency },
    subtotal: { amountMinor: Number(subtotalMinor), currency },
    total: { amountMinor: Number(totalMinor), currency },
    ...boundsOf(open, currency),
  };
}

/** What bounds an order, and what is sold together as this customer pays for it, in one currency. */
export function boundsOf(
  { terms, agreed }: OpenTerms,
  currency: string,
): { min: string | null; max: string | null; packages: TopUpQuote["packages"] } {
  const { min, max, packages } = terms;
  return {
    min: min === null ? null : formatCredits(min),
    max: max === null ? null : formatCredits(max),
    packages: packages
      .filter(({ price }) => price.currency === currency)
      .flatMap(({ credits, label }) => {
        const quoted = quote(terms, { credits, currency, agreed });
        if ("refusal" in quoted) return [];
        const { pricePerCredit, totalMinor } = priced(quoted);
        return [
          {
            credits: formatCredits(credits),
            price: { amountMinor: Number(totalMinor), currency },
            label,
            pricePerCredit: { amount: pricePerCredit, currency },
          },
        ];
      }),
  };
}
