import { warnOnce } from "../warn-once.ts";

/** Which element has which name in the address. */
const owners = new Map<string, TabLink>();

/**
 * Keeps an element's tab in the address, as `#name/tab`, without a step in the history. A name is one element's, the first
 * one's: two portals on a page need two names, and the second one without leaves the address alone.
 */
export class TabLink {
  #name: string | undefined;
  #page: AbortController | undefined;
  readonly #heard: (tab: string) => void;

  /** `heard` learns of the tab in the address: when it begins to follow, and when a person changes it. */
  constructor(heard: (tab: string) => void) {
    this.#heard = heard;
  }

  /** Follows the address by a name; by none it lets go. */
  follow(name: string | undefined): void {
    if (name === this.#name) return;
    this.stop();
    if (name === undefined) return;
    const owner = owners.get(name);
    if (owner)
      return warnOnce(`#${name}`, `two elements link their tabs as #${name}/…: give one another name.`);
    owners.set(name, this);
    this.#name = name;
    this.#page = new AbortController();
    window.addEventListener("hashchange", () => this.#read(), this.#page);
    this.#read();
  }

  /** Writes the tab into the address. */
  write(tab: string): void {
    if (this.#name === undefined) return;
    // Not by "#…" alone, which a page's `<base>` would lead elsewhere.
    const url = new URL(location.href);
    url.hash = `${this.#name}/${tab}`;
    if (url.href !== location.href) history.replaceState(history.state, "", url);
  }

  stop(): void {
    this.#page?.abort();
    if (this.#name !== undefined && owners.get(this.#name) === this) owners.delete(this.#name);
    this.#name = undefined;
  }

  #read(): void {
    const [name, tab] = location.hash.slice(1).split("/");
    if (name === this.#name && tab) this.#heard(tab);
  }
}
