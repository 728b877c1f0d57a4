/** The way back to this page from one of Stripe's, which the address names: `<name>=<id>&<name>_result=<how it ended>`. */
export class PageReturn {
  readonly #name: string;

  constructor(name: string) {
    this.#name = name;
  }

  /** This page, as Stripe's leads back to it; nothing for pages without an address. */
  address(): string | undefined {
    const url = this.#withoutReturn();
    return /^https?:/.test(url.protocol) ? url.href : undefined;
  }

  /** Whether this page was reached that way, and nobody has taken that yet. */
  isThere(): boolean {
    return new URL(location.href).searchParams.has(this.#name);
  }

  /** What this page was reached with. Taking it cleans the address, so that a reload is only a reload. */
  take(): { id: string; cancelled: boolean } | undefined {
    const { searchParams } = new URL(location.href);
    const id = searchParams.get(this.#name);
    if (!id) return undefined;
    history.replaceState(history.state, "", this.#withoutReturn());
    return { id, cancelled: searchParams.get(`${this.#name}_result`) === "cancelled" };
  }

  #withoutReturn(): URL {
    const url = new URL(location.href);
    url.searchParams.delete(this.#name);
    url.searchParams.delete(`${this.#name}_result`);
    return url;
  }
}
