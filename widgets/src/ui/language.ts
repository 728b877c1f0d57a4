import type { ReactiveController, ReactiveControllerHost } from "lit";
import { english } from "../locales/en.ts";
import type { Translation } from "./translation.ts";

type Host = ReactiveControllerHost & HTMLElement;

/** English is always there, so that no text is ever missing. A language that is on its way has none yet. */
const translations = new Map<string, Translation | undefined>([[english.code, english]]);

/** Languages that come as files of their own, when an element asks for them. */
const importers: Record<string, () => Promise<{ default: Translation }>> = {
  ar: () => import("../locales/ar.ts"),
  de: () => import("../locales/de.ts"),
};

const hosts = new Set<Host>();
const update = () => hosts.forEach((host) => host.requestUpdate());
let observer: MutationObserver | undefined;
/** The platform's own properties, which we only follow. */
const OBSERVED = { attributeFilter: ["lang", "dir"] };

/** Adds the texts of a language that the kit does not bring, or other words for one that it does. */
export function registerTranslation(translation: Partial<Translation> & Pick<Translation, "code">): void {
  const code = translation.code.toLowerCase();
  translations.set(code, { ...(translations.get(code) ?? english), ...translation });
  update();
}

/** The language of an element: the nearest `lang` around it, then the browser's. */
export class Language implements ReactiveController {
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    hosts.add(this.#host);
    observer ??= new MutationObserver(update);
    for (const element of [document.documentElement, this.#host]) observer.observe(element, OBSERVED);
  }

  hostDisconnected(): void {
    hosts.delete(this.#host);
    if (hosts.size === 0) observer?.disconnect();
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

  /** The texts; nothing while they are on their way, so that none are shown in the wrong language meanwhile. */
  get texts(): Translation | undefined {
    const { tag } = this;
    const [code = ""] = tag.split("-");
    const known = translations.get(tag.toLowerCase()) ?? translations.get(code);
    if (known || translations.has(code)) return known;
    const importer = importers[code];
    if (!importer) return english;
    translations.set(code, undefined);
    // Without the file the texts are English, which is better than none.
    importer().then(
      (module) => registerTranslation(module.default),
      () => registerTranslation({ ...english, code }),
    );
    return undefined;
  }
}
