import type { ReactiveController } from "lit";
import { english } from "../locales/en.ts";
import { LazyTexts } from "./lazy-texts.ts";
import { ownWords, type PutWords, type Speaker, speakers, update } from "./speakers.ts";
import type { ElementTexts, Translation } from "./translation.ts";

/** What all elements say. */
const files = new LazyTexts<Translation>(english, {
  ar: () => import("../locales/ar.ts"),
  de: () => import("../locales/de.ts"),
  es: () => import("../locales/es.ts"),
  fr: () => import("../locales/fr.ts"),
  ja: () => import("../locales/ja.ts"),
});

let observer: MutationObserver | undefined;
/** The platform's own properties, which we only follow, of whatever an element stands in. */
const OBSERVED = { attributeFilter: ["lang", "dir"], subtree: true };

/** Where the file of own words does not come the words are ours, which is better than none. */
const ownWordsFile = new LazyTexts<PutWords>((texts) => texts, { "": () => import("./own-words.ts") });

/** The language of an element: the nearest `lang` around it, then the browser's. */
export class Language implements ReactiveController {
  readonly #host: Speaker;
  #shown: Translation | undefined;

  constructor(host: Speaker) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    speakers.add(this.#host);
    observer ??= new MutationObserver(update);
    for (const root of [document, this.#host.getRootNode()]) observer.observe(root, OBSERVED);
  }

  hostDisconnected(): void {
    speakers.delete(this.#host);
    if (speakers.size === 0) observer?.disconnect();
  }

  /** As numbers and dates are written. */
  get tag(): string {
    const { lang } = this.#host.closest<HTMLElement>("[lang]") ?? document.documentElement;
    try {
      return new Intl.Locale(lang || navigator.language).baseName;
    } catch {
      return english.code;
    }
  }

  /** The texts; nothing while they are on their way, so that none are shown in the wrong words meanwhile. */
  get texts(): Translation | undefined {
    // What is on the screen already stays there until the words come.
    if (this.#host.localization && !(ownWords.put ??= ownWordsFile.of("", update)) && !this.#shown)
      return undefined;
    return (this.#shown = this.#put(files));
  }

  /** What one element says besides, with the words of the page and of the element before ours. */
  of<Texts extends object>(name: ElementTexts, translations: LazyTexts<Texts>): Texts | undefined {
    // All that an element says comes together.
    return this.texts && this.#put(translations, name);
  }

  #put<Texts extends object>(translations: LazyTexts<Texts>, name?: ElementTexts): Texts | undefined {
    const { tag } = this;
    const texts = translations.of(tag, update);
    return texts && (ownWords.put?.(texts, { speaker: this.#host, tag, name }) ?? texts);
  }
}
