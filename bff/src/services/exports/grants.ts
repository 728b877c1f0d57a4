import type { ExportRow } from "@credits-kit/contract";
import { viewGrant } from "../../pools/grant-view.ts";
import type { Database } from "../../storage/database.ts";
import { type FoundGrant, readGrantsOf } from "../../storage/pools/exports/read-grants.ts";
import { readWindows } from "../../storage/pools/exports/windows.ts";
import type { ExportRequest } from "./request.ts";

/** Grants as they stand now: all, or since a cursor those that an entry moved or changed. */
export async function* exportGrants(
  database: Database,
  { stretch, from, to }: ExportRequest,
): AsyncGenerator<ExportRow<"grants">[]> {
  const wanted = { isTouched: stretch.sinceNo !== null, from, to };
  for await (const windows of readWindows(database, stretch)) {
    for await (const grants of readGrantsOf(database, windows, wanted)) yield grants.map(toRow);
  }
}

function toRow({ record, now }: FoundGrant): ExportRow<"grants"> {
  const grant = viewGrant(record, now);
  return {
    grant_id: grant.id,
    customer_id: grant.customerId,
    credit_type_id: grant.creditTypeId,
    resource_id: grant.resourceId,
    seq: record.key,
    amount: grant.amount,
    remaining: grant.remaining,
    consumed: grant.consumed,
    held: grant.held,
    frozen: grant.frozen,
    revoked: grant.revoked,
    expired: grant.expired,
    category: grant.category,
    status: grant.status,
    cost_basis: grant.costBasis?.amount ?? null,
    currency: grant.costBasis?.currency ?? null,
    priority: grant.priority,
    effective_at: grant.effectiveAt,
    expires_at: grant.expiresAt,
    reason: grant.reason,
    actor_kind: grant.actor.kind,
    actor_id: grant.actor.id,
    source_kind: grant.source.kind,
    source_id: grant.source.id,
    payment_status: grant.payment?.status ?? null,
    external_reference: grant.externalReference,
    metadata: grant.metadata,
    created_at: grant.createdAt,
    updated_at: grant.updatedAt,
  };
}
