import type { BodyOf } from "@credits-kit/client/server";
import { FLEX_PLAN, MINUTES, RENDER_PLAN, STUDIO_PLAN, TOKENS } from "./catalogue.ts";

type GrantBody = BodyOf<"createGrant">;

/** A grant to seed. Dates count from the day the customer was created, so that every run says the same. */
export interface SeedGrant extends Pick<
  GrantBody,
  "creditTypeId" | "amount" | "category" | "costBasis" | "reason"
> {
  reference: string;
  effectiveInDays?: number;
  expiresInDays?: number;
}

/** Usage to seed: hours before the customer was created, feature, and quantity where it is not 1. */
export type SeedUsage = readonly [hoursAgo: number, featureId: string, quantity?: number];

export interface SeedCustomer {
  id: string;
  name: string;
  plans: readonly string[];
  /** Grants and usage in the order in which they happened. */
  history: readonly (SeedGrant | readonly SeedUsage[])[];
}

/** Someone whose screen the demo can show. */
export interface Persona extends SeedCustomer {
  /** One line for the account menu. */
  note: string;
  /** Their part of simulated traffic, if any; small balances get little or none, so that they last. */
  traffic?: { share: number; only?: string };
}

const USD = (amount: string) => ({ amount, currency: "usd" });
const PAID = { creditTypeId: TOKENS, category: "paid" } as const;
const PROMO = { creditTypeId: TOKENS, category: "promo" } as const;

const LENA: Persona = {
  id: "lumen-lena",
  name: "Lena Brandt",
  note: "Studio, a healthy balance",
  plans: [STUDIO_PLAN, RENDER_PLAN],
  traffic: { share: 0.03, only: "email" },
  history: [
    {
      ...PAID,
      reference: "lena-pack",
      amount: "1500",
      costBasis: USD("0.012"),
      expiresInDays: 365,
      reason: "Studio pack",
    },
    {
      creditTypeId: MINUTES,
      category: "promo",
      reference: "lena-minutes",
      amount: "120",
      reason: "Welcome minutes",
    },
    [
      [313, "image", 2],
      [311, "email", 4],
      [290, "image"],
      [288, "video"],
      [265, "email", 6],
      [242, "image", 3],
      [219, "image", 2],
      [217, "video"],
      [194, "email", 10],
      [171, "image", 8],
    ],
    {
      ...PROMO,
      reference: "lena-welcome",
      amount: "250",
      expiresInDays: 12,
      reason: "Thank you for six months with us",
    },
    [
      [148, "email", 5],
      [146, "image", 2],
      [124, "video"],
      [101, "image"],
      [99, "email", 5],
      [77, "image", 2],
      [54, "email", 8],
      [52, "image", 3],
      [29, "email", 12],
      [27, "image", 4],
      [4, "email", 10],
      [3, "image", 2],
    ],
    [
      [52, "render", 1.5],
      [27, "render", 4.25],
    ],
    {
      ...PROMO,
      reference: "lena-next-month",
      amount: "500",
      effectiveInDays: 9,
      expiresInDays: 40,
      reason: "Monthly bonus",
    },
  ],
};

const OTHERS: readonly Persona[] = [
  {
    id: "lumen-marlow",
    name: "Marlow & Finch",
    note: "Agency, always busy",
    plans: [STUDIO_PLAN, RENDER_PLAN],
    traffic: { share: 0.12 },
    history: [
      {
        ...PAID,
        reference: "marlow-annual",
        amount: "60000",
        costBasis: USD("0.008"),
        expiresInDays: 365,
        reason: "Annual order",
      },
      {
        creditTypeId: MINUTES,
        category: "paid",
        reference: "marlow-minutes",
        amount: "600",
        costBasis: USD("0.15"),
      },
      [
        [72, "video", 40],
        [48, "image", 350],
        [24, "email", 1200],
        [20, "render", 42.5],
      ],
    ],
  },
  {
    id: "lumen-okafor",
    name: "Adaeze Okafor",
    note: "Studio, credits about to expire",
    plans: [STUDIO_PLAN],
    traffic: { share: 0.02, only: "email" },
    history: [
      {
        ...PROMO,
        reference: "okafor-contest",
        amount: "800",
        expiresInDays: 3,
        reason: "First prize, autumn contest",
      },
      {
        ...PAID,
        reference: "okafor-pack",
        amount: "3000",
        costBasis: USD("0.01"),
        expiresInDays: 365,
        reason: "Studio pack",
      },
      [
        [60, "image", 12],
        [36, "video", 3],
        [12, "image", 7],
      ],
    ],
  },
  {
    id: "lumen-kestrel",
    name: "Studio Kestrel",
    note: "Studio, nearly out",
    plans: [STUDIO_PLAN],
    history: [
      { ...PAID, reference: "kestrel-trial", amount: "60", costBasis: USD("0.015"), reason: "Starter pack" },
      [
        [30, "image", 2],
        [22, "email", 6],
        [18, "image"],
        [7, "email", 3],
        [2, "image"],
      ],
    ],
  },
  {
    id: "lumen-tanaka",
    name: "Tanaka Atelier",
    note: "Studio Flex, over its balance",
    plans: [FLEX_PLAN],
    history: [
      { ...PAID, reference: "tanaka-pack", amount: "100", costBasis: USD("0.015"), reason: "Starter pack" },
      [
        [26, "image", 3],
        [20, "video"],
        [9, "email", 5],
        [1, "video"],
      ],
    ],
  },
  {
    id: "lumen-ines",
    name: "Inês Duarte",
    note: "Just signed up, no credits yet",
    plans: [STUDIO_PLAN],
    history: [],
  },
];

/** Everyone whose screen the demo can show; the first is who a new visitor is. */
export const PERSONAS: readonly Persona[] = [LENA, ...OTHERS];

const CROWD_NAMES = [
  "Aurelia Press",
  "Bright Harbour",
  "Casa Moreno",
  "Dovetail Films",
  "Eira Lindqvist",
  "Fable & Fern",
  "Grafik Sieben",
  "Halcyon Travel",
  "Ivo Petrov",
  "Juniper Foods",
  "Kaito Mori",
  "Little Orbit",
  "Mosaic Museum",
  "Northwind Radio",
  "Otis Freeman",
  "Papel Studio",
  "Quill & Co",
  "Rosa Velasco",
];

/** The customers behind most of the simulated traffic. */
export const CROWD: readonly SeedCustomer[] = CROWD_NAMES.map((name, index) => {
  const id = `lumen-guest-${String(index + 1).padStart(2, "0")}`;
  const grant = { ...PROMO, reference: `${id}-credits`, amount: "250000", reason: "Demo credits" };
  return { id, name, plans: [STUDIO_PLAN], history: [grant] };
});
