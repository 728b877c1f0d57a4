import { MAX_POOL } from "@credits-kit/amounts";
import { availableOf, freeOf, lesserOf, reservedOf } from "./figures.ts";
import type { LedgerWriter } from "./ledger-writer.ts";
import { endHold, openHold, partOf } from "./release-hold.ts";
import type { CaptureHoldCommand, Refusal } from "./commands.ts";
import type { Draw, Hold, Instant, Pool } from "./types.ts";

/**
 * Burns what a hold reserves, also of grants that are gone or frozen by now, and past it free credits: all or nothing.
 * A final capture ends the hold and frees the rest of it.
 */
export function captureHold(writer: LedgerWriter, command: CaptureHoldCommand, now: Instant): Refusal | null {
  const { pool } = writer;
  const { holdKey: key, amount, isFinal } = command;
  const hold = openHold(pool, key);
  if (!hold) return { code: "hold_closed" };
  if (amount < 0n || amount > MAX_POOL) return { code: "amount_out_of_range" };
  const reserved = reservedOf(hold);
  const available = reserved + availableOf(pool);
  if (amount > available) return { code: "insufficient_credits", required: amount, available };
  const isSpent = amount >= reserved;
  writer.append({
    type: "consumed",
    draws: drawCaptured(pool, hold, { fromHold: lesserOf(amount, reserved), amount }),
    overageChange: 0n,
    occurredAt: now,
    hold: isFinal && isSpent ? { key, end: "captured" } : { key },
  });
  const left = isFinal ? openHold(writer.pool, key) : undefined;
  if (left) endHold(writer, left, { end: "captured", at: now });
  return null;
}

/** One draw a grant, in burn order: what it gives of the hold, and what it gives of its free credits past the hold. */
function drawCaptured(
  { grants }: Pool,
  hold: Hold,
  { fromHold, amount }: { fromHold: bigint; amount: bigint },
): Draw[] {
  const draws: Draw[] = [];
  let heldLeft = fromHold;
  let freeLeft = amount - fromHold;
  for (const grant of grants) {
    const held = lesserOf(partOf(hold, grant.key), heldLeft);
    const free = lesserOf(freeOf(grant), freeLeft);
    heldLeft -= held;
    freeLeft -= free;
    if (held + free > 0n) draws.push({ grantKey: grant.key, amount: -(held + free), heldChange: -held });
  }
  return draws;
}
