import type { WidgetLedger, WidgetLedgerEntry } from "@credits-kit/client/widget";
import { CreditsLedger } from "../credits-ledger/credits-ledger.ts";
import "../credits-ledger/define.ts";
// What a ledger loads later is there already: the network of the test runner takes its time.
import "../credits-ledger/refine.ts";
import "../list/export.ts";
import "../locales/de.ts";
import "../locales/ledger/de.ts";
import { settle } from "./fake-clock.ts";
import { ledgerOf, someEntries } from "./ledger.ts";
import type { Stage } from "./stage.ts";

/** A server that knows a ledger, and what it was asked. */
export class FakeLedger {
  ledger: (query: URLSearchParams) => WidgetLedger = (query) =>
    ledgerOf(someEntries().filter((entry) => matches(entry, query)));
  csv: () => Promise<Response> = () =>
    Promise.resolve(new Response("seq\r\n7\r\n", { headers: { "content-type": "text/csv" } }));
  readonly asked: URLSearchParams[] = [];
  readonly filesAsked: URLSearchParams[] = [];

  constructor(stage: Stage) {
    stage.server.answer = ({ pathname, searchParams }) => {
      if (pathname === "/widget/ledger.csv") {
        this.filesAsked.push(searchParams);
        return this.csv();
      }
      if (pathname !== "/widget/ledger") return undefined;
      this.asked.push(searchParams);
      return Promise.resolve(Response.json(this.ledger(searchParams)));
    };
  }

  /** The last question. */
  get last(): string | undefined {
    return this.asked.at(-1)?.toString();
  }
}

function matches({ type, grantIds }: WidgetLedgerEntry, query: URLSearchParams): boolean {
  const { type: oneType = type, grantId = grantIds[0] } = Object.fromEntries(query);
  return type === oneType && grantIds.includes(grantId ?? "");
}

/** Puts a ledger on the page, in UTC, and waits until it is drawn. */
export async function putLedger(
  stage: Stage,
  attributes = "",
  change: Partial<CreditsLedger> = {},
): Promise<CreditsLedger> {
  await stage.put("");
  const markup = `<credits-ledger time-zone="UTC" ${attributes}></credits-ledger>`;
  const element = (await stage.put(markup)).querySelector("credits-ledger");
  if (!(element instanceof CreditsLedger)) throw new Error("no credits-ledger");
  Object.assign(element, change);
  await stage.rest();
  await settle();
  return element;
}
