import type {
  EntryType,
  Grant,
  GrantSort,
  LedgerGrouping,
  WidgetActorKind,
  WidgetGrants,
  WidgetLedger,
} from "@credits-kit/contract";
import { faultOf } from "./api-error.ts";
import { pathOf, read, type ReadRequest } from "./read.ts";
import { send, type WidgetClientOptions } from "./send.ts";

interface PoolFilters {
  creditTypeId?: string | undefined;
  /** `none` is the pool without a resource; left out means all pools. */
  resourceId?: string | undefined;
  /** The first moment, RFC 3339: at which it was granted, or the ledger took it. */
  from?: string | undefined;
  /** The first moment that is no longer included, here and in the other spans. */
  to?: string | undefined;
  /** The kind of source, such as `top_up`. */
  source?: string | undefined;
}

interface Page {
  /** 1 to 100; 20 if left out. */
  limit?: number | undefined;
  cursor?: string | undefined;
}

/** Which grants are asked for. */
export interface GrantFilters extends PoolFilters {
  status?: readonly Grant["status"][] | undefined;
  category?: Grant["category"] | undefined;
  /** Who granted. */
  actor?: WidgetActorKind | undefined;
  effectiveFrom?: string | undefined;
  effectiveTo?: string | undefined;
  expiresFrom?: string | undefined;
  expiresTo?: string | undefined;
}

export interface GrantsQuery extends GrantFilters, Page {
  /** `-createdAt` if left out. */
  sort?: GrantSort | undefined;
  /** Adds subtotals by credit type and status. */
  totals?: boolean | undefined;
}

/** Which entries of the ledger are asked for. */
export interface LedgerFilters extends PoolFilters {
  type?: EntryType | undefined;
  grantId?: string | undefined;
  featureId?: string | undefined;
  userId?: string | undefined;
  /** Which time `from` and `to` mean; `at` if left out. */
  timeField?: "at" | "occurredAt" | undefined;
}

export interface LedgerQuery extends LedgerFilters, Page {
  /** Adds subtotals over all that match. */
  groupBy?: LedgerGrouping | undefined;
  /** Whose days `groupBy: "day"` means; UTC if left out. */
  timeZone?: string | undefined;
}

/** Calls that list what a customer got and spent. */
export interface ListCalls {
  /** A page of the grants, as they stand at the moment of the answer. */
  getGrants(query?: GrantsQuery, signal?: AbortSignal): Promise<WidgetGrants>;
  /** A page of the ledger, newest first. */
  getLedger(query?: LedgerQuery, signal?: AbortSignal): Promise<WidgetLedger>;
  /** All grants that match as a CSV, whole or not at all. */
  downloadGrantsCsv(filters?: GrantFilters, signal?: AbortSignal): Promise<Blob>;
  /** All entries that match as a CSV, whole or not at all. */
  downloadLedgerCsv(filters?: LedgerFilters, signal?: AbortSignal): Promise<Blob>;
}

/** The calls that list, in the name of one session. */
export function listCalls(options: WidgetClientOptions): ListCalls {
  return {
    getGrants: (query, signal) => read<WidgetGrants>(options, { path: "/widget/grants", query, signal }),
    getLedger: (query, signal) => read<WidgetLedger>(options, { path: "/widget/ledger", query, signal }),
    downloadGrantsCsv: (query, signal) => readFile(options, { path: "/widget/grants.csv", query, signal }),
    downloadLedgerCsv: (query, signal) => readFile(options, { path: "/widget/ledger.csv", query, signal }),
  };
}

/** A file may take longer than an answer may take to begin: only the signal ends it. One that is cut is a fault. */
async function readFile(options: WidgetClientOptions, { path, query, signal }: ReadRequest): Promise<Blob> {
  const response = await send(options, {
    path: pathOf(path, query),
    type: "text/csv",
    signal,
    read: (answer) => Promise.resolve(answer),
  });
  try {
    return await response.blob();
  } catch (error) {
    throw faultOf(error, signal);
  }
}
