import { MAX_GRANT, MAX_POOL } from "@credits-kit/amounts";
import type { LedgerWriter } from "./ledger-writer.ts";
import { repayOverage } from "./settle.ts";
import type { GrantCommand, Instant, Pool, Refusal } from "./types.ts";

/** Brings a grant into the pool: spendable at once, or scheduled with a delta of zero. */
export function grant(writer: LedgerWriter, command: GrantCommand, now: Instant): Refusal | null {
  const { pool } = writer;
  const effectiveAt = command.effectiveAt ?? now;
  if (command.expiresAt !== null && command.expiresAt <= Math.max(now, effectiveAt))
    return { code: "already_expired" };
  if (command.amount <= 0n || command.amount > MAX_GRANT || holdings(pool) + command.amount > MAX_POOL) {
    return { code: "amount_out_of_range" };
  }
  const activated = effectiveAt <= now;
  const key = pool.seq + 1;
  writer.append({
    type: "granted",
    draws: activated ? [{ grantKey: key, amount: command.amount }] : [],
    overageChange: 0n,
    occurredAt: now,
    grant: {
      key,
      id: command.grantId,
      amount: command.amount,
      category: command.category,
      priority: command.priority,
      effectiveAt,
      expiresAt: command.expiresAt,
      activated,
    },
  });
  if (activated) repayOverage(writer, key, now);
  return null;
}

/** Everything the pool holds or will hold once its scheduled grants activate. */
function holdings(pool: Pool): bigint {
  return pool.grants.reduce((sum, each) => sum + (each.activated ? each.remaining : each.amount), 0n);
}
