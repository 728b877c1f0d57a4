import { formatCredits } from "@credits-kit/amounts";
import {
  actor,
  ENTRY_TYPES,
  type EntryType,
  type LedgerEntry,
  type LedgerGroup,
} from "@credits-kit/contract";
import type { LedgerLine } from "../../storage/pools/read-ledger.ts";
import type { LedgerGroupRow } from "../../storage/pools/read-ledger-groups.ts";

/** An entry as the API shows it. */
export function toLedgerEntry(line: LedgerLine): LedgerEntry {
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

/** A subtotal as the API shows it. */
export function toLedgerGroup(row: LedgerGroupRow): LedgerGroup {
  return {
    key: row.key,
    entries: Number(row.entries),
    delta: formatCredits(BigInt(row.delta)),
    credited: formatCredits(BigInt(row.credited)),
    debited: formatCredits(BigInt(row.debited)),
  };
}

function entryTypeOf(text: string): EntryType {
  const type = ENTRY_TYPES.find((known) => known === text);
  if (!type) throw new Error(`the ledger has an entry of an unknown type: ${text}`);
  return type;
}
