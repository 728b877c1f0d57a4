import { formatCredits } from "@credits-kit/amounts";
import type { UsageRecord } from "@credits-kit/contract";
import { findCustomer } from "../../storage/customers/customers.ts";
import { EVENT_PLACES, type EventFilter, listUsage, type UsageRow } from "../../storage/pools/read-events.ts";
import type { Deps } from "../call.ts";
import { listing, type Listing, type PageQuery, pageRequest } from "../paging.ts";
import { poolFilterOf } from "../pool-filter.ts";
import { unknown } from "../unknown.ts";

/**
 * Lists a customer's usage events, the newest first: those in the ledger, and those that were denied and not applied
 * later.
 * @throws ServiceError `not_found`
 */
export async function listEvents(deps: Deps, query: PageQuery & EventFilter): Promise<Listing<UsageRecord>> {
  const { limit: _limit, cursor: _cursor, ...asked } = query;
  const scope = { list: "events", ids: EVENT_PLACES, filters: asked };
  const request = pageRequest(query, scope);
  const { writer } = deps.database;
  const { customerId } = query;
  if (!(await findCustomer(writer, customerId))) throw unknown("customer", "customerId");
  const page = await listUsage(writer, { ...asked, ...poolFilterOf(query) }, request);
  return listing(page, scope, (row) => toUsageRecord(row, customerId));
}

function toUsageRecord(row: UsageRow, customerId: string): UsageRecord {
  return {
    id: row.event_id,
    customerId,
    status: row.is_denied ? "denied" : row.reversed_at ? "reversed" : "applied",
    featureId: row.feature_id,
    creditTypeId: row.credit_type_id,
    resourceId: row.resource_id === "" ? null : row.resource_id,
    quantity: formatCredits(BigInt(row.quantity)),
    userId: row.user_id,
    dimensions: row.dimensions,
    occurredAt: row.occurred_at.toISOString(),
    at: row.at.toISOString(),
    delta: creditsOf(row.delta),
    balance: creditsOf(row.end_balance),
    seq: row.is_denied ? null : Number(row.seq),
    grants: (row.grants ?? []).map(({ grantId, amount }) => ({
      grantId,
      amount: formatCredits(BigInt(amount)),
    })),
    overage: formatCredits(BigInt(row.overage_change ?? 0)),
    ...(row.required === null ? {} : { required: formatCredits(BigInt(row.required)) }),
    ...(row.available === null ? {} : { available: formatCredits(BigInt(row.available)) }),
    reversedAt: row.reversed_at?.toISOString() ?? null,
    requestId: row.request_id,
  };
}

function creditsOf(micro: string | null): string | null {
  return micro === null ? null : formatCredits(BigInt(micro));
}
