import { z } from "zod";
import { credits, creditsInput, money, pricePerCredit } from "../values/amounts.ts";
import { text } from "../values/text.ts";
import { faultsOfTiers } from "../values/tiers.ts";
import { calendarPeriod } from "../values/time.ts";

const MAX_CURRENCIES = 20;
const MAX_TIERS = 200;

const tierInput = z.strictObject({
  upTo: creditsInput
    .nullable()
    .meta({ description: "The last credit of an order that is in this tier; null for the last tier" }),
  amount: pricePerCredit.shape.amount,
  currency: pricePerCredit.shape.currency
    .optional()
    .meta({ description: "That of the first price if left out", example: "usd" }),
});

const fields = z.strictObject({
  prices: z
    .array(pricePerCredit)
    .min(1)
    .max(MAX_CURRENCIES)
    .meta({ description: "What one credit costs in each currency; the first is the default" }),
  min: creditsInput.optional(),
  max: creditsInput.optional(),
  packages: z
    .array(z.strictObject({ credits: creditsInput, price: money, label: text(40).optional() }))
    .max(20)
    .optional()
    .meta({ description: "An order of exactly so many credits costs this" }),
  tiers: z
    .array(tierInput)
    .min(1)
    .max(MAX_TIERS)
    .optional()
    .meta({ description: "Graduated within an order; takes the place of the price in its currency" }),
  grantExpiresAfter: calendarPeriod
    .optional()
    .meta({ description: "How long bought credits live; for ever if left out" }),
});

/** How a plan sells credits, as it is given. */
export const topUpInput = fields.superRefine(refineTopUp).meta({ id: "TopUpPricingInput" });

type TopUpFields = z.output<typeof fields>;

/** What the fields must be to one another. */
function refineTopUp({ prices, min, max, packages = [], tiers = [] }: TopUpFields, context: z.RefinementCtx) {
  const refuse = (path: PropertyKey[], message: string) =>
    context.addIssue({ code: "custom", path, message });
  if (min !== undefined && max !== undefined && min > max) refuse(["max"], "must be at least min");
  const sold = new Set<string>();
  for (const [index, { currency }] of prices.entries()) {
    if (sold.has(currency)) refuse(["prices", index, "currency"], "has a price already");
    sold.add(currency);
  }

  const taken = new Set<string>();
  for (const [index, { credits, price }] of packages.entries()) {
    const path = ["packages", index, "credits"];
    if (!sold.has(price.currency)) refuse(["packages", index, "price", "currency"], "has no price above");
    if (min !== undefined && credits < min) refuse(path, "must be at least min, or nobody can buy it");
    if (max !== undefined && credits > max) refuse(path, "must be at most max, or nobody can buy it");
    const name = `${credits} ${price.currency}`;
    if (taken.has(name)) refuse(path, "has a package in this currency already");
    taken.add(name);
  }

  const [first] = prices;
  const placed = tiers.map((tier, place) => ({
    ...tier,
    place,
    currency: tier.currency ?? first?.currency ?? "",
  }));
  for (const [currency, own] of Map.groupBy(placed, (tier) => tier.currency)) {
    const [{ place } = { place: 0 }] = own;
    if (!sold.has(currency)) refuse(["tiers", place, "currency"], "has no price above");
    for (const { index, message } of faultsOfTiers(own)) {
      refuse(["tiers", own[index]?.place ?? 0, "upTo"], message);
    }
  }
}

/** Credits that are sold together. */
export const creditPackage = z
  .object({ credits, price: money, label: z.string().nullable() })
  .meta({ id: "CreditPackage" });

/** How a plan sells credits, as it is shown. */
export const topUp = z
  .object({
    prices: z.array(pricePerCredit),
    min: credits.nullable(),
    max: credits.nullable(),
    packages: z.array(creditPackage),
    tiers: z.array(
      z.object({
        upTo: credits.nullable(),
        amount: pricePerCredit.shape.amount,
        currency: pricePerCredit.shape.currency,
      }),
    ),
    grantExpiresAfter: z.string().nullable(),
  })
  .meta({ id: "TopUpPricing" });
