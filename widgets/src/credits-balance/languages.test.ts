import { expect } from "@open-wc/testing";
import { english } from "../locales/en.ts";
import { balancesOf, poolOf } from "../testing/balances.ts";
import { partOf, Stage, textOf } from "../testing/stage.ts";
import { registerTranslation } from "../ui/own-words.ts";

describe("credits-balance speaks", () => {
  let stage: Stage;
  beforeEach(() => {
    stage = new Stage();
  });
  afterEach(() => stage.strike());

  /** Files of languages come over the real network of the test runner. */
  const shownIn = async (lang: string) => {
    stage.server.balances = balancesOf([poolOf({ available: "1240.5", held: "40" })]);
    stage.server.uninstall();
    await (lang === "de" ? import("../locales/de.ts") : import("../locales/ar.ts"));
    stage.server.install();
    return stage.putBalance(`session-url="/session" lang="${lang}"`);
  };

  it("German", async () => {
    const element = await shownIn("de");
    expect(textOf(element, "balance")).to.equal("1.240,5");
    expect(textOf(element, "caption")).to.equal("tokens verfügbar40 reserviert");
    expect(partOf(element, "base")).to.include({ dir: "ltr", lang: "de" });
  });

  it("Arabic, from right to left", async () => {
    const element = await shownIn("ar");
    const base = partOf(element, "base");
    expect(textOf(element, "caption")).to.contain("متاحة");
    expect(base).to.include({ dir: "rtl", lang: "ar" });
    const bar = partOf(element, "bar");
    expect(bar && getComputedStyle(bar).transform).to.contain("-1");
    const name = partOf(element, "name")?.getBoundingClientRect();
    const symbol = partOf(element, "symbol")?.getBoundingClientRect();
    expect(name && symbol && symbol.left > name.left).to.equal(true);
  });

  it("the language of the page, and follows when it changes", async () => {
    const element = await stage.putBalance();
    expect(textOf(element, "caption")).to.equal("tokens available");
    document.documentElement.lang = "de";
    await stage.rest();
    await element.updateComplete;
    expect(textOf(element, "caption")).to.equal("tokens verfügbar");
    document.documentElement.lang = "en";
    await stage.rest();
    expect(textOf(element, "caption")).to.equal("tokens available");
  });

  it("the language of the page inside the shadow root of another element, too", async () => {
    const place = await stage.put("<div></div>");
    const element = document.createElement("credits-balance");
    element.sessionUrl = "/session";
    place.firstElementChild?.attachShadow({ mode: "open" }).append(element);
    document.documentElement.lang = "de";
    await stage.clock.pass(100);
    document.documentElement.lang = "en";
    expect(textOf(element, "caption")).to.equal("tokens verfügbar");
  });

  it("English where it has no words, with the numbers of the language asked for", async () => {
    const element = await stage.putBalance('session-url="/session" lang="sv"');
    expect(textOf(element, "caption")).to.equal("tokens available");
    expect(textOf(element, "balance")?.replace(/\s/g, " ")).to.equal("1 240");
    expect(partOf(element, "base")?.lang).to.equal("en");
  });

  it("words that the page brings", async () => {
    registerTranslation({ ...english, code: "nl", available: (unit) => `${unit} beschikbaar` });
    const element = await stage.putBalance('session-url="/session" lang="nl-BE"');
    expect(textOf(element, "caption")).to.equal("tokens beschikbaar");
    registerTranslation({ code: "nl-BE", available: (unit) => `${unit} over` });
    await element.updateComplete;
    expect(textOf(element, "caption")).to.equal("tokens over");
  });

  it("something even when the language is nonsense", async () => {
    const element = await stage.putBalance('session-url="/session" lang="x_!"');
    expect(textOf(element, "caption")).to.equal("tokens available");
  });
});
