import { FakeAutoTopUps, settingsOf } from "./auto-top-ups.ts";
import { balancesOf, poolOf } from "./balances.ts";
import { grantOf, grantsOf } from "./grants.ts";
import { billingOf, entryOf, ledgerOf, planOf, preferencesOf } from "./portal.ts";
import type { Stage } from "./stage.ts";
import { offerOf } from "./top-ups.ts";
import { forecastOf, usageOf } from "./usage.ts";

/** All that a customer may read, with the customer's name in everything that is called something. */
export class WholeApi {
  readonly #stage: Stage;
  readonly #autoTopUps: FakeAutoTopUps;

  constructor(stage: Stage) {
    this.#stage = stage;
    const { server } = stage;
    server.scopes = ["read", "top_up", "settings"];
    this.#autoTopUps = new FakeAutoTopUps(server);
    const { answer } = server;
    server.answer = (url, init) => {
      const found = this.#read(url.pathname);
      return found ? Promise.resolve(Response.json(found)) : answer?.(url, init);
    };
    this.serve("acme");
  }

  /** Sessions are of this customer from now on. */
  serve(customer: string): void {
    const { server } = this.#stage;
    server.customer = customer;
    const creditType = this.#creditType;
    server.balances = balancesOf([poolOf({ name: creditType.name })], {
      customerId: customer,
      canChangeSettings: true,
    });
    this.#autoTopUps.settings = settingsOf({ creditType });
    this.#autoTopUps.topUps.offer = offerOf({ creditType });
  }

  get #creditType() {
    const { customer } = this.#stage.server;
    const unit = { singular: `coin of ${customer}`, plural: `coins of ${customer}` };
    return { id: "tokens", name: `Credits of ${customer}`, symbol: null, unit };
  }

  #read(path: string): object | undefined {
    const { customer } = this.#stage.server;
    const creditTypes = [this.#creditType];
    switch (path) {
      case "/widget/usage":
        return usageOf([{ key: "image", label: `Pictures of ${customer}`, points: [3, 5, 2] }], {
          creditType: this.#creditType,
        });
      case "/widget/forecast":
        return forecastOf();
      case "/widget/grants":
        return grantsOf([grantOf({ reason: `For ${customer}` })], { creditTypes });
      case "/widget/ledger":
        return ledgerOf([entryOf({ feature: { id: "image", label: `Pictures of ${customer}` } })], {
          creditTypes,
        });
      case "/widget/billing":
        return billingOf({ plans: [planOf({ name: `Plan of ${customer}` })] });
      case "/widget/notification-preferences":
        return preferencesOf();
      default:
        return undefined;
    }
  }
}

/** All text that a person could find in an element: in its shadow roots, in what is not shown yet, and in what is said. */
export function deepTextOf(root: Node): string {
  const texts: string[] = [];
  const walk = (node: Node) => {
    if (node instanceof Text) texts.push(node.data);
    if (node instanceof HTMLElement) {
      for (const { name, value } of node.attributes) if (/^(aria-|title|data-)/.test(name)) texts.push(value);
      if (node instanceof HTMLInputElement) texts.push(node.value);
      if (node.shadowRoot) walk(node.shadowRoot);
    }
    if (!(node instanceof HTMLStyleElement)) node.childNodes.forEach(walk);
  };
  walk(root);
  return texts.join(" ").replace(/\s+/g, " ");
}
