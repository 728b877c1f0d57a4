import type { WidgetCardSetup } from "@credits-kit/client/widget";
import "./define.ts";
import type { CreditsAutoTopUp } from "./credits-auto-top-up.ts";
import type { CreditsAutoTopUpState } from "./credits-auto-top-up.types.ts";
import { FakeAutoTopUps, settingsOf, standings } from "../testing/auto-top-ups.ts";
import { balancesOf, poolOf } from "../testing/balances.ts";
import { findIn, place, press, type, until } from "../testing/scenes/scene.ts";
import { serve } from "../testing/scenes/scene-server.ts";
import { failed } from "../testing/scenes/states.ts";
import { story } from "../testing/scenes/story.ts";

const ELEMENT = "credits-auto-top-up";

export default { title: "Elements/credits-auto-top-up", component: ELEMENT };

export const Playground = { tags: ["playground"] };

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

/** As it is without settings. */
const bare = (state: () => CreditsAutoTopUpState) =>
  story(async (host) => {
    await place(host, ELEMENT, { properties: { state: state() } });
  });

/** What an auto top-up can be at; made when it is shown, since there are times in it. */
const standing = (name: string) =>
  story(async (host) => {
    await open(host, standings()[name]);
  });

/** As it is while a card is added. */
const later = (state: () => CreditsAutoTopUpState) =>
  story(async (host) => {
    const element = await open(host, {});
    element.state = state();
    await element.updateComplete;
  });

export const Loading = bare(() => ({ type: "loading" }));
export const Unsold = bare(() => ({ type: "unsold" }));
export const Error = bare(() => failed);

export const Active = standing("active");
export const Off = standing("off");
export const Unlimited = standing("unlimited");
export const NearLimit = standing("nearLimit");
export const InFlight = standing("inFlight");
export const CoolingDown = standing("coolingDown");
export const Failed = standing("failed");
export const ActionRequired = standing("actionRequired");
export const LimitReached = standing("limitReached");
export const Suspended = standing("suspended");
export const Resumable = standing("resumable");
export const NoCard = standing("noCard");

export const RemoveQuestion = later(() => ({ type: "status", busy: false, asking: true }));
export const Saved = later(() => ({ type: "status", busy: false, asking: false, notice: "saved" }));
export const NotSaved = later(() => ({ type: "status", busy: false, asking: false, notice: "notSaved" }));
export const Checkout = later(() => ({ type: "checkout", setup, ready: false }));
export const Tab = later(() => ({ type: "tab", setup, late: true }));
export const Blocked = later(() => ({ type: "blocked", setup, late: false }));
export const Checking = later(() => ({ type: "checking", setup, late: true }));

export const Empty = story(async (host) => {
  await open(host);
});

export const Form = story(async (host) => {
  await openForm(host);
});

export const FormFaults = story(async (host) => {
  const element = await openForm(host);
  type(element, "#threshold", "a lot");
  await press(element, "[part~=save-button]", "[aria-invalid=true]");
});

export const CardStep = story(async (host) => {
  await press(await open(host, {}), "[part~=card-button]", "[part~=card-step]");
});

export const Forbidden = story(async (host) => {
  const words = document.createElement("p");
  words.slot = "no-permission";
  words.append("Ask an administrator of your team to change this.");
  const properties: Partial<CreditsAutoTopUp> = { state: { type: "forbidden" } };
  await place(host, ELEMENT, { properties, children: [words], shows: "slot" });
});

export const Dialog = story(async (host) => {
  const element = await open(host, {}, { modal: true });
  element.show();
  await until("a dialog", () => findIn<HTMLDialogElement>(element, "dialog")?.open);
});
