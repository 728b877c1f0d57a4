import "./define.ts";
import type { CreditsTopUp } from "./credits-top-up.ts";
import type { CreditsTopUpState } from "./credits-top-up.types.ts";
import { balancesOf, poolOf } from "../testing/balances.ts";
import { FakeTopUps, offerOf, orderOf, VISA } from "../testing/top-ups.ts";
import { findIn, place, type, until } from "../testing/scenes/scene.ts";
import { serve } from "../testing/scenes/scene-server.ts";
import { failed } from "../testing/scenes/states.ts";
import { story } from "../testing/scenes/story.ts";

const ELEMENT = "credits-top-up";

export default { title: "Elements/credits-top-up", component: ELEMENT };

export const Playground = { tags: ["playground"] };

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

/** As it is without anything to sell. */
const bare = (state: () => CreditsTopUpState) =>
  story(async (host) => {
    await place(host, ELEMENT, { properties: { state: state() } });
  });

/** As it is during and after a payment. */
const later = (state: () => CreditsTopUpState) =>
  story(async (host) => {
    const element = await open(host);
    element.state = state();
    await element.updateComplete;
  });

export const Loading = bare(() => ({ type: "loading" }));
export const Unsold = bare(() => ({ type: "unsold" }));
export const Error = bare(() => failed);

export const Cancelled = later(() => ({ type: "form", busy: false, notice: { type: "cancelled" } }));
export const Declined = later(() => ({
  type: "form",
  busy: false,
  notice: { type: "declined", declineCode: "insufficient_funds" },
}));
export const Busy = later(() => ({ type: "form", busy: true }));
export const Checkout = later(() => ({ type: "checkout", order: orderOf(), ready: false }));
export const Tab = later(() => ({ type: "tab", order: orderOf(), late: true }));
export const Blocked = later(() => ({ type: "blocked", order: orderOf(), late: false }));
export const Confirming = later(() => ({
  type: "confirming",
  order: orderOf({ status: "processing" }),
  late: true,
}));
export const Action = later(() => ({
  type: "action",
  order: orderOf({ status: "action_required", url: null }),
  busy: false,
}));
export const Paid = later(() => ({
  type: "paid",
  order: orderOf({ status: "paid", receiptUrl: "https://pay.example/receipt" }),
}));

export const Loaded = story(async (host) => {
  await open(host);
});

export const SavedCard = story(async (host) => {
  await open(host, {}, { savedCard: VISA });
});

export const OwnAmount = story(async (host) => {
  await open(host, { credits: "750" });
});

export const WrongAmount = story(async (host) => {
  const element = await open(host, { credits: "750" });
  type(element, "#amount", "50001");
  await element.updateComplete;
});

export const Forbidden = story(async (host) => {
  const words = document.createElement("p");
  words.slot = "no-permission";
  words.append("Ask an administrator of your team for more tokens.");
  const properties: Partial<CreditsTopUp> = { state: { type: "forbidden" } };
  await place(host, ELEMENT, { properties, children: [words], shows: "slot" });
});

export const Dialog = story(async (host) => {
  const element = await open(host, { modal: true });
  element.show();
  await until("a dialog", () => findIn<HTMLDialogElement>(element, "dialog")?.open);
});
