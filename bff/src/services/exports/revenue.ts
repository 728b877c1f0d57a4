import type { ExportRow } from "@credits-kit/contract";
import {
  type DatedMovement,
  exactCostOf,
  type PricedGrant,
  revenueByMonth,
  type RevenueMonth,
} from "@credits-kit/engine";
import type { Database } from "../../storage/database.ts";
import { type FoundGrant, readGrantsOf } from "../../storage/pools/exports/read-grants.ts";
import { readMovements } from "../../storage/pools/exports/read-movements.ts";
import { readWindows, type Window } from "../../storage/pools/exports/windows.ts";
import type { ExportRequest } from "./request.ts";
import { poolColumns } from "./values.ts";

/** Grants whose history is gone through at once: what bounds the memory, and how often a long pool is read. */
const PASS = 2_000;

/**
 * The months of every grant that has a cost basis; since a cursor, of those that an entry moved, from the month of the
 * first such entry on: the months before are closed.
 */
export async function* exportRevenue(
  database: Database,
  { stretch, from, to }: ExportRequest,
): AsyncGenerator<ExportRow<"revenue">[]> {
  const isWanted = ({ month }: RevenueMonth): boolean => {
    const begin = Date.parse(`${month}-01T00:00:00Z`);
    return begin >= (from ?? -Infinity) && begin < (to ?? Infinity);
  };
  const rowsOf = async (grants: readonly FoundGrant[]) => {
    const months = await monthsOf(database, grants);
    return months.flatMap(({ grant, each }) => each.filter(isWanted).map((month) => toRow(grant, month)));
  };
  const wanted = { isTouched: stretch.sinceNo !== null, isPriced: true };
  let waiting: FoundGrant[] = [];
  for await (const windows of readWindows(database, stretch)) {
    for await (const grants of readGrantsOf(database, windows, wanted)) {
      waiting = [...waiting, ...grants];
      while (waiting.length >= PASS) yield rowsOf(waiting.splice(0, PASS));
    }
    // The windows of the next page are other pools.
    if (waiting.length > 0) yield rowsOf(waiting.splice(0));
  }
}

/** The months of each grant. */
async function monthsOf(
  database: Database,
  grants: readonly FoundGrant[],
): Promise<{ grant: FoundGrant; each: RevenueMonth[] }[]> {
  const histories = historiesOf(grants);
  const movements = new Map<string, DatedMovement[]>(grants.map((grant) => [nameOf(grant), []]));
  for await (const page of readMovements(database, histories)) {
    for (const movement of page) {
      const { window, key, month, kind, amount } = movement;
      movements.get(nameOf({ window, record: { key } }))?.push({ month, kind, amount });
    }
  }
  return grants.flatMap((grant) => {
    const { costBasis, amount, source } = grant.record;
    if (costBasis === null) return [];
    const priced: PricedGrant = { amount, price: costBasis, isRollover: source.kind === "rollover" };
    // Sorting keeps the order within a month.
    const history = (movements.get(nameOf(grant)) ?? []).sort(byMonth);
    const months = revenueByMonth(priced, history);
    const since = grant.firstMonth ?? "";
    return [{ grant, each: months.filter(({ month }) => month >= since) }];
  });
}

/** Of each pool the part in which everything lies that became of its grants: from the oldest of these on. */
function historiesOf(grants: readonly FoundGrant[]): Window[] {
  const histories = new Map<string, Window>();
  for (const { window, record } of grants) {
    const name = `${window.customerId}/${window.poolNo}`;
    const known = histories.get(name);
    const afterSeq = Math.min(known?.afterSeq ?? Infinity, record.key - 1);
    const untilSeq = Math.max(known?.untilSeq ?? 0, window.untilSeq);
    histories.set(name, { ...window, afterSeq, untilSeq });
  }
  return [...histories.values()];
}

function byMonth(left: DatedMovement, right: DatedMovement): number {
  return left.month === right.month ? 0 : left.month < right.month ? -1 : 1;
}

function nameOf({ window, record }: { window: Window; record: { readonly key: number } }): string {
  return `${window.customerId}/${window.poolNo}/${record.key}`;
}

function toRow(
  { window, record }: FoundGrant,
  { month, minor, credits }: RevenueMonth,
): ExportRow<"revenue"> {
  const price = record.costBasis ?? { amount: "0", currency: "" };
  const exact = (amount: bigint) => exactCostOf(amount, price);
  return {
    ...poolColumns(window),
    grant_id: record.grantId,
    external_reference: record.externalReference,
    month,
    currency: price.currency,
    paid_minor: String(minor.paid),
    rolled_in_minor: String(minor.rolledIn),
    recognised_minor: String(minor.recognised),
    breakage_minor: String(minor.breakage),
    refunded_minor: String(minor.refunded),
    rolled_out_minor: String(minor.rolledOut),
    deferred_minor: String(minor.deferred),
    paid: exact(credits.paid),
    rolled_in: exact(credits.rolledIn),
    recognised: exact(credits.recognised),
    breakage: exact(credits.breakage),
    refunded: exact(credits.refunded),
    rolled_out: exact(credits.rolledOut),
    deferred: exact(credits.deferred),
  };
}
