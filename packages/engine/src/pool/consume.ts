import { MAX_POOL } from "@credits-kit/amounts";
import type { LedgerWriter } from "./ledger-writer.ts";
import type { ConsumeCommand, Draw, Pool, Refusal } from "./types.ts";

/** What can be spent without going below zero. Never negative. */
export function availableOf(pool: Pool): bigint {
  return pool.balance > 0n ? pool.balance : 0n;
}

/** Burns grants in burn order; past them, a soft limit turns the rest into overage and a hard one refuses it all. */
export function consume(writer: LedgerWriter, command: ConsumeCommand): Refusal | null {
  const { pool } = writer;
  const available = availableOf(pool);
  if (command.limit === "hard" && command.amount > available) {
    return { code: "insufficient_credits", required: command.amount, available };
  }
  if (command.amount < 0n || command.amount > MAX_POOL || pool.balance - command.amount < -MAX_POOL) {
    return { code: "amount_out_of_range" };
  }
  const { draws, rest } = drawInOrder(pool, command.amount);
  writer.append({ type: "consumed", draws, overageChange: rest, occurredAt: command.occurredAt });
  return null;
}

function drawInOrder(pool: Pool, amount: bigint): { draws: Draw[]; rest: bigint } {
  const draws: Draw[] = [];
  let rest = amount;
  for (const grant of pool.grants) {
    if (rest === 0n) break;
    if (grant.remaining === 0n) continue;
    const drawn = grant.remaining < rest ? grant.remaining : rest;
    draws.push({ grantKey: grant.key, amount: -drawn });
    rest -= drawn;
  }
  return { draws, rest };
}
