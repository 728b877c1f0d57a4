import { MAX_POOL } from "@credits-kit/amounts";
import { drawFree } from "./draw-free.ts";
import { availableOf } from "./figures.ts";
import type { LedgerWriter } from "./ledger-writer.ts";
import type { ConsumeCommand, Refusal } from "./commands.ts";
import type { Draw } from "./types.ts";

/** Burns free credits in burn order; past them, a soft limit turns the rest into overage and a hard one refuses it all. */
export function consume(writer: LedgerWriter, command: ConsumeCommand): Refusal | null {
  const { pool } = writer;
  const { amount, limit, occurredAt } = command;
  if (limit === "hard") {
    const available = availableOf(pool);
    if (amount > available) return { code: "insufficient_credits", required: amount, available };
  }
  if (amount < 0n || amount > MAX_POOL) return { code: "amount_out_of_range" };
  const { draws, missing } = drawFree(pool, amount, burn);
  // Bounding the overage bounds the balance, also once holds burn what they reserve.
  if (missing > 0n && pool.overage + missing > MAX_POOL) return { code: "amount_out_of_range" };
  writer.append({ type: "consumed", draws, overageChange: missing, occurredAt });
  return null;
}

function burn(grantKey: number, amount: bigint): Draw {
  return { grantKey, amount: -amount, heldChange: 0n };
}
