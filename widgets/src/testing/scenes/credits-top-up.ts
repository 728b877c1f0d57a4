import "../../credits-top-up/define.ts";
import type { CreditsTopUp } from "../../credits-top-up/credits-top-up.ts";
import type { CreditsTopUpState } from "../../credits-top-up/credits-top-up.types.ts";
import { balancesOf, poolOf } from "../balances.ts";
import { FakeTopUps, offerOf, orderOf, VISA } from "../top-ups.ts";
import { findIn, place, type Scene, until } from "./scene.ts";
import { serve } from "./scene-server.ts";
import { failed } from "./states.ts";

const ELEMENT = "credits-top-up";

function threePackages() {
  const offer = offerOf();
  const price = { amountMinor: 2_000, currency: "usd" };
  const pricePerCredit = { amount: "0.008", currency: "usd" };
  const large = { credits: "2500", label: null, price, pricePerCredit };
  return { ...offer, packages: [...offer.packages, large] };
}

/** What is sold, with a session of its own. */
function shop(offer: Partial<ReturnType<typeof offerOf>> = {}) {
  const { server, session } = serve();
  server.scopes = ["read", "top_up"];
  server.balances = balancesOf([poolOf()]);
  new FakeTopUps(server).offer = { ...threePackages(), ...offer };
  return session;
}

/** The element with what is sold and what the chosen amount costs. */
async function open(
  host: HTMLElement,
  change: Partial<CreditsTopUp> = {},
  offer: Parameters<typeof shop>[0] = {},
): Promise<CreditsTopUp> {
  const element = await place(host, ELEMENT, {
    properties: { ...shop(offer), ...change },
    shows: "[part~=header]",
  });
  await until("a price", () => element.state.type === "form" && /\d/.test(totalOf(element)));
  return element;
}

const totalOf = (element: CreditsTopUp) => findIn(element, "[part~=total]")?.textContent ?? "";

/** As it is during and after a payment. */
const LATER: Record<string, () => CreditsTopUpState> = {
  cancelled: () => ({ type: "form", busy: false, notice: { type: "cancelled" } }),
  declined: () => ({
    type: "form",
    busy: false,
    notice: { type: "declined", declineCode: "insufficient_funds" },
  }),
  busy: () => ({ type: "form", busy: true }),
  checkout: () => ({ type: "checkout", order: orderOf(), ready: false }),
  tab: () => ({ type: "tab", order: orderOf(), late: true }),
  blocked: () => ({ type: "blocked", order: orderOf(), late: false }),
  confirming: () => ({ type: "confirming", order: orderOf({ status: "processing" }), late: true }),
  action: () => ({ type: "action", order: orderOf({ status: "action_required", url: null }), busy: false }),
  paid: () => ({
    type: "paid",
    order: orderOf({ status: "paid", receiptUrl: "https://pay.example/receipt" }),
  }),
};

/** As it is without anything to sell. */
const BEFORE: Record<string, () => CreditsTopUpState> = {
  loading: () => ({ type: "loading" }),
  unsold: () => ({ type: "unsold" }),
  error: () => failed,
};

/** What a person types into the field for an amount of their own. */
async function type(element: CreditsTopUp, text: string): Promise<void> {
  const field = findIn<HTMLInputElement>(element, "#amount");
  if (!field) throw new Error("no field");
  field.value = text;
  field.dispatchEvent(new Event("input"));
  field.dispatchEvent(new Event("change"));
  await element.updateComplete;
}

export const topUpScenes: Scene[] = [
  ...Object.entries(BEFORE).map(([name, state]): Scene => ({
    element: ELEMENT,
    name,
    put: async (host) => {
      await place(host, ELEMENT, { properties: { state: state() } });
    },
  })),
  ...Object.entries(LATER).map(([name, state]): Scene => ({
    element: ELEMENT,
    name,
    put: async (host) => {
      const element = await open(host);
      element.state = state();
      await element.updateComplete;
    },
  })),
  {
    element: ELEMENT,
    name: "loaded",
    put: async (host) => {
      await open(host);
    },
  },
  {
    element: ELEMENT,
    name: "saved-card",
    put: async (host) => {
      await open(host, {}, { savedCard: VISA });
    },
  },
  {
    element: ELEMENT,
    name: "own-amount",
    put: async (host) => {
      await open(host, { credits: "750" });
    },
  },
  {
    element: ELEMENT,
    name: "wrong-amount",
    put: async (host) => {
      await type(await open(host, { credits: "750" }), "50001");
    },
  },
  {
    element: ELEMENT,
    name: "forbidden",
    put: async (host) => {
      const words = document.createElement("p");
      words.slot = "no-permission";
      words.append("Ask an administrator of your team for more tokens.");
      const properties: Partial<CreditsTopUp> = { state: { type: "forbidden" } };
      await place(host, ELEMENT, { properties, children: [words], shows: "slot" });
    },
  },
  {
    element: ELEMENT,
    name: "dialog",
    put: async (host) => {
      const element = await open(host, { modal: true });
      element.show();
      await until("a dialog", () => findIn<HTMLDialogElement>(element, "dialog")?.open);
    },
  },
];
