import type { WidgetCardSetup } from "@credits-kit/client/widget";
import "../../credits-auto-top-up/define.ts";
import type { CreditsAutoTopUp } from "../../credits-auto-top-up/credits-auto-top-up.ts";
import type { CreditsAutoTopUpState } from "../../credits-auto-top-up/credits-auto-top-up.types.ts";
import { FakeAutoTopUps, settingsOf, standings } from "../auto-top-ups.ts";
import { balancesOf, poolOf } from "../balances.ts";
import { findIn, place, press, type Scene, until } from "./scene.ts";
import { serve } from "./scene-server.ts";
import { failed } from "./states.ts";

const ELEMENT = "credits-auto-top-up";

type Settings = Parameters<typeof settingsOf>[0];

const NOTHING_SET: Settings = { rule: null, card: null, spentPercent: null };

/** The element at settings that a server of its own tells. */
async function open(
  host: HTMLElement,
  settings: Settings = NOTHING_SET,
  change: Partial<CreditsAutoTopUp> = {},
): Promise<CreditsAutoTopUp> {
  const { server, session } = serve();
  server.scopes = ["read", "top_up", "settings"];
  server.balances = balancesOf([poolOf()]);
  new FakeAutoTopUps(server).settings = settingsOf(settings);
  const properties = { creditType: "tokens", ...session, ...change };
  const element = await place(host, ELEMENT, { properties, shows: "[part~=header]" });
  await until("settings", () => element.state.type !== "loading");
  return element;
}

/** The form of a first rule, with what it costs each time. */
async function openForm(
  host: HTMLElement,
  change: Partial<CreditsAutoTopUp> = {},
): Promise<CreditsAutoTopUp> {
  const element = await open(host, { ...NOTHING_SET, card: settingsOf().card }, change);
  await press(element, "[part~=set-up-button]", "[part~=form]");
  await until("a price", () => /\d/.test(findIn(element, "[part~=total]")?.textContent ?? ""));
  return element;
}

const setup: WidgetCardSetup = {
  ...{ id: "cset_1", status: "open", url: "https://checkout.example/cset_1" },
  ...{ clientSecret: null, publishableKey: null },
};

/** As it is while a card is added. */
const LATER: Record<string, () => CreditsAutoTopUpState> = {
  "remove-question": () => ({ type: "status", busy: false, asking: true }),
  saved: () => ({ type: "status", busy: false, asking: false, notice: "saved" }),
  "not-saved": () => ({ type: "status", busy: false, asking: false, notice: "notSaved" }),
  checkout: () => ({ type: "checkout", setup, ready: false }),
  tab: () => ({ type: "tab", setup, late: true }),
  blocked: () => ({ type: "blocked", setup, late: false }),
  checking: () => ({ type: "checking", setup, late: true }),
};

const BEFORE: Record<string, () => CreditsAutoTopUpState> = {
  loading: () => ({ type: "loading" }),
  unsold: () => ({ type: "unsold" }),
  error: () => failed,
};

/** `nearLimit` as it stands in a file's name. */
const kebab = (name: string) => name.replace(/[A-Z]/g, (sign) => `-${sign.toLowerCase()}`);

export const autoTopUpScenes: Scene[] = [
  ...Object.entries(BEFORE).map(([name, state]): Scene => ({
    element: ELEMENT,
    name,
    put: async (host) => {
      await place(host, ELEMENT, { properties: { state: state() } });
    },
  })),
  // The standings are made when they are shown, since they have times in them.
  ...Object.keys(standings()).map((name): Scene => ({
    element: ELEMENT,
    name: kebab(name),
    put: async (host) => {
      await open(host, standings()[name]);
    },
  })),
  ...Object.entries(LATER).map(([name, state]): Scene => ({
    element: ELEMENT,
    name,
    put: async (host) => {
      const element = await open(host, {});
      element.state = state();
      await element.updateComplete;
    },
  })),
  {
    element: ELEMENT,
    name: "empty",
    put: async (host) => {
      await open(host);
    },
  },
  {
    element: ELEMENT,
    name: "form",
    put: async (host) => {
      await openForm(host);
    },
  },
  {
    element: ELEMENT,
    name: "form-faults",
    put: async (host) => {
      const element = await openForm(host);
      const field = findIn<HTMLInputElement>(element, "#threshold");
      if (!field) throw new Error("no field");
      field.value = "a lot";
      field.dispatchEvent(new Event("input"));
      await press(element, "[part~=save-button]", "[aria-invalid=true]");
    },
  },
  {
    element: ELEMENT,
    name: "card-step",
    put: async (host) => {
      await press(await open(host, {}), "[part~=card-button]", "[part~=card-step]");
    },
  },
  {
    element: ELEMENT,
    name: "forbidden",
    put: async (host) => {
      const words = document.createElement("p");
      words.slot = "no-permission";
      words.append("Ask an administrator of your team to change this.");
      const properties: Partial<CreditsAutoTopUp> = { state: { type: "forbidden" } };
      await place(host, ELEMENT, { properties, children: [words], shows: "slot" });
    },
  },
  {
    element: ELEMENT,
    name: "dialog",
    put: async (host) => {
      const element = await open(host, {}, { modal: true });
      element.show();
      await until("a dialog", () => findIn<HTMLDialogElement>(element, "dialog")?.open);
    },
  },
];
