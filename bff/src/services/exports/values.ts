import { formatCredits } from "@credits-kit/amounts";
import type { Window } from "../../storage/pools/exports/windows.ts";

/** The columns that say whose pool a row is about. */
export function poolColumns({ customerId, creditTypeId, resourceId }: Window) {
  return {
    customer_id: customerId,
    credit_type_id: creditTypeId,
    resource_id: resourceId === "" ? null : resourceId,
  };
}

/** Bigint text of micro-credits, as credits. */
export function creditsOf(micro: string): string {
  return formatCredits(BigInt(micro));
}

/** The same, of what may not be there. */
export function maybeCreditsOf(micro: string | null): string | null {
  return micro === null ? null : creditsOf(micro);
}

/** The columns of an entry's key and times. */
export function placeColumns(window: Window, line: { seq: string; at: Date; occurred_at: Date }) {
  return {
    ...poolColumns(window),
    seq: Number(line.seq),
    at: line.at.toISOString(),
    occurred_at: line.occurred_at.toISOString(),
  };
}
