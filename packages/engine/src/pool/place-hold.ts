import { MAX_POOL } from "@credits-kit/amounts";
import { drawFree } from "./draw-free.ts";
import { availableOf } from "./figures.ts";
import type { LedgerWriter } from "./ledger-writer.ts";
import type { PlaceHoldCommand, Refusal } from "./commands.ts";
import type { Draw, Instant } from "./types.ts";

/** Reserves free credits of the grants that would pay, in burn order, without moving the balance. Always hard. */
export function placeHold(writer: LedgerWriter, command: PlaceHoldCommand, now: Instant): Refusal | null {
  const { pool } = writer;
  const { holdId: id, amount, expiresAt } = command;
  if (amount < 0n || amount > MAX_POOL) return { code: "amount_out_of_range" };
  const available = availableOf(pool);
  if (amount > available) return { code: "insufficient_credits", required: amount, available };
  writer.append({
    type: "hold_placed",
    draws: drawFree(pool, amount, reserve).draws,
    overageChange: 0n,
    occurredAt: now,
    hold: { key: pool.seq + 1, placed: { id, amount }, expiresAt },
  });
  return null;
}

function reserve(grantKey: number, amount: bigint): Draw {
  return { grantKey, amount: 0n, heldChange: amount };
}
