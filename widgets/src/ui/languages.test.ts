import { expect } from "@open-wc/testing";
import { ownFrames } from "../testing/own-frames.ts";
import { scenes } from "../testing/scenes/index.ts";
import { findIn, until } from "../testing/scenes/scene.ts";
import { nodesIn } from "../testing/theming-look.ts";

/** One state of each element, and what it says in each language. */
const SAID: Record<string, { scene: string; words: Record<string, string> }> = {
  "credits-balance": {
    scene: "loaded",
    words: {
      ...{ en: "Top up", de: "Aufladen", fr: "Recharger", es: "Recargar", ja: "チャージ" },
      ar: "شحن الرصيد",
    },
  },
  "credits-top-up": {
    scene: "loaded",
    words: {
      ...{ en: "Another amount", de: "Andere Menge", fr: "Autre quantité", es: "Otra cantidad" },
      ...{ ja: "その他の数量", ar: "كمية أخرى" },
    },
  },
  "credits-auto-top-up": {
    scene: "saved",
    words: {
      ...{ en: "Saved.", de: "Gespeichert.", fr: "Enregistré.", es: "Guardado." },
      ...{ ja: "保存しました。", ar: "تم الحفظ." },
    },
  },
  "credits-usage-chart": {
    scene: "three-series",
    words: {
      ...{ en: "Usage", de: "Verbrauch", fr: "Consommation", es: "Consumo", ja: "利用量" },
      ar: "الاستهلاك",
    },
  },
  "credits-grants-table": {
    scene: "loaded",
    words: {
      ...{ en: "Credit grants", de: "Gutschriften", fr: "Attributions de crédits" },
      ...{ es: "Asignaciones de créditos", ja: "クレジットの付与", ar: "دفعات الرصيد" },
    },
  },
  "credits-ledger": {
    scene: "loaded",
    words: {
      ...{ en: "Ledger", de: "Kontobuch", fr: "Journal des mouvements", es: "Registro de movimientos" },
      ...{ ja: "クレジット台帳", ar: "سجل الرصيد" },
    },
  },
  "credits-utilization-portal": {
    scene: "overview",
    words: {
      ...{ en: "Overview", de: "Übersicht", fr: "Vue d’ensemble", es: "Resumen", ja: "概要" },
      ar: "نظرة عامة",
    },
  },
};

/** The region changes how numbers and dates are written, not the words. */
const REGIONS: Record<string, string> = { de: "de-CH", fr: "fr-CA", es: "es-MX", ja: "ja-JP", ar: "ar-EG" };

describe("in each of the kit's languages", () => {
  let place: HTMLElement;
  let giveFramesBack = () => {};
  beforeEach(() => {
    giveFramesBack = ownFrames();
    place = document.createElement("section");
    place.append(document.createElement("div"));
    document.body.append(place);
  });
  afterEach(() => {
    place.remove();
    giveFramesBack();
  });

  const says = (words: string) =>
    nodesIn(place).some((node) =>
      [...node.childNodes].some((child) => child instanceof Text && child.data.trim() === words),
    );

  it("every element of the kit is asked", () => {
    expect(Object.keys(SAID).sort()).to.deep.equal([...new Set(scenes.map(({ element }) => element))].sort());
  });

  for (const [element, { scene: name, words }] of Object.entries(SAID)) {
    it(`${element} says its words, and follows when something around it changes its language`, async () => {
      const scene = scenes.find((one) => one.element === element && one.name === name);
      const inner = place.firstElementChild;
      if (!scene || !(inner instanceof HTMLElement)) throw new Error(`there is no ${name} of ${element}`);
      await scene.put(inner);
      const shown = inner.firstElementChild;
      for (const [language, text] of Object.entries(words))
        for (const lang of [language, REGIONS[language] ?? "en-GB"]) {
          place.lang = lang;
          await until(`${text} in ${lang}`, () => says(text));
          if (shown) expect(findIn(shown, "[part~=base]")?.lang).to.equal(language);
          for (const other of Object.values(words)) expect(says(other)).to.equal(other === text);
        }
      expect(inner.firstElementChild === shown).to.equal(true);
    });
  }
});
