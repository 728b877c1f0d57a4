import type { BodyOf } from "@credits-kit/client/server";

/** What Lumen makes, and the feature that each kind burns. */
export const KINDS = ["email", "image", "video"] as const;
export type Kind = (typeof KINDS)[number];

export const TOKENS = "ai-tokens";
export const MINUTES = "render-minutes";
export const STUDIO_PLAN = "studio";
export const FLEX_PLAN = "studio-flex";
export const RENDER_PLAN = "studio-render";

type WithId<Input> = Input & { id: string };

export const CREDIT_TYPES: readonly WithId<BodyOf<"createCreditType">>[] = [
  {
    id: TOKENS,
    name: "AI Tokens",
    description: "Spent on everything that Lumen draws or writes",
    unit: { singular: "token", plural: "tokens" },
    symbol: "✦",
    lowBalanceThresholds: ["20%"],
  },
  {
    id: MINUTES,
    name: "Render Minutes",
    description: "Spent on exports in full resolution",
    unit: { singular: "minute", plural: "minutes" },
    symbol: "◷",
    lowBalanceThresholds: ["20%"],
  },
];

export const FEATURES: readonly WithId<BodyOf<"createFeature">>[] = [
  { id: "email", name: "Email", unit: { singular: "email", plural: "emails" } },
  { id: "image", name: "Image", unit: { singular: "image", plural: "images" } },
  { id: "video", name: "Video", unit: { singular: "video", plural: "videos" } },
  { id: "render", name: "Render", unit: { singular: "minute", plural: "minutes" } },
];

const TOKEN_RATES = [
  { featureId: "email", creditsPerUnit: "1" },
  { featureId: "image", creditsPerUnit: "10" },
  { featureId: "video", creditsPerUnit: "50" },
];

/** What tokens cost: a little less in a package. */
const TOKEN_SALE = {
  prices: [
    { amount: "0.012", currency: "usd" },
    { amount: "0.011", currency: "eur" },
  ],
  min: "100",
  max: "50000",
  packages: [
    { credits: "500", price: { amountMinor: 600, currency: "usd" }, label: "Starter" },
    { credits: "2500", price: { amountMinor: 2700, currency: "usd" }, label: "Popular" },
    { credits: "10000", price: { amountMinor: 9500, currency: "usd" }, label: "Best value" },
  ],
  grantExpiresAfter: "P1Y",
};

export const PLANS: readonly WithId<BodyOf<"createPlan">>[] = [
  {
    ...{ id: STUDIO_PLAN, name: "Studio", creditTypeId: TOKENS, limit: "hard" },
    rates: TOKEN_RATES,
    topUp: TOKEN_SALE,
  },
  {
    ...{ id: FLEX_PLAN, name: "Studio Flex", creditTypeId: TOKENS, limit: "soft" },
    rates: TOKEN_RATES,
    topUp: TOKEN_SALE,
  },
  {
    id: RENDER_PLAN,
    name: "Render Farm",
    creditTypeId: MINUTES,
    limit: "hard",
    rates: [{ featureId: "render", creditsPerUnit: "1" }],
    topUp: { prices: [{ amount: "0.25", currency: "usd" }], min: "20", max: "2000" },
  },
];
