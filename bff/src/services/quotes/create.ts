import { formatCredits } from "@credits-kit/amounts";
import type { TopUpQuote, TopUpQuoteInput } from "@credits-kit/contract";
import { quote, type QuoteRefusal, type TopUpTerms } from "@credits-kit/engine";
import { ServiceError } from "../../errors.ts";
import { fieldError } from "../../field-errors.ts";
import { isCreditTypeUsable } from "../../storage/catalogue/credit-types.ts";
import { findSellingTerms, type SellingTerms } from "../../storage/catalogue/plans-selling.ts";
import { findCustomer } from "../../storage/customers/customers.ts";
import type { Deps } from "../call.ts";
import { unknown } from "../unknown.ts";

/** The most that one order may cost, in minor units. */
const MAX_TOTAL = 99_999_999_999n;

/**
 * Tells what an order of credits would cost the customer now. Nothing is written or promised.
 * @throws ServiceError `not_found` for the customer or the credit type; `no_active_subscription`; `state_conflict` for a
 * plan that sells nothing; `amount_out_of_range` below its min and above its max; `currency_mismatch`
 */
export async function quoteTopUp(deps: Deps, input: TopUpQuoteInput): Promise<TopUpQuote> {
  const { credits, currency = null } = input;
  const { terms, agreed } = await termsFor(deps, input);
  const quoted = quote(terms, { credits, currency, agreed });
  if ("refusal" in quoted) throw refused(quoted);
  if (quoted.totalMinor > MAX_TOTAL) {
    throw fieldError("credits", "would cost more than one order can", "amount_out_of_range");
  }
  const total = { amountMinor: Number(quoted.totalMinor), currency: quoted.currency };
  return {
    credits: formatCredits(credits),
    currency: quoted.currency,
    pricePerCredit: { amount: quoted.pricePerCredit, currency: quoted.currency },
    subtotal: total,
    total,
    min: terms.min === null ? null : formatCredits(terms.min),
    max: terms.max === null ? null : formatCredits(terms.max),
    packages: terms.packages
      .filter(({ price }) => price.currency === quoted.currency)
      .map((each) => ({ ...each, credits: formatCredits(each.credits) })),
  };
}

async function termsFor(
  { database: { writer } }: Deps,
  { customerId, creditTypeId }: TopUpQuoteInput,
): Promise<SellingTerms & { terms: TopUpTerms }> {
  const selling = await findSellingTerms(writer, { customerId, creditTypeId });
  if (!selling) {
    if (!(await findCustomer(writer, customerId))) throw unknown("customer", "customerId");
    if (!(await isCreditTypeUsable(writer, creditTypeId))) throw unknown("credit type", "creditTypeId");
    throw new ServiceError(
      "no_active_subscription",
      "The customer has no active subscription for this credit type.",
    );
  }
  const { terms, agreed } = selling;
  if (!terms) throw new ServiceError("state_conflict", "The customer's plan sells no credits.");
  return { terms, agreed };
}

function refused(refusal: QuoteRefusal): ServiceError {
  switch (refusal.refusal) {
    case "below_min":
      return fieldError("credits", `must be at least ${formatCredits(refusal.bound)}`, "amount_out_of_range");
    case "above_max":
      return fieldError("credits", `must be at most ${formatCredits(refusal.bound)}`, "amount_out_of_range");
    case "currency_not_sold":
      return fieldError("currency", `must be one of ${refusal.sold.join(", ")}`, "currency_mismatch");
  }
}
