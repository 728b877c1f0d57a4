import { FakeAutoTopUps, settingsOf } from "../auto-top-ups.ts";
import { balancesOf, poolOf } from "../balances.ts";
import { FakeServer } from "../fake-server.ts";
import { grantOf, grantsOf } from "../grants.ts";
import { billingOf, entryOf, ledgerOf, preferencesOf } from "../portal.ts";
import { forecastOf } from "../usage.ts";
import { usageOfMonth } from "./chart-data.ts";

const ROWS = 1_000;

type Answerer = (query: URLSearchParams) => object;

/** One page of a thousand rows, as keyset paging gives it. */
function pageOf<Row>(query: URLSearchParams, rowOf: (index: number) => Row) {
  const from = Number(query.get("cursor") ?? 0);
  const to = Math.min(ROWS, from + Number(query.get("limit") ?? 10));
  return {
    data: Array.from({ length: to - from }, (_, index) => rowOf(from + index)),
    nextCursor: to < ROWS ? String(to) : null,
    prevCursor: from > 0 ? String(Math.max(0, from - (to - from))) : null,
  };
}

/** Amounts tell rows apart. */
const grants: Answerer = (query) => {
  const { data, ...cursors } = pageOf(query, (index) =>
    grantOf({ id: `gr_${index}`, amount: String(10_000 + index), reason: `Campaign ${index}` }),
  );
  return grantsOf(data, cursors);
};

const ledger: Answerer = (query) => {
  const { data, ...cursors } = pageOf(query, (index) =>
    entryOf({ seq: ROWS - index, endBalance: String(10_000 + index) }),
  );
  return ledgerOf(data, cursors);
};

const ANSWERS: Record<string, Answerer> = {
  "/widget/grants": grants,
  "/widget/ledger": ledger,
  "/widget/forecast": () => forecastOf(),
  "/widget/billing": () => billingOf(),
  "/widget/notification-preferences": () => preferencesOf(),
};

/** A server inside the page that answers at once whatever an element asks: no network is measured. */
export function openInPageServer(usage = usageOfMonth()): FakeServer {
  const server = new FakeServer().install();
  server.scopes = ["read", "top_up", "settings"];
  // As the stream tells it where something is set: the balance has nothing to ask.
  server.balances = balancesOf([poolOf({ autoTopUp: "on" })], { canChangeSettings: true });
  new FakeAutoTopUps(server).settings = settingsOf();
  const { answer } = server;
  server.answer = (url, init) => {
    if (url.pathname === "/widget/usage") return Promise.resolve(Response.json(usage));
    const answerer = Object.hasOwn(ANSWERS, url.pathname) ? ANSWERS[url.pathname] : undefined;
    return answerer ? Promise.resolve(Response.json(answerer(url.searchParams))) : answer?.(url, init);
  };
  return server;
}
