import { expect } from "@open-wc/testing";
import autoTopUp from "../locales/auto-top-up/ja.ts";
import balanceHistory from "../locales/balance-history/ja.ts";
import grantsTable from "../locales/grants-table/ja.ts";
import common from "../locales/ja.ts";
import ledger from "../locales/ledger/ja.ts";
import portal from "../locales/portal/ja.ts";
import topUp from "../locales/top-up/ja.ts";
import usageChart from "../locales/usage-chart/ja.ts";
import { balancesOf, poolOf } from "../testing/balances.ts";
import { MARK, markedWords } from "../testing/marked-words.ts";
import { ownFrames } from "../testing/own-frames.ts";
import { findIn, type Scene, until } from "../testing/scenes/scene.ts";
import { scenes } from "../testing/scenes/index.ts";
import { partOf, Stage, textOf } from "../testing/stage.ts";
import { nodesIn } from "../testing/theming-look.ts";
import type { CreditsElement } from "./credits-element.ts";

/** What Japanese numbers and dates are written with, which are not texts of the kit. */
const BY_INTL = /[年月日時間分秒週前後午か曜火水木金土～]/gu;
const JAPANESE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

describe("an element with words of the host's own for everything", () => {
  /** All that the kit says in Japanese by whole texts, such as "7日". */
  const whole = new Set(
    [common, autoTopUp, balanceHistory, grantsTable, ledger, portal, topUp, usageChart].flatMap(stringsIn),
  );
  const words = markedWords();
  let place: HTMLElement;
  let giveFramesBack = () => {};
  beforeEach(() => {
    giveFramesBack = ownFrames();
    document.documentElement.lang = "ja";
    place = document.createElement("div");
    document.body.append(place);
  });
  afterEach(() => {
    place.remove();
    document.documentElement.lang = "en";
    giveFramesBack();
  });

  /** Shows a scene whose element has the words before it is on the page. */
  const show = async (scene: Scene) => {
    place.replaceChildren = (...nodes) => {
      for (const node of nodes) if (node instanceof HTMLElement) Object.assign(node, { localization: words });
      HTMLElement.prototype.replaceChildren.apply(place, nodes);
    };
    await scene.put(place);
  };

  for (const element of new Set(scenes.map((scene) => scene.element))) {
    it(`says nothing else in any state: ${element}`, async () => {
      const faults = new Set<string>();
      let marks = 0;
      for (const scene of scenes.filter((one) => one.element === element)) {
        await show(scene);
        for (const said of saidIn(place)) {
          if (said.includes(MARK)) marks += 1;
          if (whole.has(said) || JAPANESE.test(said.replace(BY_INTL, "")))
            faults.add(`${scene.name}: ${said}`);
        }
      }
      expect([...faults]).to.deep.equal([]);
      expect(marks).to.be.greaterThan(20);
    });
  }
});

describe("the property localization", () => {
  let stage: Stage;
  beforeEach(() => {
    stage = new Stage();
    stage.server.balances = balancesOf([poolOf({ available: "1240.5", held: "40" })]);
  });
  afterEach(() => stage.strike());

  it("changes what it names and nothing else, at once, and takes it back", async () => {
    const element = await stage.putBalance();
    element.localization = { topUp: "Get more" };
    await settled(() => textOf(element, "top-up-button") === "Get more");
    expect(textOf(element, "caption")).to.equal("tokens available40 held");
    element.localization = undefined;
    await element.updateComplete;
    expect(textOf(element, "top-up-button")).to.equal("Top up");
  });

  it("is one element's: its neighbour says what it said", async () => {
    await stage.put(
      `<credits-balance id="one" session-url="/session"></credits-balance><credits-balance id="other" session-url="/session"></credits-balance>`,
    );
    const [one, other] = [stage.balance("#one"), stage.balance("#other")];
    one.localization = { topUp: "Get more" };
    await settled(() => textOf(one, "top-up-button") === "Get more");
    expect(textOf(other, "top-up-button")).to.equal("Top up");
  });

  it("may have words for each language, which stay when the language changes and comes back", async () => {
    const element = await stage.putBalance();
    element.localization = [
      { topUp: "+" },
      { code: "de", topUp: "Nachfüllen" },
      { code: "de-CH", held: (amount) => `${amount} parkiert` },
    ];
    await settled(() => textOf(element, "top-up-button") === "+");
    const inLanguage = async (lang: string) => {
      element.lang = lang;
      await settled(() => partOf(element, "base")?.lang === lang);
      return [textOf(element, "top-up-button"), textOf(element, "caption")];
    };
    expect(await inLanguage("de")).to.deep.equal(["Nachfüllen", "tokens verfügbar40 reserviert"]);
    expect(await inLanguage("de-CH")).to.deep.equal(["Nachfüllen", "tokens verfügbar40 parkiert"]);
    expect(await inLanguage("fr")).to.deep.equal(["+", "tokens à disposition40 en réserve"]);
    expect(await inLanguage("de")).to.deep.equal(["Nachfüllen", "tokens verfügbar40 reserviert"]);
  });

  it("of a provider is that of all elements in it, before what the page registered and after their own", async () => {
    await stage.put(
      `<credits-session session-url="/session"><credits-balance></credits-balance></credits-session>`,
    );
    const element = stage.balance("credits-balance");
    const provider = element.parentElement;
    Object.assign(provider ?? {}, {
      localization: { topUp: "Ours", held: (amount: string) => `${amount} ours` },
    });
    await settled(() => textOf(element, "top-up-button") === "Ours");
    element.localization = { topUp: "Mine" };
    await settled(() => textOf(element, "top-up-button") === "Mine");
    expect(textOf(element, "caption")).to.contain("40 ours");
  });
});

describe("words for a portal", () => {
  it("reaches one name of a list alone, in what an element in a portal shows", async () => {
    const place = document.createElement("div");
    document.body.append(place);
    const scene = scenes.find(
      (one) => one.element === "credits-utilization-portal" && one.name === "overview",
    );
    await scene?.put(place);
    const portal = place.firstElementChild;
    if (!isCreditsElement(portal)) throw new Error("there is no portal");
    portal.setAttribute("tab", "grants");
    const columns = () => [
      ...(findIn(portal, "credits-grants-table")?.shadowRoot?.querySelectorAll("th") ?? []),
    ];
    await until("the table", () => columns().length > 0);
    const before = columns().map(({ textContent }) => textContent.trim());
    portal.localization = { grantsTable: { columns: { status: "Stand" } } };
    await until("the word", () => columns().some(({ textContent }) => textContent.trim() === "Stand"));
    const after = columns().map(({ textContent }) => textContent.trim());
    expect(after.filter((name) => !before.includes(name))).to.deep.equal(["Stand"]);
    place.remove();
  });
});

async function settled(isSo: () => boolean): Promise<void> {
  await until("the words", isSo);
}

function isCreditsElement(node: Element | null): node is CreditsElement {
  return node !== null && "localization" in node;
}

/** All texts of a place that are shown or read to people. */
function saidIn(place: Element): string[] {
  return nodesIn(place)
    .flatMap((node) => [
      ...[...node.childNodes].map((child) => (child instanceof Text ? child.data : "")),
      ...["aria-label", "aria-valuetext", "title", "placeholder"].map(
        (name) => node.getAttribute(name) ?? "",
      ),
    ])
    .map((text) => text.trim())
    .filter(Boolean);
}

function stringsIn(texts: object): string[] {
  const values: unknown[] = Object.values(texts);
  return values.flatMap((text) => {
    if (typeof text === "string") return [text];
    return typeof text === "object" && text !== null ? stringsIn(text) : [];
  });
}
