import { formatCredits } from "@credits-kit/amounts";
import { actor, ENTRY_TYPES, type EntryType, type LedgerEntry } from "@credits-kit/contract";
import { findCustomer } from "../../storage/customers/customers.ts";
import { type LedgerFilter, type LedgerLine, listLedgerLines } from "../../storage/pools/read-ledger.ts";
import { settleDue } from "../balances/settle-due.ts";
import type { Call, Deps } from "../call.ts";
import { listing, type Listing, type PageQuery, pageRequest } from "../paging.ts";
import { poolFilterOf } from "../pool-filter.ts";
import { unknown } from "../unknown.ts";

/** Lists a customer's ledger entries, the newest first. @throws ServiceError `not_found` */
export async function listLedger(
  deps: Deps,
  call: Call,
  query: PageQuery & LedgerFilter,
): Promise<Listing<LedgerEntry>> {
  const { limit: _limit, cursor: _cursor, ...asked } = query;
  const scope = { list: "ledger", ids: /^\d{1,9}:\d{1,18}$/, filters: asked };
  const request = pageRequest(query, scope);
  const { writer } = deps.database;
  if (!(await findCustomer(writer, query.customerId))) throw unknown("customer", "customerId");
  await settleDue(deps, query.customerId, call);
  const page = await listLedgerLines(writer, { ...asked, ...poolFilterOf(query) }, request);
  return listing(page, scope, toLedgerEntry);
}

function toLedgerEntry(line: LedgerLine): LedgerEntry {
  return {
    creditTypeId: line.credit_type_id,
    resourceId: line.resource_id === "" ? null : line.resource_id,
    seq: Number(line.seq),
    at: line.at.toISOString(),
    occurredAt: line.occurred_at.toISOString(),
    type: entryTypeOf(line.type),
    delta: formatCredits(BigInt(line.delta)),
    endBalance: formatCredits(BigInt(line.end_balance)),
    source: { kind: line.source_kind, id: line.source_id },
    grants: (line.grants ?? []).map(({ grantId, amount }) => ({
      grantId,
      amount: formatCredits(BigInt(amount)),
    })),
    actor: actor.parse({ kind: line.actor_kind, id: line.actor_id }),
    reason: line.reason,
    featureId: line.feature_id,
    userId: line.user_id,
    overageChange: formatCredits(BigInt(line.overage_change)),
    holdId: line.hold_id,
    requestId: line.request_id,
  };
}

function entryTypeOf(text: string): EntryType {
  const type = ENTRY_TYPES.find((known) => known === text);
  if (!type) throw new Error(`the ledger has an entry of an unknown type: ${text}`);
  return type;
}
