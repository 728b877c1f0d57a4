import { MAX_GRANT, MAX_POOL } from "@credits-kit/amounts";
import { holdingsOf } from "./figures.ts";
import type { LedgerWriter } from "./ledger-writer.ts";
import { repayOverage } from "./return-credits.ts";
import type { GrantCommand, Refusal } from "./commands.ts";
import type { Instant } from "./types.ts";

/** Brings a grant into the pool: spendable at once, or with a delta of zero while it waits for its time or payment. */
export function grant(writer: LedgerWriter, command: GrantCommand, now: Instant): Refusal | null {
  const { pool } = writer;
  const { amount, expiresAt, isPaymentPending } = command;
  const effectiveAt = command.effectiveAt ?? now;
  if (expiresAt !== null && expiresAt <= Math.max(now, effectiveAt)) return { code: "already_expired" };
  if (amount <= 0n || amount > MAX_GRANT || holdingsOf(pool) + amount > MAX_POOL) {
    return { code: "amount_out_of_range" };
  }
  const activated = !isPaymentPending && effectiveAt <= now;
  const key = pool.seq + 1;
  writer.append({
    type: "granted",
    draws: activated ? [{ grantKey: key, amount, heldChange: 0n }] : [],
    overageChange: 0n,
    occurredAt: now,
    grant: {
      key,
      id: command.grantId,
      amount,
      category: command.category,
      priority: command.priority,
      effectiveAt,
      expiresAt,
      activated,
      isPaymentPending,
    },
  });
  repayOverage(writer, key, now);
  return null;
}
