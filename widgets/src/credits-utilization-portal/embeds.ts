import { html } from "lit";
import { exportParts } from "./export-parts.ts";
import { Later } from "./later.ts";
import type { PortalHost } from "./portal-host.ts";
import type { PortalView } from "./portal-view.ts";
import { renderMissing } from "./render-missing.ts";
import { renderBones } from "./render-skeleton.ts";

/** By what the names of their parts begin with: where the elements come from. */
const ELEMENTS = {
  usage: ["credits-usage-chart", () => import("../credits-usage-chart/define.ts")],
  grants: ["credits-grants-table", () => import("../credits-grants-table/define.ts")],
  ledger: ["credits-ledger", () => import("../credits-ledger/define.ts")],
  "auto-top-up": ["credits-auto-top-up", () => import("../credits-auto-top-up/define.ts")],
} as const;

export type Embedded = keyof typeof ELEMENTS;

/** How `resource` names the pool that has none. */
const NO_RESOURCE = "none";

/**
 * The other elements that the portal shows. Each comes when its tab is opened, asks nothing while the tab is closed, and is
 * then as the person left it. All have the portal's own session, by its options or by the provider around it, and so share
 * its stream and its answers.
 */
export class Embeds {
  readonly #host: PortalHost;
  readonly #files = new Map<Embedded, Later<unknown>>();
  readonly #elements = new Map<Embedded, HTMLElement>();

  constructor(host: PortalHost) {
    this.#host = host;
  }

  /** Lets go of what closed tabs keep: the credits are somebody else's. */
  forget(): void {
    this.#elements.clear();
  }

  render(name: Embedded, view: PortalView) {
    const [tag, load] = ELEMENTS[name];
    const later = this.#files.get(name) ?? new Later(load, () => this.#host.requestUpdate());
    this.#files.set(name, later);
    if (!later.file) return later.isMissing ? renderMissing(view, () => later.retry()) : renderBones(6);
    const element = this.#elements.get(name) ?? this.#make(name, tag);
    Object.assign(element, this.#handedOn(view));
    // Writing either of these, even the same again, is news to every element that follows a language.
    const lang = (this.#host.closest<HTMLElement>("[lang]") ?? document.documentElement).lang;
    const dir = getComputedStyle(this.#host.renderRoot.querySelector(".base") ?? this.#host).direction;
    if (element.lang !== lang) element.lang = lang;
    if (element.dir !== dir) element.dir = dir;
    return html`${element}`;
  }

  #make(name: Embedded, tag: string): HTMLElement {
    const element = document.createElement(tag);
    this.#elements.set(name, element);
    // It has a shadow root once it is on the page.
    void this.#host.updateComplete.then(() => exportParts(element, name));
    return element;
  }

  /** The session, the pool, how figures and days are written, the language and the looks. */
  #handedOn({ pool }: PortalView) {
    const { fetchSession, sessionUrl, sessionToken, apiBase, customer, theme, appearance } = this.#host;
    const { timeZone, fractionDigits, hideUnit, dimensions } = this.#host;
    return {
      ...{ fetchSession, sessionUrl, sessionToken, apiBase, customer, theme, appearance },
      ...{ timeZone, fractionDigits, hideUnit, dimensions },
      creditType: pool?.creditTypeId ?? this.#host.creditType,
      resource: pool ? (pool.resourceId ?? NO_RESOURCE) : this.#host.resource,
    };
  }
}
