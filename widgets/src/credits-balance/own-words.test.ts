import { expect } from "@open-wc/testing";
import { balancesOf, poolOf } from "../testing/balances.ts";
import { until } from "../testing/fake-clock.ts";
import { partOf, Stage, textOf } from "../testing/stage.ts";
import { registerTranslation } from "../ui/own-words.ts";

/** The files of the kit's languages are asked for once in a page: nothing here may load one beforehand. */
describe("the page's own words for a language of the kit", () => {
  let stage: Stage;
  beforeEach(() => {
    stage = new Stage();
    stage.server.balances = balancesOf([poolOf({ available: "1240.5", held: "40" })]);
  });
  afterEach(() => stage.strike());

  const balanceIn = (lang: string) => stage.balance(`[lang="${lang}"]`);
  const shown = (lang: string) => ({
    topUp: textOf(balanceIn(lang), "top-up-button"),
    caption: textOf(balanceIn(lang), "caption"),
    dir: partOf(balanceIn(lang), "base")?.dir,
    lang: partOf(balanceIn(lang), "base")?.lang,
  });
  const markupOf = (...langs: string[]) =>
    langs.map((lang) => `<credits-balance session-url="/session" lang="${lang}"></credits-balance>`).join("");
  const untilShown = (lang: string) => until(lang, () => Boolean(textOf(balanceIn(lang), "caption")));

  it("change these words and no others where they come before its file", async () => {
    registerTranslation({ code: "de", topUp: "Nachfüllen" });
    registerTranslation({ code: "de-CH", held: (amount) => `${amount} parkiert` });
    await stage.put(markupOf("de", "de-CH"));
    await untilShown("de");
    await untilShown("de-CH");
    expect(shown("de")).to.deep.equal({
      ...{ topUp: "Nachfüllen", caption: "tokens verfügbar40 reserviert" },
      ...{ dir: "ltr", lang: "de" },
    });
    expect(shown("de-CH")).to.deep.equal({
      ...{ topUp: "Nachfüllen", caption: "tokens verfügbar40 parkiert" },
      ...{ dir: "ltr", lang: "de-CH" },
    });
  });

  it("change these words and no others where they come while its file is on its way, and one after the other", async () => {
    const place = await stage.put("");
    place.innerHTML = markupOf("ar", "ar-EG");
    await balanceIn("ar").updateComplete;
    expect(partOf(balanceIn("ar"), "base") === null).to.equal(true);
    registerTranslation({ code: "ar", topUp: "املأ" });
    registerTranslation({ code: "ar-EG", held: (amount) => `${amount} E` });
    await stage.rest();
    await untilShown("ar");
    await untilShown("ar-EG");
    expect(shown("ar")).to.include({ topUp: "املأ", dir: "rtl", lang: "ar" });
    expect(shown("ar").caption).to.contain("متاحة").and.to.contain("محجوز");
    expect(shown("ar-EG")).to.include({ topUp: "املأ", dir: "rtl", lang: "ar-EG" });
    expect(shown("ar-EG").caption).to.contain("متاحة").and.to.match(/ E$/);
    registerTranslation({ code: "ar", topUp: "زد" });
    await balanceIn("ar").updateComplete;
    expect(shown("ar")).to.include({ topUp: "زد", dir: "rtl" });
  });
});
