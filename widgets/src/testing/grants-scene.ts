import type { WidgetGrants } from "@credits-kit/client/widget";
import { CreditsGrantsTable } from "../credits-grants-table/credits-grants-table.ts";
import "../credits-grants-table/define.ts";
// What a table loads later is there already: the network of the test runner takes its time.
import "../credits-grants-table/refine.ts";
import "../list/export.ts";
import "../locales/de.ts";
import "../locales/grants-table/de.ts";
import { settle } from "./fake-clock.ts";
import { grantsOf } from "./grants.ts";
import type { Stage } from "./stage.ts";

/** A server that knows grants, and what it was asked. */
export class FakeGrants {
  grants: WidgetGrants = grantsOf();
  csv: () => Promise<Response> = () =>
    Promise.resolve(new Response("grant_id\r\ngr_1\r\n", { headers: { "content-type": "text/csv" } }));
  readonly asked: URLSearchParams[] = [];
  readonly filesAsked: URLSearchParams[] = [];

  constructor(stage: Stage) {
    stage.server.answer = ({ pathname, searchParams }) => {
      if (pathname === "/widget/grants.csv") {
        this.filesAsked.push(searchParams);
        return this.csv();
      }
      if (pathname !== "/widget/grants") return undefined;
      this.asked.push(searchParams);
      return Promise.resolve(Response.json(this.grants));
    };
  }

  /** The last question. */
  get last(): string | undefined {
    return this.asked.at(-1)?.toString();
  }
}

/** Puts a table on the page, in UTC, and waits until it is drawn. */
export async function putGrants(
  stage: Stage,
  attributes = "",
  change: Partial<CreditsGrantsTable> = {},
): Promise<CreditsGrantsTable> {
  await stage.put("");
  const markup = `<credits-grants-table time-zone="UTC" ${attributes}></credits-grants-table>`;
  const element = (await stage.put(markup)).querySelector("credits-grants-table");
  if (!(element instanceof CreditsGrantsTable)) throw new Error("no credits-grants-table");
  Object.assign(element, change);
  await stage.rest();
  await settle();
  return element;
}
