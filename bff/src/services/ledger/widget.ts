import {
  type LedgerEntry,
  type LedgerGroup,
  type WidgetLedger,
  type WidgetLedgerEntry,
} from "@credits-kit/contract";
import { featureNames } from "../../storage/catalogue/names.ts";
import type { Call, Deps } from "../call.ts";
import type { WidgetListDeps } from "../grants/widget.ts";
import {
  actorOnScreen,
  creditTypesOnScreen,
  type FindPurchase,
  findPurchases,
  sourceOnScreen,
} from "../grants/widget-view.ts";
import { type LedgerQuery, listLedger } from "./list.ts";

/** Entries of which the grants are what was spent, not what was bought. */
const SPENDING = ["consumed", "reversed", "hold_placed", "hold_released", "overage_repaid"];

/**
 * A page of a customer's ledger, with subtotals if they are asked for. However many rows it has, it takes the same
 * number of statements.
 * @throws ServiceError as `listLedger`
 */
export async function readWidgetLedger(
  deps: WidgetListDeps,
  call: Call,
  { customerId, query }: { customerId: string; query: Omit<LedgerQuery, "customerId"> },
): Promise<WidgetLedger> {
  const { groups, ...page } = await listLedger(deps, call, { ...query, customerId });
  const keys = query.groupBy === "feature" ? (groups ?? []).flatMap(({ key }) => key ?? []) : [];
  const names = await namesOf(deps, [...page.data.flatMap(({ featureId }) => featureId ?? []), ...keys]);
  const find = await purchasesOfEntries(deps, customerId, page.data);
  const list = {
    ...page,
    data: page.data.map((entry) => toWidgetEntry(entry, { customerId, names, find })),
    creditTypes: await creditTypesOnScreen(deps, customerId),
  };
  if (!groups) return list;
  const labelOf = ({ key }: LedgerGroup) => (key === null ? null : (names.get(key) ?? key));
  return { ...list, groups: groups.map((group) => ({ ...group, label: labelOf(group) })) };
}

/** What features are called; one that is not there any more by its id. */
export function namesOf(
  { database }: Pick<Deps, "database">,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  return featureNames(database.writer, [...new Set(ids)]);
}

/** The purchases that some entries are about. */
export function purchasesOfEntries(
  deps: WidgetListDeps,
  customerId: string,
  entries: readonly LedgerEntry[],
): Promise<FindPurchase> {
  return findPurchases(deps, customerId, entries.map(boughtBy));
}

/** What is said of entries besides what they say themselves. */
export interface EntryContext {
  readonly customerId: string;
  readonly names: ReadonlyMap<string, string>;
  readonly find: FindPurchase;
}

/** An entry as its owner sees it. Reasons are the host's, or its operators'. */
export function toWidgetEntry(
  entry: LedgerEntry,
  { customerId, names, find }: EntryContext,
): WidgetLedgerEntry {
  const { grants, featureId, requestId: _request, holdId: _hold, reason: _reason, ...shown } = entry;
  return {
    ...shown,
    source: sourceOnScreen(entry.source),
    purchase: find(boughtBy(entry)),
    grantIds: grants.map(({ grantId }) => grantId),
    actor: actorOnScreen(entry.actor, customerId),
    feature: featureId === null ? null : { id: featureId, label: names.get(featureId) ?? featureId },
  };
}

function boughtBy({ type, source, grants }: LedgerEntry) {
  return { source, grantIds: SPENDING.includes(type) ? [] : grants.map(({ grantId }) => grantId) };
}
