import { formatCredits } from "@credits-kit/amounts";
import {
  EXPIRING_SOON_DAYS,
  type Grant,
  type GrantSort,
  type WidgetActorKind,
  type WidgetGrant,
  type WidgetGrants,
  type WidgetGrantTotal,
} from "@credits-kit/contract";
import { viewGrant } from "../../pools/grant-view.ts";
import {
  GRANT_SORT_KEYS,
  type GrantFilter,
  type GrantStatus,
  listGrantRecords,
  type SeenGrant,
  sumUpGrants,
} from "../../storage/pools/read-grants.ts";
import { settleDue } from "../balances/settle-due.ts";
import type { Call, Deps } from "../call.ts";
import { listing, type PageQuery, pageRequest } from "../paging.ts";
import { poolFilterOf } from "../pool-filter.ts";
import {
  actorKindsOf,
  actorOnScreen,
  creditTypesOnScreen,
  type FindPurchase,
  findPurchases,
  sourceOnScreen,
} from "./widget-view.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Which of a customer's grants a widget asks for. */
export interface WidgetGrantFilters extends Omit<
  GrantFilter,
  "customerId" | "status" | "statuses" | "actor" | "actorKinds"
> {
  readonly status?: readonly GrantStatus[] | undefined;
  readonly actor?: WidgetActorKind | undefined;
}

/** How a widget asks for grants; the newest first if it does not say. */
export interface WidgetGrantsQuery extends PageQuery, WidgetGrantFilters {
  readonly sort?: GrantSort | undefined;
  readonly totals?: boolean | undefined;
}

/** What widgets' lists read from. */
export type WidgetListDeps = Pick<Deps, "database" | "pools" | "now">;

/**
 * A page of a customer's grants as they stand now: what is due is settled first. However many rows it has, it takes the
 * same number of statements.
 * @throws ServiceError `validation_failed` for a cursor of another list
 */
export async function readWidgetGrants(
  deps: WidgetListDeps,
  call: Call,
  { customerId, query }: { customerId: string; query: WidgetGrantsQuery },
): Promise<WidgetGrants> {
  const { limit: _limit, cursor: _cursor, sort = "-createdAt", totals, ...asked } = query;
  const filters = { ...asked, status: asked.status?.join(","), customerId, sort };
  const scope = { list: "widget-grants", keys: GRANT_SORT_KEYS, filters };
  const request = pageRequest(query, scope);
  const { writer } = deps.database;
  await settleDue(deps, customerId, call);
  const filter = grantFilterOf(customerId, asked);
  const page = await listGrantRecords(writer, { filter, sort }, request);
  const find = await purchasesOfGrants(deps, customerId, page.rows);
  const list = listing(page, scope, (seen) => toWidgetGrant(seen, find));
  const creditTypes = await creditTypesOnScreen(deps, customerId);
  if (totals !== true) return { ...list, creditTypes };
  const sums = await sumUpGrants(writer, { ...filter, statuses: undefined });
  return { ...list, creditTypes, totals: sums.map(toTotal) };
}

/** What of a customer's grants is asked for, as storage knows it. */
export function grantFilterOf(customerId: string, asked: WidgetGrantFilters): GrantFilter {
  const { status: statuses, actor, ...others } = asked;
  const actorKinds = actor === undefined ? undefined : actorKindsOf(actor);
  return { ...others, customerId, statuses, actorKinds, ...poolFilterOf(asked) };
}

/** The purchases behind some grants. */
export function purchasesOfGrants(
  deps: WidgetListDeps,
  customerId: string,
  seen: readonly SeenGrant[],
): Promise<FindPurchase> {
  const bought = seen.map(({ record: { grantId, source } }) => ({ source, grantIds: [grantId] }));
  return findPurchases(deps, customerId, bought);
}

/** A grant as its owner sees it. Reasons of the host's own are its notes, and stay with it. */
export function toWidgetGrant({ record, now }: SeenGrant, find: FindPurchase): WidgetGrant {
  const grant = viewGrant(record, now);
  const purchase = find({ source: grant.source, grantIds: [grant.id] });
  const {
    costBasis: _costBasis,
    externalReference: _reference,
    metadata: _metadata,
    payment: _payment,
    updatedAt: _updatedAt,
    customerId,
    ...shown
  } = grant;
  return {
    ...shown,
    expiringSoon: isExpiringSoon(grant, now),
    reason: purchase === null ? null : grant.reason,
    actor: actorOnScreen(grant.actor, customerId),
    source: sourceOnScreen(grant.source),
    purchase,
  };
}

function isExpiringSoon({ status, expiresAt }: Grant, now: number): boolean {
  if (status !== "active" || expiresAt === null) return false;
  return Date.parse(expiresAt) - now <= EXPIRING_SOON_DAYS * DAY_MS;
}

function toTotal(sum: Awaited<ReturnType<typeof sumUpGrants>>[number]): WidgetGrantTotal {
  return {
    creditTypeId: sum.credit_type_id,
    status: sum.status,
    grants: Number(sum.grants),
    amount: formatCredits(BigInt(sum.amount)),
    remaining: formatCredits(BigInt(sum.remaining)),
  };
}
